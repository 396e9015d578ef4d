import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { extraComponents } from '#engine/amounts.ts';
import { bookOf } from '#engine/ledger.ts';
import { allocatePayment, type OpenReceivable } from '#engine/matching/allocate-payment.ts';
import { openTotal } from '#engine/claims/receivable.ts';
import { absolute, sum } from '#engine/money.ts';
import { by, decide, lines, none, payment, receivable } from './sample-payment.ts';

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
    [
      'of interest through the letter only what had run by the value date',
      100_700n,
      '2026-11-01',
      '2026-11-09',
      demanded({ interest: 900n }),
      ['interest 200'],
      ['receivable:interest 1 -700', 'receivable 1 -100000'],
    ],
  ])('%s', (_title, amount, value, booked, open, waived, tied) => {
    const decision = decide(
      payment(amount, [by('reference', [1n])], {
        valueDate: isoDate(value),
        bookingDate: isoDate(booked),
        interestOwed: () => (value <= '2026-10-01' ? 0n : value === '2026-10-20' ? 900n : 700n),
      }),
      open,
    );
    expect(decision.kind === 'tied' && decision.waivers.map((waiver) => `${waiver.component} ${waiver.amount}`)).toEqual(waived);
    expect(lines(decision)).toEqual(tied);
  });
});

const PLAIN = { bookingDate: isoDate('2026-11-02'), valueDate: isoDate('2026-11-02'), interestOwed: () => undefined };
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
        const { parts } = allocatePayment({ amount, ...PLAIN }, list);
        expect(sum(parts.map((part) => part.amount))).toBe(-amount);
        for (const { receivable: item } of list) {
          const own = sum(
            parts.filter((part) => part.receivable === item.id && part.account !== 'rounding').map((part) => part.amount),
          );
          const left = openTotal(item) + own;
          expect(left * openTotal(item) >= 0n && absolute(left) <= absolute(openTotal(item))).toBe(true);
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
                openTotal(item) +
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
          const { parts } = allocatePayment({ amount, ...PLAIN }, [{ receivable: receivable(1n, 0n, { open }), limit: amount }]);
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
