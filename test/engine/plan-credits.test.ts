import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { planCredits, type CreditPair } from '#engine/plan-postings.ts';
import { sum } from '#engine/money.ts';

const ON = isoDate('2026-11-21');
const pair = (credit: bigint, invoice: bigint, given: Partial<CreditPair>): CreditPair => ({
  credit,
  creditNumber: `K${credit}`,
  creditAmount: 0n,
  invoice,
  invoiceNumber: `F${invoice}`,
  openAmount: 0n,
  disputedAmount: 0n,
  currency: 'SEK',
  product: 'service',
  earlier: 0,
  notBefore: isoDate('2026-11-01'),
  ...given,
});
const planned = (...pairs: readonly CreditPair[]): readonly string[] =>
  planCredits(pairs, ON).map(({ amount, transaction }) => `${transaction.entryDate} ${transaction.effectKey} ${amount}`);

describe('credit notes are set against the invoices they name', () => {
  test.each<readonly [string, readonly CreditPair[], readonly string[]]>([
    ['the whole', [pair(1n, 2n, { creditAmount: 500n, openAmount: 500n })], ['2026-11-21 credit:K1:F2 500']],
    ['more than is open', [pair(1n, 2n, { creditAmount: 900n, openAmount: 500n })], ['2026-11-21 credit:K1:F2 500']],
    ['less than is open', [pair(1n, 2n, { creditAmount: 100n, openAmount: 500n })], ['2026-11-21 credit:K1:F2 100']],
    [
      'a part is disputed',
      [pair(1n, 2n, { creditAmount: 500n, openAmount: 500n, disputedAmount: 400n })],
      ['2026-11-21 credit:K1:F2 100'],
    ],
    ['all is disputed', [pair(1n, 2n, { creditAmount: 500n, openAmount: 500n, disputedAmount: 500n })], []],
    [
      'one credit for two invoices, in its order',
      [pair(1n, 2n, { creditAmount: 700n, openAmount: 500n }), pair(1n, 3n, { creditAmount: 700n, openAmount: 500n })],
      ['2026-11-21 credit:K1:F2 500', '2026-11-21 credit:K1:F3 200'],
    ],
    [
      'two credits for one invoice',
      [pair(1n, 3n, { creditAmount: 400n, openAmount: 500n }), pair(2n, 3n, { creditAmount: 400n, openAmount: 500n })],
      ['2026-11-21 credit:K1:F3 400', '2026-11-21 credit:K2:F3 100'],
    ],
    [
      'a second time, after a dispute',
      [pair(1n, 2n, { creditAmount: 400n, openAmount: 400n, earlier: 1 })],
      ['2026-11-21 credit:K1:F2:2 400'],
    ],
    [
      'a document of a day to come',
      [pair(1n, 2n, { creditAmount: 1n, openAmount: 1n, notBefore: isoDate('2026-12-24') })],
      ['2026-12-24 credit:K1:F2 1'],
    ],
  ])('%s', (_title, pairs, expected) => {
    expect(planned(...pairs)).toEqual(expected);
  });
});

test('whatever names whatever: no credit is used twice, no invoice goes below its disputed part, and each transaction is zero', () => {
  const amount = fc.bigInt({ min: 1n, max: 1_000n });
  const facts = fc.record({
    credits: fc.array(amount, { minLength: 1, maxLength: 4 }),
    invoices: fc.array(fc.tuple(amount, amount), { minLength: 1, maxLength: 4 }),
  });
  fc.assert(
    fc.property(facts, fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 12 }), ({ credits, invoices }, named) => {
      const pairs = named.flatMap(([c, i]) => {
        const creditAmount = credits[c];
        const [openAmount, disputed] = invoices[i] ?? [];
        if (creditAmount === undefined || openAmount === undefined || disputed === undefined) return [];
        return [
          pair(BigInt(c + 1), BigInt(i + 101), {
            creditAmount,
            openAmount,
            disputedAmount: disputed < openAmount ? disputed : openAmount,
          }),
        ];
      });
      const plan = planCredits(pairs, ON);
      for (const [credit, uses] of Map.groupBy(plan, (item) => item.pair.credit))
        expect(sum(uses.map((use) => use.amount))).toBeLessThanOrEqual(credits[Number(credit) - 1] ?? 0n);
      for (const uses of Map.groupBy(plan, (item) => item.pair.invoice).values()) {
        const [first] = uses;
        expect(sum(uses.map((use) => use.amount))).toBeLessThanOrEqual(
          (first?.pair.openAmount ?? 0n) - (first?.pair.disputedAmount ?? 0n),
        );
      }
      for (const { transaction } of plan) expect(sum(transaction.postings.map((posting) => posting.amount))).toBe(0n);
    }),
  );
});
