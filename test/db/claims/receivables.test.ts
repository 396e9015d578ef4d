import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { formatAmount } from '#engine/money.ts';
import type { Receivable } from '#engine/claims/receivable.ts';
import { inTransaction } from '#engine/store/database.ts';
import { loadReceivable, loadReceivables, type ReceivablesQuestion } from '#engine/store/receivables.ts';
import { consumerTerms } from '../runs/run-house.ts';
import { openClaimHouse, type ClaimHouse } from './claim-house.ts';

let house: ClaimHouse;
beforeAll(async () => {
  house = await openClaimHouse(consumerTerms);
  await house.on('2026-09-01');
  const due = { Issued: '2026-09-01', Due: '2026-10-02', Mode: 'monitor-only' } as const;
  await house.invoices(
    { Number: 'R-1', Debtor: 'D1', ...due },
    { Number: 'R-2', Debtor: 'D2', ...due },
    { Number: 'R-3', Debtor: 'D3', ...due, Due: '2026-10-30' },
  );
  await house.on('2026-09-10');
  await house.act('paid', 'R-1', '--date', '2026-09-08', '--amount', '250.00');
  await house.on('2026-09-20');
  await house.act('defer', 'R-1', '--until', '2026-10-20', '--interest', 'no');
  await house.on('2026-10-15');
  await house.act('release', 'R-1');
  await house.invoices({
    Number: 'R-4',
    Debtor: 'D1',
    Kind: 'C',
    Credits: 'R-1',
    Issued: '2026-10-15',
    Price: '80,00',
    Payable: '100,00',
  });
  await house.act('write-off', 'R-2');
  await house.on('2026-10-26');
  await house.act('write-off', 'R-1', '--amount', '50.00');
});
afterAll(() => house.close());

const load = (given: Partial<ReceivablesQuestion>): Promise<Receivable[]> =>
  inTransaction(house.inner.house.database, (tx) =>
    loadReceivables(tx, {
      client: 'provet',
      asOf: isoDate('2026-10-31'),
      timeZone: 'Europe/Stockholm',
      limit: 100,
      ...given,
    }),
  );
const numbersOf = async (given: Partial<ReceivablesQuestion>): Promise<readonly string[]> =>
  (await load(given)).map((receivable) => receivable.invoiceNumber);
const one = async (asOf: string): Promise<Receivable> => {
  const found = await inTransaction(house.inner.house.database, (tx) =>
    loadReceivable(tx, { client: 'provet', invoice: 'R-1', asOf: isoDate(asOf), timeZone: 'Europe/Stockholm' }),
  );
  if (!found) throw new Error(`R-1 was not there on ${asOf}`);
  return found;
};

describe('an invoice as it was known at the end of a day', () => {
  test.each([
    ['2026-09-01', '1250.00', ['2026-09-01 1250.00'], 'none'],
    ['2026-09-09', '1250.00', ['2026-09-01 1250.00'], 'none'],
    // Paid on the 8th, whose own day still bears interest; told on the 10th.
    ['2026-09-10', '1000.00', ['2026-09-01 1250.00', '2026-09-09 1000.00'], 'none'],
    ['2026-09-20', '1000.00', ['2026-09-01 1250.00', '2026-09-09 1000.00'], 'deferment 2026-09-20–2026-10-20'],
    ['2026-10-14', '1000.00', ['2026-09-01 1250.00', '2026-09-09 1000.00'], 'deferment 2026-09-20–2026-10-20'],
    // The credit counts from the due date, as if that part had never been owed.
    [
      '2026-10-15',
      '900.00',
      ['2026-09-01 1250.00', '2026-09-09 1000.00', '2026-10-02 900.00'],
      'deferment 2026-09-20–2026-10-20 released 2026-10-15',
    ],
    [
      '2026-10-26',
      '850.00',
      ['2026-09-01 1250.00', '2026-09-09 1000.00', '2026-10-02 900.00', '2026-10-26 850.00'],
      'deferment 2026-09-20–2026-10-20 released 2026-10-15',
    ],
  ])('%s: %s open', async (asOf, open, history, holds) => {
    const found = await one(asOf);
    expect(formatAmount(found.open.principal)).toBe(open);
    expect(found.principalHistory.map(({ from, amount }) => `${from} ${formatAmount(amount)}`)).toEqual(history);
    const said = found.holds.map(
      (hold) => `${hold.kind} ${hold.from}–${hold.until}${hold.releasedOn === undefined ? '' : ` released ${hold.releasedOn}`}`,
    );
    expect(said.join() || 'none').toBe(holds);
  });

  test('is not there before it was issued', async () => {
    await expect(one('2026-08-31')).rejects.toThrow('was not there');
  });
});

describe('which receivables', () => {
  test('all in which something is open, credit notes not among them', async () => {
    expect(await numbersOf({})).toEqual(['R-1', 'R-3']);
    expect(await numbersOf({ asOf: isoDate('2026-10-14') })).toEqual(['R-1', 'R-2', 'R-3']);
  });

  test('due before a date, or by number whether open or not', async () => {
    expect(await numbersOf({ dueBefore: isoDate('2026-10-30') })).toEqual(['R-1']);
    expect(await numbersOf({ dueBefore: isoDate('2026-10-31') })).toEqual(['R-1', 'R-3']);
    expect(await numbersOf({ only: { invoices: ['R-2', 'R-4', 'NOBODY'] } })).toEqual(['R-2']);
    expect(await numbersOf({ client: 'provhus', only: { invoices: ['R-2'] } })).toEqual([]);
  });

  test('page by page they are the same as at once', async () => {
    const asOf = isoDate('2026-10-14');
    const pages: string[] = [];
    let after = 0n;
    for (;;) {
      const page = await load({ asOf, after, limit: 1 });
      const [last] = page;
      if (!last) break;
      pages.push(last.invoiceNumber);
      after = last.id;
    }
    expect(pages).toEqual(await numbersOf({ asOf }));
  });
});
