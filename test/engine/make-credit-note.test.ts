import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { decimal, percentOf } from '#engine/decimal.ts';
import type { Invoice, VatGroup } from '#engine/invoice.ts';
import { isoDate } from '#engine/iso-date.ts';
import { planIssue } from '#engine/ledger.ts';
import { makeCreditNote } from '#engine/make-credit-note.ts';
import { absolute, sum } from '#engine/money.ts';
import { validateInvoice } from '#engine/rules/validate-invoice.ts';
import { paperInvoice } from './rules/sample-invoice.ts';

const terms = { number: 'KREDIT-1', issueDate: isoDate('2026-11-21'), language: 'sv' } as const;

/** An invoice of these VAT groups, as rate and net. */
function invoiceOf(...groups: readonly (readonly [rate: string, net: bigint])[]): Invoice {
  const vatBreakdown = groups.map(([rate, baseAmount]): VatGroup => {
    const percent = decimal(rate);
    return { code: 'S', rate: percent, baseAmount, vatAmount: percentOf(baseAmount, percent) };
  });
  const netAmount = sum(vatBreakdown.map((group) => group.baseAmount));
  const vatAmount = sum(vatBreakdown.map((group) => group.vatAmount));
  const grossAmount = netAmount + vatAmount;
  const base = paperInvoice;
  const [line] = base.lines;
  if (!line) throw new Error('the sample has no line');
  return {
    ...base,
    number: 'F-1',
    vatBreakdown,
    allowancesAndCharges: [],
    lines: vatBreakdown.map((group, index) => ({
      ...line,
      id: String(index + 1),
      quantity: decimal('1'),
      netAmount: group.baseAmount,
      vat: { code: group.code, ...(group.rate === undefined ? {} : { rate: group.rate }) },
      price: { net: decimal(`${group.baseAmount / 100n}.${String(group.baseAmount % 100n).padStart(2, '0')}`) },
    })),
    totals: { linesAmount: netAmount, netAmount, vatAmount, grossAmount, payableAmount: grossAmount },
  };
}

describe('a credit note for a part divides the amount among the VAT rates as the invoice did', () => {
  // 1,000 at 25 % and 1,000 at 6 %: 1,250 + 1,060 = 2,310.
  const mixed = invoiceOf(['25', 100_000n], ['6', 100_000n]);
  test.each<readonly [string, Invoice, bigint, readonly (readonly [bigint, bigint])[]]>([
    ['one rate: 400 = 320 + 80', invoiceOf(['25', 100_000n]), 40_000n, [[32_000n, 8_000n]]],
    // 231 × 1250 ÷ 2310 = 125.00 = 100.00 + 25.00; 231 × 1060 ÷ 2310 = 106.00 = 100.00 + 6.00.
    [
      'a tenth of two rates',
      mixed,
      23_100n,
      [
        [10_000n, 2_500n],
        [10_000n, 600n],
      ],
    ],
    // 1.00 × 1250 ÷ 2310 = 0.541 = 0.43 + 0.11; the rest 0.46 = 0.43 + 0.03.
    [
      'one krona of two rates',
      mixed,
      100n,
      [
        [43n, 11n],
        [43n, 3n],
      ],
    ],
    ['one öre of two rates goes to one', mixed, 1n, [[1n, 0n]]],
  ])('%s', (_title, invoice, amount, groups) => {
    const note = makeCreditNote(invoice, { ...terms, amount });
    expect(note.vatBreakdown.map((group) => [group.baseAmount, group.vatAmount])).toEqual(groups);
    expect(note.totals.payableAmount).toBe(amount);
    expect(note).toMatchObject({
      kind: 'creditNote',
      typeCode: '381',
      number: 'KREDIT-1',
      precedingInvoices: [{ number: 'F-1' }],
    });
    expect(note.lines[0]?.name).toBe('Kreditering av faktura F-1');
    expect('dueDate' in note).toBe(false);
  });
});

test('a credit note for the whole repeats the invoice’s lines and totals', () => {
  const invoice = invoiceOf(['25', 12_345n], ['12', 678n]);
  const note = makeCreditNote(invoice, { ...terms, amount: invoice.totals.payableAmount });
  expect(note.lines).toEqual(invoice.lines);
  expect(note.totals).toEqual(invoice.totals);
});

test('any part of any invoice: a document that the rules accept, adds up and is within an öre of the rate per group', () => {
  const group = fc.tuple(fc.constantFrom('25', '12', '6'), fc.bigInt({ min: 1n, max: 10_000_000n }));
  const groups = fc.uniqueArray(group, { minLength: 1, maxLength: 3, selector: ([rate]) => rate });
  fc.assert(
    fc.property(groups, fc.bigInt({ min: 1n, max: 10_000n }), (given, perMyriad) => {
      const invoice = invoiceOf(...given);
      const part = (invoice.totals.payableAmount * perMyriad) / 10_000n;
      const amount = part > 0n ? part : 1n;
      const note = makeCreditNote(invoice, { ...terms, amount });
      const found = validateInvoice(note, { ruleSet: 'core', countries: { SE: sweden } });
      expect(found.map((one) => one.code)).toEqual([]);
      expect(sum(planIssue(note).postings.map((posting) => posting.amount))).toBe(0n);
      for (const { baseAmount, vatAmount, rate } of note.vatBreakdown)
        expect(absolute(vatAmount - percentOf(baseAmount, rate ?? decimal('0')))).toBeLessThanOrEqual(1n);
    }),
  );
});

test('an invoice of nothing has nothing to credit', () => {
  const { totals, ...rest } = invoiceOf(['25', 1n]);
  const nothing = { ...rest, totals, vatBreakdown: [{ code: 'S', rate: decimal('25'), baseAmount: 0n, vatAmount: 0n }] };
  expect(() => makeCreditNote(nothing, { ...terms, amount: 5n })).toThrow(RangeError);
});
