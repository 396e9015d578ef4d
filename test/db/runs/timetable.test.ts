import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { businessTerms, consumerTerms, openRunHouse, type RunHouse } from './run-house.ts';

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
    {
      invoice: 'T-1',
      level: 1,
      kind: 'reminder',
      business_date: '2026-09-07',
      deadline: '2026-09-17',
      interest: 2055n,
      reminder_fee: 6000n,
      collection_fee: 0n,
    },
  ]);
  await house.on('2026-09-22');
  const early = await house.kuvert('run', 'collection', '--date', '2026-09-22', '--client', 'provet');
  expect(early.stdout).toContain('0 steps, 1 passed over');
  expect(await steps()).toHaveLength(1);
  const shown = await house.kuvert('run', 'show', '6');
  expect(shown.stdout).toContain('the dispatch of what was sent before is not confirmed');
});

describe('a trader’s two invoices', () => {
  let traders: RunHouse;
  beforeAll(async () => {
    traders = await openRunHouse(businessTerms);
    await traders.on('2026-08-03');
    await traders.invoices(
      { Number: 'B-1', Issued: '2026-08-03', Due: '2026-09-01' },
      { Number: 'B-2', Issued: '2026-08-03', Due: '2026-09-02' },
      { Number: 'B-3', Issued: '2026-08-03', Due: '2026-09-02', Debtor: 'D2', Name: 'Låtsasbolaget AB' },
    );
    await traders.posted('2026-08-04');
    await traders.on('2026-09-07');
    const ran = await traders.kuvert('run', 'reminder', '--date', '2026-09-07', '--client', 'provet');
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
  });
  afterAll(() => traders.close());

  /** Six and five days at 10 %: 2.05 and 1.71; twice 450.00 and no fee. */
  test('come in one letter with compensation for each and no fee, booked as one voucher', async () => {
    const letters = await traders.inner.rows<{ readonly content: Readonly<Record<string, unknown>> }>(
      `select content from document where kind = 'reminder' order by json_array_length(content -> 'claims') desc`,
    );
    expect(letters.map(({ content }) => content)).toMatchObject([
      {
        payableAmount: '3403.76',
        deadline: '2026-09-17',
        nextStep: 'demand',
        claims: [
          {
            invoiceNumber: 'B-1',
            principalAmount: '1250.00',
            interestAmount: '2.05',
            compensationAmount: '450.00',
            reminderFeeAmount: '0.00',
          },
          {
            invoiceNumber: 'B-2',
            principalAmount: '1250.00',
            interestAmount: '1.71',
            compensationAmount: '450.00',
            reminderFeeAmount: '0.00',
          },
        ],
      },
      { payableAmount: '1701.71', claims: [{ invoiceNumber: 'B-3' }] },
    ]);
    const vouchers = await traders.inner.rows(
      `select t.entry_date, p.account, sum(p.amount)::bigint as amount, count(distinct t.id) as vouchers from ledger_transaction t
         join posting p on p.transaction_id = t.id where t.kind = 'claim' group by 1, 2 order by 2`,
    );
    expect(vouchers).toEqual([
      { entry_date: '2026-09-07', account: 'income:compensation', amount: -1350_00n, vouchers: 2n },
      { entry_date: '2026-09-07', account: 'income:interest', amount: -5_47n, vouchers: 2n },
      { entry_date: '2026-09-07', account: 'receivable:compensation', amount: 1350_00n, vouchers: 2n },
      { entry_date: '2026-09-07', account: 'receivable:interest', amount: 5_47n, vouchers: 2n },
    ]);
  });

  test('leave in a spool that was compared with the ledger, and break no invariant', async () => {
    expect(await traders.inner.rows(`select distinct state from document where kind = 'reminder'`)).toEqual([
      { state: 'released' },
    ]);
    expect(await traders.inner.violations()).toEqual([]);
  });
});
