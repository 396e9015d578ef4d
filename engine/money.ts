import type { Language } from './language.ts';

/**
 * Money is a whole number of minor units (öre, øre, cent) in a `bigint`; the currency stands beside it at the borders.
 * Every currency Kuvert accepts has two decimals (ISO 4217), so a minor unit is always a hundredth.
 */
export type Minor = bigint;

/** The currencies accepted in a document (ISO 4217); all have two decimals. Adding one with another exponent needs a new design. */
export const currencies = ['SEK', 'NOK', 'DKK', 'EUR', 'USD', 'GBP', 'CHF', 'PLN'] as const;
export type Currency = (typeof currencies)[number];

/** What a currency is called after an amount, in the languages that do not write its code. */
export const currencyUnits: Readonly<Partial<Record<Currency, Readonly<Partial<Record<Language, string>>>>>> = {
  SEK: { sv: 'kr' },
};

export interface Money {
  readonly amount: Minor;
  readonly currency: Currency;
}

/** Largest absolute amount accepted anywhere: 10^13 minor units. Larger input is a finding, not an overflow. */
export const MAX_AMOUNT: Minor = 10_000_000_000_000n;

export const isCurrency = (code: string): code is Currency => (currencies as readonly string[]).includes(code);

/**
 * Reads a canonical amount: optional minus, digits, optional point and at most two decimals (`-1250`, `0.5`, `12.34`).
 * Returns null for anything else: exponent, thousands separator, plus sign, half öre, blanks.
 */
export function parseAmount(text: string): Minor | null {
  const match = /^(-?)(\d{1,18})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const minor = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
  return sign === '-' ? -minor : minor;
}

/** Writes an amount with exactly two decimals and a point: `1250.00`; zero is never negative. */
export function formatAmount(amount: Minor): string {
  const digits = absolute(amount).toString().padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export const absolute = (amount: Minor): Minor => (amount < 0n ? -amount : amount);

export function sum(amounts: Iterable<Minor>): Minor {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

/** Integer division rounded half away from zero: the rounding of every amount in Kuvert (reference/einvoice.md §1.10). */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  if (divisor === 0n) throw new RangeError('division by zero');
  const negative = dividend < 0n !== divisor < 0n;
  const top = absolute(dividend);
  const bottom = absolute(divisor);
  const rounded = (2n * top + bottom) / (2n * bottom);
  return negative ? -rounded : rounded;
}
