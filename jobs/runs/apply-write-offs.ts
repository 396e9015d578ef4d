import type { Agreement } from '#engine/agreement.ts';
import { lossPostings } from '#engine/ledger-contra.ts';
import type { Posting } from '#engine/ledger.ts';
import { componentAccount, extraComponents } from '#engine/ledger.ts';
import { storeDemandSteps } from '#engine/store/demand-steps.ts';
import { bookTransactions, type BookedTransaction, type LedgerHead } from '#engine/store/ledger.ts';
import type { Applied, RunStep } from './apply-demands.ts';
import { agreementOf, stepRow } from './apply-letters.ts';

/** Gives up claims at the end of their timetable: all that is open of each becomes a loss. */
export async function applyWriteOffs({ house, transaction, client, at, steps }: Applied, head: LedgerHead): Promise<LedgerHead> {
  const given = steps.filter(({ step }) => step.document === 'write-off');
  if (given.length === 0) return head;
  for (const batch of Map.groupBy(given, ({ run }) => run.id).values())
    await storeDemandSteps(
      transaction,
      batch[0]!.run,
      batch.map((planned) => stepRow(null, null, planned)),
    );
  const booked = given.map((planned) => writeOffOf(planned, agreementOf({ house, client }, planned.receivable.agreementVersion)));
  return bookTransactions(transaction, { client, head, at }, booked);
}

function writeOffOf({ receivable, step, run }: RunStep, agreement: Agreement): BookedTransaction {
  const { id, invoiceNumber, currency, open } = receivable;
  const components = ['principal', ...extraComponents] as const;
  const postings = components.flatMap((component): readonly Posting[] => {
    const amount = open[component];
    if (amount === 0n) return [];
    return [
      ...lossPostings(agreement, amount, currency),
      { account: componentAccount(component), amount: -amount, currency, receivable: id },
    ];
  });
  const effectKey = `write-off:${invoiceNumber}:${step.level}:${run.id}`;
  return {
    transaction: { kind: 'write-off', effectKey, entryDate: run.businessDate, postings },
    invoice: null,
    receivable: null,
  };
}
