import { describe, expect, test } from 'vitest';
import { amountCheckDigit, swedishSlip, slipLine } from '#layouts/slips/se/slip.ts';
import type { SlipPayment } from '#layouts/slips/slip.ts';

/** reference/sweden-bank.md §7.1: lines and check digits as published there. */
describe('machine line of the bankgiro slip', () => {
  test.each([
    [125_000n, 0],
    [49_950n, 9],
    [1_447_100n, 7],
    [0n, 0],
  ])('check digit of %s öre is %i', (amount, digit) => {
    expect(amountCheckDigit(amount)).toBe(digit);
  });

  test.each([
    ['10023182', 125_000n, '9912346', 'H  #                  10023182 #    1250 00   0 >                  9912346#41#    '],
    ['10023281', 49_950n, '55555551', 'H  #                  10023281 #     499 50   9 >                 55555551#41#    '],
  ])('%s', (reference, amount, bankgiro, expected) => {
    expect(slipLine({ reference, amount, currency: 'SEK', account: bankgiro })).toBe(expected);
  });

  test('columns of the manual, counted from the first hash', () => {
    const columns = slipLine({ reference: '1234567897', amount: 7n, currency: 'SEK', account: '9912346' }).slice(3);
    expect(columns).toHaveLength(79);
    expect([columns[0], columns[28], columns[45], columns[71], columns[74]]).toEqual(['#', '#', '>', '#', '#']);
    expect(columns.slice(29, 37)).toBe('       0');
    expect(columns.slice(38, 40)).toBe('07');
    expect(columns.slice(46, 71)).toBe('9912346'.padStart(25));
  });

  test.each<readonly [title: string, payment: SlipPayment]>([
    ['no amount', { reference: '10023182', amount: 0n, currency: 'SEK', account: '9912346' }],
    ['a credit', { reference: '10023182', amount: -1n, currency: 'SEK', account: '9912346' }],
    ['nine digits of kronor', { reference: '10023182', amount: 10_000_000_000n, currency: 'SEK', account: '9912346' }],
    ['letters in the reference', { reference: 'F-1002', amount: 100n, currency: 'SEK', account: '9912346' }],
    ['26 digits of reference', { reference: '1'.repeat(26), amount: 100n, currency: 'SEK', account: '9912346' }],
    ['another currency', { reference: '10023182', amount: 100n, currency: 'EUR', account: '9912346' }],
    ['no bankgiro', { reference: '10023182', amount: 100n, currency: 'SEK', account: '' }],
  ])('refuses %s', (_title, payment) => {
    expect(swedishSlip.fits(payment)).toBe(false);
    expect(() => slipLine(payment)).toThrow(RangeError);
  });
});
