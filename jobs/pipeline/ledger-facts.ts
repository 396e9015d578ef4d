import type { IsoDate } from '#engine/iso-date.ts';
import type { Tx } from '#engine/store/database.ts';
import { loadLedgerFacts, type LedgerFacts } from '#engine/store/documents.ts';

const CHUNK_LETTERS = 500;
const NOBODY: ReadonlySet<string> = new Set();

/** What the ledger says of a print job's letters on a date, one by one, without those that came to lie in no volume. */
export async function* factsOf(
  tx: Tx,
  { jobNumber, on }: { readonly jobNumber: number; readonly on: IsoDate },
  without: ReadonlySet<string> = NOBODY,
): AsyncGenerator<LedgerFacts> {
  let after = '';
  for (;;) {
    const facts = await loadLedgerFacts(tx, { which: { jobNumber }, on }, after, CHUNK_LETTERS);
    for (const item of facts) if (!without.has(item.documentId)) yield item;
    const last = facts.at(-1);
    if (!last) return;
    after = last.documentId;
  }
}
