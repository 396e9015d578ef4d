import type { Tx } from './database.ts';

/** An act of a person that changed something: who, what, on what, why. */
export interface AuditEntry {
  readonly at: Date;
  readonly who: string;
  readonly act: string;
  readonly subject: string;
  readonly reason: string | null;
}

export async function storeAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.query('insert into audit (at, who, act, subject, reason) values ($1, $2, $3, $4, $5)', [
    entry.at,
    entry.who,
    entry.act,
    entry.subject,
    entry.reason,
  ]);
}
