import { components } from '#engine/amounts.ts';
import type { LedgerTransaction } from '#engine/ledger.ts';
import { planWriteOff } from '#engine/plan-claim-postings.ts';
import { storeCaseChanges } from '#engine/store/credits.ts';
import { storeDemandSteps } from '#engine/store/demand-steps.ts';
import { agreementOf } from '../agreement-of.ts';
import { stepRow } from './apply-letters.ts';
import type { Applied, RunStep } from './run-kind.ts';

/** Gives up claims at the end of their timetable: all that is open of each becomes a loss, and an agency that has it is told. */
export async function applyWriteOffs(applied: Applied): Promise<void> {
  const { tx, client, ledger, steps } = applied;
  const given = steps.filter(({ step }) => step.does === 'write-off');
  if (given.length === 0) return;
  for (const batch of Map.groupBy(given, ({ run }) => run.id).values())
    await storeDemandSteps(
      tx,
      batch[0]!.run,
      batch.map((planned) => stepRow(null, null, planned)),
    );
  const planned = given.map((step) => writeOffOf(applied, step));
  await ledger.book(planned);
  await storeCaseChanges(tx, { client, keys: planned.map(({ effectKey }) => effectKey), kind: 'correction' });
}

function writeOffOf({ house, client }: Applied, { receivable, step, run }: RunStep): LedgerTransaction {
  const { id, invoiceNumber, currency, open, agreementVersion } = receivable;
  const { product, purchase } = agreementOf(house, client, agreementVersion);
  const effectKey = `write-off:${invoiceNumber}:${step.level}:${run.id}`;
  const booking = { receivable: id, currency, product, ...(purchase ? { purchase } : {}), effectKey, on: run.businessDate };
  return planWriteOff(
    booking,
    components.flatMap((component) => (open[component] === 0n ? [] : [{ component, amount: open[component] }])),
  );
}
