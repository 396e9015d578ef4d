import { parseDecimal, type Decimal } from '#engine/decimal.ts';
import { isoDate, parseIsoDate, type IsoDate } from '#engine/iso-date.ts';
import { parseAmount, type Minor } from '#engine/money.ts';
import type { Scope } from '#engine/scope.ts';
import { systemUser, UsageError, type Caller, type Place } from '../desk/desk.ts';
import { countryCodes } from '../desk/law.ts';

/** The options every command has. */
export interface CommonArguments extends Place {
  readonly json: boolean;
}

/** What a command may end with. */
export type End = (code: 0 | 1 | 2 | 3) => void;

/** Whoever is at the terminal asks. */
export const asker = <S extends Scope>(scope: S): Caller<S> => ({ person: systemUser(), scope });

/** One client where one is named, else all of the bureau. */
export const scopeOf = (client: string | undefined): Scope => (client === undefined ? 'bureau' : { client });

/** Who does something by command, and why: stored with what they did (IS4). */
export interface PersonArguments {
  readonly who: string;
  readonly reason: string;
  readonly 'dry-run': boolean;
}

/** Options of every act of a person that changes something. */
export const personOptions = {
  who: { type: 'string', default: systemUser(), describe: 'Who does it; stored with the act' },
  reason: { type: 'string', demandOption: true, describe: 'Why, in your own words; stored with the act' },
  'dry-run': { type: 'boolean', default: false, describe: 'Show what would become of it, and change nothing' },
} as const;

/** A date that must be one. */
export function dateOf(text: string): IsoDate {
  if (parseIsoDate(text) === null) throw new UsageError(`${text} is no date; write it as YYYY-MM-DD, such as 2026-11-30.`);
  return isoDate(text);
}

/** A date that may be left out. */
export const dateGiven = (text: string | undefined): IsoDate | undefined => (text === undefined ? undefined : dateOf(text));

/** An amount above zero, with a point before its decimals. */
export function amountOf(text: string): Minor {
  const amount = parseAmount(text);
  if (amount === null || amount <= 0n) throw new UsageError(`${text} is no amount above zero; write it as 1250 or 1250.00.`);
  return amount;
}

/** The number of a row; `list` is the command that shows them. */
export function rowNumber(text: string, what: string, list: string): bigint {
  if (!/^[1-9]\d{0,17}$/.test(text)) throw new UsageError(`${text} is no number of a ${what}: kuvert ${list} shows them.`);
  return BigInt(text);
}

export interface CountryArguments {
  readonly country: string;
}

/** The first country that is plugged in is meant where none is said. */
export const countryOption = { choices: countryCodes, default: countryCodes[0] ?? '', describe: 'Whose law' };

/** The value of the option of that name, which must be a date. */
export function dateOption(name: string, text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new UsageError(`--${name} ${text} is no day; write an existing one as 2026-11-22.`);
  return date;
}

/** The same for a sum that is not negative. */
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
