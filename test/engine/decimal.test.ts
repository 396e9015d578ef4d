import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  decimal,
  decimalOfAmount,
  extend,
  isNegative,
  parseDecimal,
  percentOf,
  rescale,
  subtractDecimals,
  unscale,
} from '#engine/decimal.ts';

const decimals = fc
  .record({ unscaled: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), scale: fc.integer({ min: 0, max: 6 }) })
  .map(({ unscaled, scale }) => rescale(unscaled, scale));

describe('parseDecimal', () => {
  it.each([
    ['12', '12'],
    ['-0.50', '-0.5'],
    ['007.10', '7.1'],
    ['0.000', '0'],
    ['-0', '0'],
    ['0.0004', '0.0004'],
    ['100', '100'],
    ['1.0', '1'],
  ])('reads %s as %s', (text, value) => expect(parseDecimal(text)).toBe(value));

  it.each([
    '',
    '+1',
    '1,5',
    '1.',
    '.5',
    '1e3',
    'NaN',
    ' 1',
    '1 000',
    '--1',
    '1.2.3',
    '1234567890123456789',
    '0.1234567890123456789',
  ])('refuses %j', (text) => {
    expect(parseDecimal(text)).toBeNull();
    expect(() => decimal(text)).toThrow(RangeError);
  });

  it('gives one canonical text to equal values', () => {
    fc.assert(
      fc.property(decimals, fc.integer({ min: 0, max: 5 }), (value, zeros) => {
        const longer = value.includes('.') ? value + '0'.repeat(zeros) : `${value}.${'0'.repeat(zeros + 1)}`;
        expect(parseDecimal(longer)).toBe(value);
      }),
    );
  });
});

describe('unscale and rescale', () => {
  it.each([
    ['12.5', 125n, 1],
    ['-0.05', -5n, 2],
    ['7', 7n, 0],
  ])('%s is %s at scale %s', (text, unscaled, scale) => {
    expect(unscale(decimal(text))).toEqual({ unscaled, scale });
    expect(rescale(unscaled, scale)).toBe(text);
  });
});

describe('arithmetic', () => {
  it.each([
    ['0.3', '0.1', '0.2'],
    ['1', '1.0', '0'],
    ['-1', '0.05', '-1.05'],
    ['100', '0.0001', '99.9999'],
  ])('%s - %s = %s, and back', (a, b, difference) => {
    expect(subtractDecimals(decimal(a), decimal(b))).toBe(difference);
    expect(addDecimals(decimal(difference), decimal(b))).toBe(decimal(a));
  });

  it('orders as the numbers do, with differences of the right sign', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const order = compareDecimals(a, b);
        expect(order).toBe(-compareDecimals(b, a) + 0);
        expect(isNegative(subtractDecimals(a, b))).toBe(order < 0);
        expect(order === 0).toBe(a === b);
      }),
    );
  });

  // quantity × price ÷ base quantity, rounded once, half away from zero
  it.each([
    ['3', '0.10', '1', 30n],
    ['1', '0.005', '1', 1n],
    ['-1', '0.005', '1', -1n],
    ['1', '0.0049', '1', 0n],
    ['12.5', '19.96', '1', 24950n],
    ['1000', '149.50', '100', 149500n],
    ['7', '10', '3', 2333n],
    ['0.333', '3', '0.5', 200n],
  ])('%s × %s / %s = %s öre', (quantity, price, base, amount) => {
    expect(extend(decimal(quantity), decimal(price), decimal(base))).toBe(amount);
  });

  it.each([
    [100000n, '25', 25000n],
    [1n, '25', 0n],
    [2n, '25', 1n],
    [-2n, '25', -1n],
    [9999n, '12.5', 1250n],
    [125000n, '0', 0n],
    [100n, '-0.5', -1n],
  ])('%s öre at %s percent is %s', (amount, percent, part) => {
    expect(percentOf(amount, decimal(percent))).toBe(part);
  });
});

it.each([
  [1250n, '12.5'],
  [-5n, '-0.05'],
  [0n, '0'],
  [100n, '1'],
])('%s öre are %s in major units', (amount, value) => expect(decimalOfAmount(amount)).toBe(value));
