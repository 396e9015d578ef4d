import { isoDate, parseIsoDate, type IsoDate } from '#engine/iso-date.ts';
import { parseAmount, type Minor } from '#engine/money.ts';
import type { OpenHome } from '../house.ts';
import { todayOf } from '../today.ts';
import { UsageError } from './usage-error.ts';

/** A date given on the command line; today where none is. */
export function dateGiven(house: OpenHome, text: string | undefined): IsoDate {
  return text === undefined ? todayOf(house) : dateOf(text);
}

/** A date that must be one. */
export function dateOf(text: string): IsoDate {
  if (parseIsoDate(text) === null) throw new UsageError(`${text} is no date; write it as YYYY-MM-DD, such as 2026-11-30.`);
  return isoDate(text);
}

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

/** A client there is; says which there are otherwise. */
export function clientOf({ config }: OpenHome, client: string): string {
  if (config.clients.has(client)) return client;
  throw new UsageError(`There is no client ${client}; there are ${[...config.clients.keys()].join(', ')}.`);
}
