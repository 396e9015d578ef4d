import { describe, expect, test } from 'vitest';
import type { Match, PaymentFacts } from '#engine/matching/decide-payment.ts';
import { by, decide, lines, none, payment, receivable } from './sample-payment.ts';
import type { OpenReceivable } from '#engine/matching/allocate-payment.ts';

describe('what a payment of 1,000.00 by reference becomes', () => {
  test.each<readonly [title: string, open: OpenReceivable, amount: bigint, expected: readonly string[]]>([
    ['all of it', receivable(1n, 100_000n), 100_000n, ['receivable 1 -100000']],
    ['a part', receivable(1n, 150_000n), 100_000n, ['receivable 1 -100000']],
    ['an öre too little is a part without a tolerance', receivable(1n, 100_001n), 100_000n, ['receivable 1 -100000']],
    [
      'an öre too little is forgiven within it',
      receivable(1n, 100_001n, { toleranceAmount: 1_000n }),
      100_000n,
      ['receivable 1 -100000', 'receivable 1 -1', 'rounding 1 1'],
    ],
    [
      'ten kronor too little too',
      receivable(1n, 101_000n, { toleranceAmount: 1_000n }),
      100_000n,
      ['receivable 1 -100000', 'receivable 1 -1000', 'rounding 1 1000'],
    ],
    ['but not an öre more', receivable(1n, 101_001n, { toleranceAmount: 1_000n }), 100_000n, ['receivable 1 -100000']],
    ['nor the larger part of a small debt', receivable(1n, 900n, { toleranceAmount: 1_000n }), 1n, ['receivable 1 -1']],
    [
      'nor on a claim that the bureau has bought',
      receivable(1n, 100_001n, { toleranceAmount: 1_000n, product: 'purchase' }),
      100_000n,
      ['receivable 1 -100000'],
    ],
    ['an öre too much is the debtor’s', receivable(1n, 99_999n), 100_000n, ['receivable 1 -99999', 'overpayment 101 -1']],
    ['twice', receivable(1n, 0n, { paidAmount: 100_000n }), 100_000n, ['overpayment 101 -100000']],
    ['of what was written off', receivable(1n, 0n, { writtenOffAmount: 100_000n }), 100_000n, ['written-off']],
    ['of what was credited', receivable(1n, 0n), 100_000n, ['credited']],
    ['a hundredfold', receivable(1n, 1_000n), 100_000n, ['hundredfold']],
    ['a hundredfold less an öre is too much', receivable(1n, 1_001n), 100_000n, ['receivable 1 -1001', 'overpayment 101 -98999']],
    ['in another currency', receivable(1n, 100_000n, { currency: 'EUR' }), 100_000n, ['other-currency']],
    [
      'costs, then interest, then principal (F34)',
      receivable(1n, 125_000n, { open: { ...none, principal: 125_000n, reminderFee: 6_000n, interest: 500n } }),
      125_000n,
      ['receivable:reminderFee 1 -6000', 'receivable:interest 1 -500', 'receivable 1 -118500'],
    ],
  ])('%s', (_title, open, amount, expected) => {
    expect(lines(decide(payment(amount, [by('reference', [1n])]), open))).toEqual(expected);
  });
});

describe('which sign counts', () => {
  const a = receivable(1n, 100_000n);
  const b = receivable(2n, 50_000n);
  test.each<readonly [title: string, facts: PaymentFacts, expected: readonly string[]]>([
    [
      'the best source goes before the others',
      payment(100_000n, [by('reference', [1n]), by('reference', [2n], { source: 'text' })]),
      ['receivable 1 -100000'],
    ],
    [
      'two of one source and their sum',
      payment(150_000n, [by('reference', [1n]), by('reference', [2n])]),
      ['receivable 1 -100000', 'receivable 2 -50000'],
    ],
    ['two of one source and another sum', payment(100_000n, [by('reference', [1n]), by('reference', [2n])]), ['ambiguous']],
    [
      'one letter for two invoices',
      payment(120_000n, [by('reference', [1n, 2n])]),
      ['receivable 1 -100000', 'receivable 2 -20000'],
    ],
    ['of another client', payment(100_000n, [by('reference', [1n], { standing: 'other-client' })]), ['other-client']],
    ['of what was only distributed', payment(100_000n, [by('reference', [], { standing: 'not-kept' })]), ['not-kept']],
    [
      'a number in its field with part of the sum',
      payment(60_000n, [by('number', [1n], { source: 'document-number' })]),
      ['receivable 1 -60000'],
    ],
    [
      'a number in its field with more than the sum',
      payment(160_000n, [by('number', [1n], { source: 'document-number' })]),
      ['implausible'],
    ],
    ['a number in text with the sum', payment(100_000n, [by('number', [1n], { source: 'text' })]), ['receivable 1 -100000']],
    ['a number in text with another sum', payment(60_000n, [by('number', [1n], { source: 'text' })]), ['implausible']],
    [
      'a number in text with the name',
      payment(60_000n, [by('number', [1n], { source: 'text' })], { payerName: 'PERSON PAHITTAD' }),
      ['receivable 1 -60000'],
    ],
    ['the payer’s account with the sum of one debt', payment(50_000n, [by('payer', [1n, 2n])]), ['receivable 2 -50000']],
    ['the payer’s account with another sum', payment(40_000n, [by('payer', [1n, 2n])]), ['ambiguous']],
    ['nothing', payment(40_000n, []), ['no-reference']],
  ])('%s', (_title, facts, expected) => {
    expect(lines(decide(facts, a, b))).toEqual(expected);
  });

  test('debts of two clients are no one’s to tie', () => {
    const other = receivable(2n, 50_000n, { client: 'byra' });
    expect(lines(decide(payment(150_000n, [by('reference', [1n]), by('reference', [2n])]), a, other))).toEqual([
      'several-clients',
    ]);
  });

  test('suspense names what it may be for', () => {
    const decision = decide(payment(100_000n, [by('reference', [1n]), by('reference', [2n])]), a, b);
    expect(decision).toMatchObject({
      candidates: [
        { invoice: '1001', amount: 100_000n },
        { invoice: '1002', amount: 50_000n },
      ],
    });
  });
});

describe('several parts with amounts (§2.7)', () => {
  const invoice = (reference: string, amount: bigint) => ({ kind: 'invoice' as const, reference, amount });
  const credit = (reference: string, amount: bigint) => ({ kind: 'credit-note' as const, reference, amount });
  const parted = (amount: bigint, parts: PaymentFacts['parts'], matches: readonly Match[], more: Partial<PaymentFacts> = {}) =>
    payment(amount, matches, { parts, ...more });
  const matches = [by('number', [1n]), by('number', [2n]), by('number', [3n])];

  test.each<readonly [title: string, facts: PaymentFacts, open: readonly OpenReceivable[], expected: readonly string[]]>([
    [
      'each goes where it says',
      parted(150_000n, [invoice('1001', 100_000n), invoice('1002', 50_000n)], matches),
      [receivable(1n, 100_000n), receivable(2n, 60_000n)],
      ['receivable 1 -100000', 'receivable 2 -50000'],
    ],
    [
      'SCOR 1371.13 − CREN 628.68 = 742.45',
      parted(74_245n, [invoice('1001', 137_113n), credit('1002', 62_868n)], matches),
      [receivable(1n, 137_113n), receivable(2n, -62_868n, { kind: 'credit' })],
      ['receivable 2 62868', 'receivable 1 -137113'],
    ],
    [
      'the credit note was set against the invoice already',
      parted(74_245n, [invoice('1001', 137_113n), credit('1002', 62_868n)], matches),
      [receivable(1n, 74_245n), receivable(2n, 0n, { kind: 'credit' })],
      ['receivable 1 -74245'],
    ],
    [
      'CINV 6256.70 − 166.46 − 89.70 = 6000.54',
      parted(600_054n, [invoice('1001', 625_670n), credit('1002', 16_646n), credit('1003', 8_970n)], matches),
      [receivable(1n, 625_670n), receivable(2n, -16_646n, { kind: 'credit' }), receivable(3n, -8_970n, { kind: 'credit' })],
      ['receivable 2 16646', 'receivable 3 8970', 'receivable 1 -625670'],
    ],
    [
      'charges taken on the way: what came is divided',
      parted(149_000n, [invoice('1001', 100_000n), invoice('1002', 50_000n)], matches, { chargesAmount: 1_000n }),
      [receivable(1n, 100_000n), receivable(2n, 50_000n)],
      ['receivable 1 -100000', 'receivable 2 -49000'],
    ],
    [
      'parts that do not add up',
      parted(140_000n, [invoice('1001', 100_000n), invoice('1002', 50_000n)], matches),
      [receivable(1n, 100_000n)],
      ['parts-differ'],
    ],
    [
      'a part of nobody',
      parted(150_000n, [invoice('1001', 100_000n), invoice('9', 50_000n)], matches),
      [receivable(1n, 100_000n)],
      ['part-unknown'],
    ],
  ])('%s', (_title, facts, open, expected) => {
    expect(lines(decide(facts, ...open))).toEqual(expected);
  });
});
