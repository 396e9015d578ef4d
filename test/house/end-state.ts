import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { TestHouse } from './test-house.ts';

/** What a house has come to: its tables without what chance or the clock put there, and every file it shows, by hash. */
export interface EndState {
  readonly tables: Readonly<Record<string, readonly unknown[]>>;
  readonly files: Readonly<Record<string, string>>;
}

/** Everything a restart might double, lose or change. Identities and claim ids may differ between runs; nothing else may. */
const questions: Readonly<Record<string, string>> = {
  file: `select client_id, number, name, sha256, bytes, state, settlement, receipted, documents_accepted, documents_rejected,
    documents_duplicate, documents_held, amount_accepted, amount_rejected from kuvert.file order by client_id, number`,
  invoice: `select client_id, number, mode, due_date, payable, content::text from kuvert.invoice order by 1, 2`,
  reference: `select account, reference, i.number from kuvert.payment_reference r join kuvert.invoice i on i.id = r.invoice_id order by 1, 2`,
  ledger: `select client_id, sequence, effect_key, hash from kuvert.ledger_transaction order by 1, 2`,
  posting: `select t.client_id, t.sequence, p.line, p.account, p.amount, p.currency
    from kuvert.posting p join kuvert.ledger_transaction t on t.id = p.transaction_id order by 1, 2, 3`,
  series: `select series, next from kuvert.number_series order by 1`,
  document: `select id, channel, state, job_number, piece, volume, sheets, control_codes, content_sha256 from kuvert.document order by id`,
  spool: `select job_number, client_id, state, letters, pages, sheets, content_sha256, bytes from kuvert.spool order by 1`,
  outbound: `select name, kind, sha256, bytes, state from kuvert.outbound order by name`,
};

export async function endState(house: TestHouse): Promise<EndState> {
  const tables: Record<string, readonly unknown[]> = {};
  for (const [name, question] of Object.entries(questions)) {
    const found = await house.database.query<Record<string, unknown>>(question);
    tables[name] = found.rows.map((row) =>
      JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
    );
  }
  return { tables, files: await hashesOf(house.home, ['archive', 'outbox', 'quarantine', 'inbox']) };
}

async function hashesOf(home: string, folders: readonly string[]): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const folder of folders) {
    for (const entry of await readdir(join(home, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      hashes[relative(home, path)] = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
    }
  }
  return hashes;
}
