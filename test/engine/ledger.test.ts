import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { rescale } from '#engine/decimal.ts';
import type { Invoice } from '#engine/invoice.ts';
import { isoDate } from '#engine/iso-date.ts';
import { planIssue, principalOf } from '#engine/ledger.ts';
import { sum } from '#engine/money.ts';

const amount = fc.bigInt({ min: -1_000_000n, max: 1_000_000n });

/** Documents that add up, with any number of rates, rounding and prepayment. */
const documents = fc
  .record({
    kind: fc.constantFrom('invoice' as const, 'creditNote' as const),
    groups: fc.uniqueArray(fc.record({ rate: fc.bigInt({ min: 0n, max: 30n }), baseAmount: amount, vatAmount: amount }), {
      selector: (group) => group.rate,
      minLength: 1,
      maxLength: 4,
    }),
    roundingAmount: fc.bigInt({ min: -50n, max: 50n }),
    prepaidAmount: amount,
  })
  .map(({ kind, groups, roundingAmount, prepaidAmount }): Invoice => {
    const netAmount = sum(groups.map((group) => group.baseAmount));
    const vatAmount = sum(groups.map((group) => group.vatAmount));
    const grossAmount = netAmount + vatAmount;
    return {
      kind,
      number: 'A-1',
      issueDate: isoDate('2026-11-21'),
      currency: 'SEK',
      vatBreakdown: groups.map(({ rate, ...amounts }) => ({ code: 'S', rate: rescale(rate, 0), ...amounts })),
      totals: {
        linesAmount: netAmount,
        netAmount,
        vatAmount,
        grossAmount,
        roundingAmount,
        prepaidAmount,
        payableAmount: grossAmount - prepaidAmount + roundingAmount,
      },
    } as unknown as Invoice;
  });

test('every document that adds up is posted in balance, and the debtor owes exactly its payable amount', () => {
  fc.assert(
    fc.property(documents, (invoice) => {
      const { postings } = planIssue(invoice);
      expect(sum(postings.map((posting) => posting.amount))).toBe(0n);
      expect(sum(postings.filter(({ account }) => account === 'receivable').map((posting) => posting.amount))).toBe(
        principalOf(invoice),
      );
      expect(postings.every((posting) => posting.amount !== 0n)).toBe(true);
    }),
  );
});

test('a document that does not add up is our mistake, not a posting', () => {
  fc.assert(
    fc.property(documents, fc.bigInt({ min: 1n, max: 9n }), (invoice, off) => {
      const wrong = { ...invoice, totals: { ...invoice.totals, netAmount: invoice.totals.netAmount + off } };
      expect(() => planIssue(wrong)).toThrow(/document A-1 does not balance/);
    }),
  );
});
