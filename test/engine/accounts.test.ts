import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageBucket, ageBuckets, makeAgeing, makeStatement, type StatementEntry } from '#engine/claims/receivable.ts';
import { addDays, isoDate } from '#engine/iso-date.ts';
import { formatAmount, sum } from '#engine/money.ts';
import { writeAgeingCsv, writeStatementCsv } from '#formats/accounts/accounts-csv.ts';

const asOf = isoDate('2026-10-31');

describe('a statement reads like a ledger page', () => {
  const entry = (date: string, given: Omit<StatementEntry, 'date'>): StatementEntry => ({ date: isoDate(date), ...given });
  const statement = makeStatement({
    client: 'vattnet',
    debtor: { number: '118', name: '=Johansson' },
    asOf,
    currency: 'SEK',
    documents: [
      { invoice: 'F-1', kind: 'invoice', issueDate: isoDate('2026-09-01'), dueDate: isoDate('2026-10-01') },
      { invoice: 'K-1', kind: 'creditNote', issueDate: isoDate('2026-10-20') },
    ],
    entries: [
      entry('2026-09-01', { kind: 'issue', invoice: 'F-1', component: 'principal', amount: 125_000n }),
      entry('2026-10-06', { kind: 'claim', invoice: 'F-1', component: 'reminderFee', amount: 6_000n }),
      entry('2026-10-12', {
        kind: 'payment',
        invoice: 'F-1',
        component: 'reminderFee',
        amount: -6_000n,
        payment: 7n,
        valueDate: isoDate('2026-10-09'),
      }),
      entry('2026-10-12', {
        kind: 'payment',
        invoice: 'F-1',
        component: 'principal',
        amount: -100_000n,
        payment: 7n,
        valueDate: isoDate('2026-10-09'),
      }),
      entry('2026-10-20', { kind: 'issue', invoice: 'K-1', component: 'principal', amount: -30_000n }),
      entry('2026-10-20', { kind: 'allocation', invoice: 'K-1', component: 'principal', amount: 25_000n, other: 'F-1' }),
      entry('2026-10-20', { kind: 'allocation', invoice: 'F-1', component: 'principal', amount: -25_000n, other: 'K-1' }),
      entry('2026-10-25', { kind: 'payment', component: 'credit', amount: -10_000n, payment: 8n }),
    ],
  });

  test('with a running balance', () => {
    expect(statement.lines.map((line) => formatAmount(line.balanceAmount))).toEqual([
      '1250.00',
      '1310.00',
      '1250.00',
      '250.00',
      '-50.00',
      '200.00',
      '-50.00',
      '-150.00',
    ]);
    expect(statement.balanceAmount).toBe(-15_000n);
  });

  test('and what is open of each document', () => {
    expect(statement.items.map((item) => [item.invoice, item.originalAmount, item.openAmount])).toEqual([
      ['F-1', 125_000n, 0n],
      ['K-1', -30_000n, -5_000n],
    ]);
  });

  test('as CSV, a row per line', () => {
    const rows = writeStatementCsv([statement]).split('\r\n');
    expect(rows[0]).toBe('"date";"kind";"invoice";"component";"payment";"valueDate";"other";"amount";"balance";"currency"');
    expect(rows[3]).toBe('"2026-10-12";"payment";"F-1";"reminderFee";"7";"2026-10-09";"";-60.00;1250.00;"SEK"');
    expect(rows).toHaveLength(10);
  });
});

describe('ageing', () => {
  test.each([
    ['2026-11-01', 'notDue'],
    ['2026-10-31', 'notDue'],
    ['2026-10-30', 'days1to30'],
    ['2026-10-01', 'days1to30'],
    ['2026-09-30', 'days31to60'],
    ['2026-09-01', 'days31to60'],
    ['2026-08-31', 'days61to90'],
    ['2026-08-02', 'days61to90'],
    ['2026-08-01', 'over90'],
  ])('due %s is %s at the end of October', (due, bucket) => {
    expect(ageBucket(isoDate(due), asOf)).toBe(bucket);
  });

  test('credits stand apart, a currency has a list of its own, and a debtor’s name is no formula', () => {
    const lists = makeAgeing('vattnet', asOf, [
      { debtor: '1', name: '=HYPERLINK("x")', currency: 'SEK', dueDate: isoDate('2026-10-01'), amount: 125_000n },
      { debtor: '1', name: '=HYPERLINK("x")', currency: 'SEK', amount: -5_000n },
      { debtor: '2', name: 'B', currency: 'EUR', dueDate: isoDate('2026-01-01'), amount: 100n },
    ]);
    expect(writeAgeingCsv(lists)).toBe(
      [
        '"debtor";"name";"notDue";"days1to30";"days31to60";"days61to90";"over90";"credits";"total";"currency"',
        `"1";"'=HYPERLINK(""x"")";0.00;1250.00;0.00;0.00;0.00;-50.00;1200.00;"SEK"`,
        '"TOTAL";"";0.00;1250.00;0.00;0.00;0.00;-50.00;1200.00;"SEK"',
        '"2";"B";0.00;0.00;0.00;0.00;1.00;0.00;1.00;"EUR"',
        '"TOTAL";"";0.00;0.00;0.00;0.00;1.00;0.00;1.00;"EUR"',
        '',
      ].join('\r\n'),
    );
  });

  test('rows and buckets add up to what is open, whatever it is', () => {
    const item = fc.record({
      debtor: fc.constantFrom('1', '2', '3'),
      name: fc.constant('N'),
      currency: fc.constant('SEK' as const),
      dueDate: fc.integer({ min: -400, max: 100 }).map((days) => addDays(asOf, days)),
      amount: fc.bigInt({ min: -100_000n, max: 100_000n }),
    });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 30 }), (open) => {
        const [list] = makeAgeing('c', asOf, open);
        const all = sum(open.map((one) => one.amount));
        expect(list?.totalAmount).toBe(all);
        expect(sum((list?.rows ?? []).map((row) => row.totalAmount))).toBe(all);
        expect(sum(ageBuckets.map((bucket) => list?.sums[bucket] ?? 0n))).toBe(all);
      }),
    );
  });
});
