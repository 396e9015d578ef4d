import type { Posting } from '#engine/ledger.ts';
import { componentAccount, extraComponents } from '#engine/ledger.ts';
import { storeDemandSteps } from '#engine/store/demand-steps.ts';
import { bookTransactions, type BookedTransaction, type LedgerHead } from '#engine/store/ledger.ts';
import type { Applied, RunStep } from './apply-demands.ts';
import { stepRow } from './apply-letters.ts';

/** Gives up claims at the end of their timetable: all that is open of each becomes a loss. */
export async function applyWriteOffs({ transaction, client, at, steps }: Applied, head: LedgerHead): Promise<LedgerHead> {
  const given = steps.filter(({ step }) => step.document === 'write-off');
  if (given.length === 0) return head;
  for (const batch of Map.groupBy(given, ({ run }) => run.id).values())
    await storeDemandSteps(
      transaction,
      batch[0]!.run,
      batch.map((planned) => stepRow(null, null, planned)),
    );
  return bookTransactions(transaction, { client, head, at }, given.map(writeOffOf));
}

function writeOffOf({ receivable: { id, invoiceNumber, currency, open }, step, run }: RunStep): BookedTransaction {
  const components = ['principal', ...extraComponents] as const;
  const postings = components.flatMap((component): readonly Posting[] => {
    const amount = open[component];
    if (amount === 0n) return [];
    return [
      { account: 'loss', amount, currency },
      { account: componentAccount(component), amount: -amount, currency, receivable: id },
    ];
  });
  const effectKey = `write-off:${invoiceNumber}:${step.level}:${run.id}`;
  return { transaction: { kind: 'write-off', effectKey, entryDate: run.businessDate, postings }, invoice: null, receivable: null };
}
