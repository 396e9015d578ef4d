import { isoDate } from '#engine/iso-date.ts';
import type { Tx } from '#engine/store/database.ts';
import { withLedger } from '#engine/store/ledger.ts';
import { withdrawLetters } from '#engine/store/withdraw-letters.ts';
import { buildSpool, planSpools } from '#jobs/pipeline/build-spool.ts';
import { consumerTerms, openRunHouse, type RunHouse } from '../runs/run-house.ts';

export interface RemindedHouse extends RunHouse {
  /** As at the cut-off. */
  readonly spoolAll: () => Promise<void>;
  /** Pulls the letters of some invoices back as paid, and gives their documents. */
  readonly withdrawPaid: (tx: Tx, ...invoices: readonly string[]) => Promise<readonly string[]>;
}

/**
 * A house on 7 September 2026 with two invoices of two debtors, due on the 1st and reminded today with 60 kronor each and six days'
 * interest at 10 %: 1 250,00 × 0,10 × 6 / 365 = 2,05. Letters wait for a cut-off: between the selection by a run and their release
 * there is a day.
 */
export async function openRemindedHouse(): Promise<RemindedHouse> {
  const house = await openRunHouse(consumerTerms, { printing: false });
  const spoolAll = async (): Promise<void> => {
    for (const job of await planSpools(house.inner.house, 'provet')) await buildSpool(house.inner.house, job);
  };
  await house.on('2026-08-03');
  await house.invoices(
    { Number: 'A-1', Issued: '2026-08-03', Due: '2026-09-01' },
    { Number: 'B-1', Issued: '2026-08-03', Due: '2026-09-01', Debtor: 'D2' },
  );
  await spoolAll();
  await house.posted('2026-08-04');
  await house.on('2026-09-07');
  const ran = await house.kuvert(...'run reminder --date 2026-09-07 --client provet'.split(' '));
  if (ran.code !== 0) throw new Error(ran.stdout + ran.stderr);
  return {
    ...house,
    spoolAll,
    withdrawPaid: async (tx, ...invoices) => {
      const receivables = await Promise.all(invoices.map(house.receivableOf));
      const at = house.inner.house.clock();
      const facts = { receivables, because: 'paid', on: isoDate('2026-09-07'), at };
      return withLedger(tx, { client: 'provet', at }, (ledger) => withdrawLetters(tx, ledger, facts));
    },
  };
}
