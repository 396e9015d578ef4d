import { describe, expect, test } from 'vitest';
import { invoiceTexts } from '#layouts/texts/invoice-texts.ts';
import { parts } from '#jobs/house/parts.ts';
import { decimal } from '#engine/decimal.ts';
import { printAccount } from '#layouts/texts/account-numbers.ts';
import { printAmount, printMoney, printPercent, printPrice, unitWord } from '#layouts/texts/figures.ts';
import { readPrintedAmount } from '#layouts/spool/printed-amount.ts';

const blank = '\u00a0';

describe('figures', () => {
  test.each([
    [123_450n, `1${blank}234,50`, '1,234.50'],
    [0n, '0,00', '0.00'],
    [5n, '0,05', '0.05'],
    [100_000_000_000n, `1${blank}000${blank}000${blank}000,00`, '1,000,000,000.00'],
    [-99_900n, '−999,00', '−999.00'],
  ])('%s öre', (amount, sv, en) => {
    expect(printAmount(amount, 'sv')).toBe(sv);
    expect(printAmount(amount, 'en')).toBe(en);
  });

  test.each([
    ['24.125', '24,125'],
    ['212.4', '212,40'],
    ['1000', `1${blank}000,00`],
  ])('price %s', (value, expected) => {
    expect(printPrice(decimal(value), 'sv')).toBe(expected);
  });

  test('rates and currencies', () => {
    expect(printPercent(decimal('25'), 'sv')).toBe(`25${blank}%`);
    expect(printMoney(100n, 'SEK', 'sv')).toBe(`1,00${blank}kr`);
    expect(printMoney(100n, 'EUR', 'sv')).toBe(`1,00${blank}EUR`);
    expect(printMoney(100n, 'SEK', 'en')).toBe(`1.00${blank}SEK`);
  });
});

describe('printed amounts are read back', () => {
  test.each([
    [`1${blank}234,50${blank}kr`, { amount: 123_450n, currency: 'SEK' }],
    ['1,234.50 EUR', { amount: 123_450n, currency: 'EUR' }],
    ['−12,00 kr', { amount: -1_200n, currency: 'SEK' }],
  ])('%s', (text, expected) => {
    expect(readPrintedAmount(text)).toEqual(expected);
  });

  test.each(['1.234,50 kr', '1,234,50 kr', '12,5 kr', '1 23,00 kr', '12,00', '12,00 XYZ', ''])(
    '%s is no printed amount',
    (text) => {
      expect(readPrintedAmount(text)).toBeNull();
    },
  );
});

test.each([
  ['9912346', 'SE:BANKGIRO', '991-2346'],
  ['55555551', 'SE:BANKGIRO', '5555-5551'],
  ['1234567', 'SE:PLUSGIRO', `12${blank}34${blank}56-7`],
  ['SE3550000000054910000003', 'ESSESESS', ['SE35', '5000', '0000', '0549', '1000', '0003'].join(blank)],
])('account %s of %s', (id, branch, expected) => {
  const context = { parts, texts: invoiceTexts.sv, language: 'sv' } as const;
  expect(printAccount(context, { id, branch }).value).toBe(expected);
});

test('units have words, unknown ones stay', () => {
  expect(unitWord('MTQ', 'sv')).toBe('m³');
  expect(unitWord('MON', 'sv')).toBe('mån');
  expect(unitWord('X9Z', 'sv')).toBe('X9Z');
});
