import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { bookOf, extraComponents, type Component } from '#engine/ledger.ts';
import { allocatePayment } from '#engine/matching/allocate-payment.ts';
import { decidePayment, type Match, type PaymentFacts } from '#engine/matching/decide-payment.ts';
import { openSum, type OpenReceivable } from '#engine/matching/open-receivable.ts';
import { absolute, sum } from '#engine/money.ts';

const none = { principal: 0n, interest: 0n, reminderFee: 0n, collectionFee: 0n, compensation: 0n };
const order: readonly Component[] = ['reminderFee', 'collectionFee', 'compensation', 'interest', 'principal'];

const receivable = (id: bigint, principal: bigint, more: Partial<OpenReceivable> = {}): OpenReceivable => ({
  id,
  client: 'vattnet',
  debtor: 100n + id,
  debtorName: 'Påhittad Person',
  invoiceNumber: `${1000n + id}`,
  kind: 'invoice',
  product: 'service',
  currency: 'SEK',
  dueDate: isoDate('2026-10-01'),
  open: { ...none, principal },
  paidAmount: 0n,
  writtenOffAmount: 0n,
  toleranceAmount: 0n,
  order,
  claims: [],
  ...more,
});

const payment = (amount: bigint, matches: readonly Match[], more: Partial<PaymentFacts> = {}): PaymentFacts => ({
  id: 7n,
  amount,
  currency: 'SEK',
  bookingDate: isoDate('2026-11-02'),
  valueDate: isoDate('2026-11-02'),
  payerName: null,
  chargesAmount: 0n,
  matches,
  parts: [],
  ...more,
});

const by = (kind: Match['by'], receivables: readonly bigint[], more: Partial<Match> = {}): Match => ({
  by: kind,
  source: 'creditor-reference',
  value: receivables.map((id) => `${1000n + id}`).join('+'),
  receivables,
  standing: 'right',
  ...more,
});

const decide = (facts: PaymentFacts, ...receivables: readonly OpenReceivable[]) =>
  decidePayment(facts, new Map(receivables.map((item) => [item.id, item])));

/** `receivable 1 -100` as an accountant reads it. */
const lines = (decision: ReturnType<typeof decide>): readonly string[] =>
  decision.kind === 'suspense'
    ? [decision.reason]
    : decision.parts.map(({ account, receivable: id, debtor, amount }) =>
        [account, id ?? debtor, amount].filter((part) => part !== undefined).join(' '),
      );

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

describe('a payment that was on its way when a letter was written (XM7)', () => {
  const letter = (letterDate: string, amounts: Partial<OpenReceivable['open']>) => ({
    step: 1n,
    letterDate: isoDate(letterDate),
    amounts: { ...none, ...amounts },
  });
  const demanded = (extra: Partial<OpenReceivable['open']>, letterDate = '2026-11-06') =>
    receivable(1n, 100_000n, { open: { ...none, principal: 100_000n, ...extra }, claims: [letter(letterDate, extra)] });

  test.each<
    readonly [
      title: string,
      amount: bigint,
      value: string,
      booked: string,
      open: OpenReceivable,
      waived: readonly string[],
      tied: readonly string[],
    ]
  >([
    [
      'value date before the letter',
      100_000n,
      '2026-11-05',
      '2026-11-09',
      demanded({ reminderFee: 6_000n }),
      ['reminderFee 6000'],
      ['receivable 1 -100000'],
    ],
    [
      'value date of the letter',
      100_000n,
      '2026-11-06',
      '2026-11-09',
      demanded({ reminderFee: 6_000n }),
      ['reminderFee 6000'],
      ['receivable 1 -100000'],
    ],
    [
      'value date after it',
      100_000n,
      '2026-11-07',
      '2026-11-09',
      demanded({ reminderFee: 6_000n }),
      [],
      ['receivable:reminderFee 1 -6000', 'receivable 1 -94000'],
    ],
    [
      'only a part of the principal',
      99_999n,
      '2026-11-05',
      '2026-11-09',
      demanded({ reminderFee: 6_000n }),
      [],
      ['receivable:reminderFee 1 -6000', 'receivable 1 -93999'],
    ],
    [
      'the fee was paid with it',
      106_000n,
      '2026-11-05',
      '2026-11-09',
      demanded({ reminderFee: 6_000n }),
      ['reminderFee 6000'],
      ['receivable 1 -100000', 'overpayment 101 -6000'],
    ],
    [
      'a collection fee stands if it was booked on the letter’s date',
      118_000n,
      '2026-11-05',
      '2026-11-06',
      demanded({ collectionFee: 18_000n }),
      [],
      ['receivable:collectionFee 1 -18000', 'receivable 1 -100000'],
    ],
    [
      'and falls if it was booked before',
      100_000n,
      '2026-11-05',
      '2026-11-05',
      demanded({ collectionFee: 18_000n }),
      ['collectionFee 18000'],
      ['receivable 1 -100000'],
    ],
    [
      'paid in time there is no interest',
      100_000n,
      '2026-10-01',
      '2026-11-09',
      demanded({ interest: 900n }),
      ['interest 900'],
      ['receivable 1 -100000'],
    ],
    [
      'paid late there is',
      100_900n,
      '2026-10-20',
      '2026-11-09',
      demanded({ interest: 900n }),
      [],
      ['receivable:interest 1 -900', 'receivable 1 -100000'],
    ],
  ])('%s', (_title, amount, value, booked, open, waived, tied) => {
    const decision = decide(
      payment(amount, [by('reference', [1n])], { valueDate: isoDate(value), bookingDate: isoDate(booked) }),
      open,
    );
    expect(decision.kind === 'tied' && decision.waivers.map((waiver) => `${waiver.component} ${waiver.amount}`)).toEqual(waived);
    expect(lines(decision)).toEqual(tied);
  });
});

const amounts = fc.bigInt({ min: 0n, max: 1_000_000n });
const targets = fc.array(
  fc.record({
    principal: amounts,
    interest: amounts,
    reminderFee: amounts,
    toleranceAmount: fc.constantFrom(0n, 1_000n),
    limit: amounts,
    credit: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
);

describe('whatever is paid, and for whatever', () => {
  test('the lines and the money add up to zero, nothing crosses zero, and only money that is left is a credit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 5_000_000n }), targets, (amount, given) => {
        const list = given.map(({ principal, interest, reminderFee, toleranceAmount, limit, credit }, index) => ({
          receivable: credit
            ? receivable(BigInt(index), -principal, { kind: 'credit' as const })
            : receivable(BigInt(index), principal, { open: { ...none, principal, interest, reminderFee }, toleranceAmount }),
          limit,
        }));
        const { parts } = allocatePayment({ amount, bookingDate: isoDate('2026-11-02'), valueDate: isoDate('2026-11-02') }, list);
        expect(sum(parts.map((part) => part.amount))).toBe(-amount);
        for (const { receivable: item } of list) {
          const own = sum(
            parts.filter((part) => part.receivable === item.id && part.account !== 'rounding').map((part) => part.amount),
          );
          const left = openSum(item) + own;
          expect(left * openSum(item) >= 0n && absolute(left) <= absolute(openSum(item))).toBe(true);
          const forgiven = sum(
            parts.filter((part) => part.receivable === item.id && part.account === 'rounding').map((part) => part.amount),
          );
          expect(forgiven === 0n || (forgiven <= item.toleranceAmount && left === 0n)).toBe(true);
        }
        const credit = parts.filter((part) => bookOf(part.account) === 'bureau');
        const open = sum(
          list
            .filter(({ receivable: item }) => item.kind === 'invoice')
            .map(
              ({ receivable: item }) =>
                openSum(item) +
                sum(
                  parts.filter((part) => part.receivable === item.id && part.account !== 'rounding').map((part) => part.amount),
                ),
            ),
        );
        expect(credit.length === 0 || open === 0n).toBe(true);
      }),
    );
  });

  test('no component is paid before one that the law puts first is covered', () => {
    fc.assert(
      fc.property(
        amounts.filter((amount) => amount > 0n),
        amounts,
        amounts,
        amounts,
        (amount, principal, interest, reminderFee) => {
          const open = { ...none, principal, interest, reminderFee };
          const { parts } = allocatePayment({ amount, bookingDate: isoDate('2026-11-02'), valueDate: isoDate('2026-11-02') }, [
            { receivable: receivable(1n, 0n, { open }), limit: amount },
          ]);
          const paid = (account: string): bigint =>
            -sum(parts.filter((part) => part.account === account).map((part) => part.amount));
          for (const [index, component] of extraComponents.entries()) {
            expect(index >= 0 && (paid('receivable') === 0n || paid(`receivable:${component}`) === open[component])).toBe(true);
          }
          expect(paid('receivable:interest') === 0n || paid('receivable:reminderFee') === reminderFee).toBe(true);
        },
      ),
    );
  });
});
