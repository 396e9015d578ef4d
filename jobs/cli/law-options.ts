import { parseDecimal, type Decimal } from '#engine/decimal.ts';
import { parseIsoDate, type IsoDate } from '#engine/iso-date.ts';
import { parseAmount, type Minor } from '#engine/money.ts';
import type { Country } from '#engine/sockets/country.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import { parts } from '../house/parts.ts';
import { UsageError } from './usage-error.ts';

export interface CountryArguments {
  readonly country: string;
}

const codes = Object.keys(parts.countries);

/** The first country that is plugged in is meant where none is said. */
export const countryOption = { choices: codes, default: codes[0] ?? '', describe: 'Whose law' };

/** A country that the option lets through. */
export const countryGiven = ({ country }: CountryArguments): Country => countryOf(parts, country);

export function dateOption(name: string, text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new UsageError(`--${name} ${text} is no day; write an existing one as 2026-11-22.`);
  return date;
}

/** A sum that is not negative. */
export function amountOption(name: string, text: string): Minor {
  const amount = parseAmount(text);
  if (amount === null || amount < 0n)
    throw new UsageError(`--${name} ${text} is no amount; write it with a point and without blanks, as 1250.00.`);
  return amount;
}

export function percentOption(name: string, text: string): Decimal {
  const value = parseDecimal(text);
  if (value === null || !/^\d{1,3}(?:\.|$)/.test(value))
    throw new UsageError(`--${name} ${text} is no percentage; write it with a point, as 12.5.`);
  return value;
}
