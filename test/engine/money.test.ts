import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absolute, divideRounded, formatAmount, isCurrency, parseAmount, sum } from '#engine/money.ts';

describe('parseAmount', () => {
  it.each([
    ['0', 0n],
    ['1', 100n],
    ['1250.00', 125000n],
    ['-1250', -125000n],
    ['0.5', 50n],
    ['0.05', 5n],
    ['12.34', 1234n],
    ['-0.01', -1n],
    ['-0.00', 0n],
    ['007.10', 710n],
    ['999999999999999999.99', 99999999999999999999n],
  ])('reads %s', (text, amount) => expect(parseAmount(text)).toBe(amount));

  // The wrong forms of fault XC6.
  it.each([
    '',
    ' ',
    '1 234.50',
    '1,234.50',
    '12,50',
    '+1',
    '1.',
    '.5',
    '1.005',
    '1e3',
    'NaN',
    'Infinity',
    '0x10',
    '1-',
    '--1',
    '12.3 ',
    '١',
    '1234567890123456789',
  ])('refuses %j', (text) => expect(parseAmount(text)).toBeNull());

  it('turns back what formatAmount wrote, for every amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }), (amount) => parseAmount(formatAmount(amount)) === amount),
    );
    expect(parseAmount(formatAmount(-(10n ** 19n)))).toBe(-(10n ** 19n));
  });

  it('gives an amount or null for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const amount = parseAmount(text);
        expect(amount === null || typeof amount === 'bigint').toBe(true);
      }),
    );
  });
});

describe('formatAmount', () => {
  it.each([
    [0n, '0.00'],
    [5n, '0.05'],
    [-5n, '-0.05'],
    [50n, '0.50'],
    [125000n, '1250.00'],
    [-100n, '-1.00'],
  ])('writes %s as %s', (amount, text) => expect(formatAmount(amount)).toBe(text));
});

describe('divideRounded', () => {
  // Half away from zero (reference/einvoice.md §1.10), by hand.
  it.each([
    [5n, 2n, 3n],
    [-5n, 2n, -3n],
    [5n, -2n, -3n],
    [-5n, -2n, 3n],
    [4n, 3n, 1n],
    [5n, 3n, 2n],
    [1n, 3n, 0n],
    [-1n, 3n, 0n],
    [0n, 7n, 0n],
    [1n, 2n, 1n],
    [49n, 100n, 0n],
    [50n, 100n, 1n],
  ])('%s / %s is %s', (dividend, divisor, quotient) => expect(divideRounded(dividend, divisor)).toBe(quotient));

  it('is never further than half a unit away, and at a tie the larger one', () => {
    const divisors = fc.bigInt({ min: -1000n, max: 1000n }).filter((divisor) => divisor !== 0n);
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), divisors, (dividend, divisor) => {
        const quotient = divideRounded(dividend, divisor);
        const remainder = absolute(dividend - quotient * divisor);
        expect(2n * remainder <= absolute(divisor)).toBe(true);
        const tie = 2n * remainder === absolute(divisor);
        expect(!tie || absolute(quotient * divisor) > absolute(dividend)).toBe(true);
      }),
    );
  });

  it('refuses zero', () => expect(() => divideRounded(1n, 0n)).toThrow(RangeError));
});

it('adds nothing to nothing and öre to kronor', () => {
  expect(sum([])).toBe(0n);
  expect(sum([125000n, -1n, 50n])).toBe(125049n);
});

it('knows the currencies with two decimals and no others', () => {
  expect(['SEK', 'NOK', 'DKK', 'EUR'].every(isCurrency)).toBe(true);
  expect(['JPY', 'sek', '', 'toString'].some(isCurrency)).toBe(false);
});
