import { afterAll, beforeAll, expect, test } from 'vitest';
import { consumerTerms, openRunHouse, type RunHouse } from './run-house.ts';

let house: RunHouse;
beforeAll(async () => {
  house = await openRunHouse(consumerTerms);
});
afterAll(() => house.close());

interface StepRow {
  readonly invoice: string;
  readonly level: number;
  readonly kind: string;
  readonly business_date: string;
  readonly deadline: string | null;
  readonly interest: bigint;
  readonly reminder_fee: bigint;
  readonly collection_fee: bigint;
}

const steps = (): Promise<StepRow[]> =>
  house.inner.rows(
    `select i.number as invoice, s.level, s.kind, s.business_date, s.deadline, s.interest, s.reminder_fee, s.collection_fee
     from demand_step s join receivable r on r.id = s.receivable_id join invoice i on i.id = r.invoice_id where s.state = 'taken' order by 1, 2`,
  );

/** The Swedish consumer of reference/collection-rules.md §14.4: due Tuesday 1 September 2026, reminder 7th, demand 22nd. */
test('the schedule of §14.4, each step taken on its day and not before, from confirmed dispatches', async () => {
  await house.on('2026-08-03');
  await house.invoices({ Number: 'T-1', Issued: '2026-08-03', Due: '2026-09-01', Price: '10000,00', Payable: '12500,00' });
  await house.posted('2026-08-04');
  for (const day of ['2026-09-02', '2026-09-04', '2026-09-07', '2026-09-08']) {
    await house.on(day);
    const ran = await house.kuvert('run', 'reminder', '--date', day, '--client', 'provet');
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
  }
  // Twelve thousand five hundred kronor for the six days 2–7 September at 10 %: 12500 × 0.10 × 6 / 365 = 20.547… (hand arithmetic).
  expect(await steps()).toEqual([
    { invoice: 'T-1', level: 1, kind: 'reminder', business_date: '2026-09-07', deadline: '2026-09-17', interest: 2055n, reminder_fee: 6000n, collection_fee: 0n },
  ]);
  await house.on('2026-09-22');
  const early = await house.kuvert('run', 'collection', '--date', '2026-09-22', '--client', 'provet');
  expect(early.stdout).toContain('0 steps, 1 passed over');
  expect(await steps()).toHaveLength(1);
  const shown = await house.kuvert('run', 'show', '6');
  expect(shown.stdout).toContain('the dispatch of what was sent before is not confirmed');
});
