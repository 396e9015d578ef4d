import type { Tx } from '../database.ts';

/** One thing that must always hold, and the question that finds where it does not. */
export interface Invariant {
  /** As in the house's list: IL ledger, IF files, IB bank, ID documents, IR runs. */
  readonly id: string;
  readonly title: string;
  /** Gives a line per violation, at most MAX_VIOLATIONS. */
  readonly find: (tx: Tx) => Promise<readonly string[]>;
}

export const MAX_VIOLATIONS = 20;

/** An invariant that a question of one column `violation` answers. */
export const bySql = (id: string, title: string, sql: string): Invariant => ({
  id,
  title,
  find: async (tx) => {
    const found = await tx.query<{ violation: string }>(`select violation from (${sql}) as v limit ${MAX_VIOLATIONS}`);
    return found.rows.map((row) => row.violation);
  },
});
