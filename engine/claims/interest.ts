import { findRow, type DatedTable } from '../dated-table.ts';
import { unscale, type Decimal } from '../decimal.ts';
import { addDays, yearOf, type IsoDate, daysBetween } from '../iso-date.ts';
import { divideRounded, type Minor } from '../money.ts';
import { OperatingError } from '../operating-error.ts';
import { type DayCount } from './policy.ts';

/** The principal from a day on; a payment with value date d changes it from d + 1, since its own day still bears interest. */
export interface PrincipalFrom {
  readonly from: IsoDate;
  readonly amount: Minor;
}

export interface InterestQuestion {
  /** In order of `from`, each day once; before the first there is no principal. */
  readonly principal: readonly PrincipalFrom[];
  /** First interest day: the day after the due date, or what `interestStart` gives. */
  readonly firstDay: IsoDate;
  /** Last interest day, included: the value date of the payment, or the day of the statement. */
  readonly lastDay: IsoDate;
  /** Percent a year by date, as `interestRates` gives it. */
  readonly rates: DatedTable<Decimal>;
  readonly dayCount: DayCount;
  /** Days without interest, such as those of a deferment granted without it. */
  readonly suspended?: readonly { readonly from: IsoDate; readonly to: IsoDate }[];
  /** `provisional`: interest ends with the last rate that is known; a legal document needs `complete`. */
  readonly mode: 'complete' | 'provisional';
}

/** Days with one principal and one rate: what a letter says about how interest was counted (inkassolagen (1974:182) 5 §). */
export interface InterestPeriod {
  readonly from: IsoDate;
  /** Included. */
  readonly to: IsoDate;
  readonly days: number;
  readonly basisDays: number;
  /** A year. */
  readonly percent: Decimal;
  readonly principalAmount: Minor;
}

export interface Interest {
  readonly periods: readonly InterestPeriod[];
  /** Rounded once, half away from zero; the rounded parts of periods need not add up to it. */
  readonly totalAmount: Minor;
  /** Set if interest is provisional: the last day it was counted to, to be said in the statement. */
  readonly knownThrough?: IsoDate;
}

/**
 * Simple late interest: the sum over periods of principal × rate × days ÷ basis, as an exact ratio, rounded once at the end
 * (reference/collection-rules.md §7.1). Throws a MissingRateError (rule X-07) for a day whose rate is not known in mode `complete`.
 */
export function lateInterest(question: InterestQuestion): Interest {
  const knownThrough = lastKnownDay(question);
  if (knownThrough < question.lastDay && question.mode === 'complete')
    throw new MissingRateError(question.rates.name, addDays(knownThrough, 1));
  const lastDay = knownThrough < question.lastDay ? knownThrough : question.lastDay;
  const periods = periodsOf({ ...question, lastDay });
  const { numerator, denominator } = sumOfRatios(periods.map(exactInterest));
  return {
    periods,
    totalAmount: divideRounded(numerator, denominator),
    ...(knownThrough < question.lastDay ? { knownThrough } : {}),
  };
}

/** A fraction of integers in minor units; the denominator is positive. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The unrounded interest of one period in minor units. */
export function exactInterest({ principalAmount, percent, days, basisDays: basis }: InterestPeriod): Ratio {
  const { unscaled, scale } = unscale(percent);
  return { numerator: principalAmount * unscaled * BigInt(days), denominator: 100n * 10n ** BigInt(scale) * BigInt(basis) };
}

/**
 * What is still due of accrued interest. Rounded parts are never added: the whole accrual since the start is rounded, then what was
 * settled or waived before is taken off, so that part payments leave no drift. Negative if a credit note took interest back.
 */
export const interestDue = (
  { totalAmount }: Pick<Interest, 'totalAmount'>,
  { settledAmount, waivedAmount }: { readonly settledAmount: Minor; readonly waivedAmount: Minor },
): Minor => totalAmount - settledAmount - waivedAmount;

/**
 * The principal over time: a payment takes effect on the day after its value date; what was credited counts as never owed
 * (reference/collection-rules.md §8.2).
 */
export function principalHistory(claim: {
  readonly principalAmount: Minor;
  readonly creditedAmount: Minor;
  readonly firstDay: IsoDate;
  /** Only the parts that went to the principal. */
  readonly payments: readonly { readonly valueDate: IsoDate; readonly amount: Minor }[];
}): readonly PrincipalFrom[] {
  const paid = new Map<IsoDate, Minor>();
  for (const { valueDate, amount } of claim.payments) {
    const from = valueDate < claim.firstDay ? claim.firstDay : addDays(valueDate, 1);
    paid.set(from, (paid.get(from) ?? 0n) + amount);
  }
  let left = claim.principalAmount - claim.creditedAmount;
  const days = [...new Set([claim.firstDay, ...paid.keys()])].sort();
  return days.map((from) => {
    left -= paid.get(from) ?? 0n;
    return { from, amount: left };
  });
}

/** The rate of a day is not entered: no legal document may state interest for it (rule X-07). */
export class MissingRateError extends OperatingError {
  readonly rule = 'X-07';
  readonly missingFrom: IsoDate;

  constructor(table: string, missingFrom: IsoDate) {
    super({
      problem: `X-07: there is no rate of ${table} for ${missingFrom}.`,
      fix: 'Enter the half-year in engine/countries, or ask for provisional interest.',
      retry: 'never',
    });
    this.name = 'MissingRateError';
    this.missingFrom = missingFrom;
  }
}

/** The last day up to which every day has a rate, at most the last day asked for. */
function lastKnownDay({ rates, firstDay, lastDay }: InterestQuestion): IsoDate {
  let day = firstDay;
  while (day <= lastDay) {
    const row = findRow(rates, day);
    if (row === undefined) return addDays(day, -1);
    const end = endOfRow(rates, row.from);
    if (end === undefined) return lastDay;
    day = addDays(end, 1);
  }
  return lastDay;
}

/** The last day a row is in force; undefined for an open last one. */
function endOfRow({ rows }: DatedTable<Decimal>, from: IsoDate): IsoDate | undefined {
  const index = rows.findIndex((row) => row.from === from);
  const next = rows[index + 1];
  return rows[index]?.to ?? (next && addDays(next.from, -1));
}

function periodsOf(question: InterestQuestion): readonly InterestPeriod[] {
  const { principal, firstDay, lastDay, rates, dayCount, suspended = [] } = question;
  checkOrder(principal);
  const starts = startsOf(question);
  return starts.flatMap((from, index): readonly InterestPeriod[] => {
    const next = starts[index + 1];
    const to = next === undefined ? lastDay : addDays(next, -1);
    const principalAmount = principal.findLast((item) => item.from <= from)?.amount ?? 0n;
    const rate = findRow(rates, from);
    const bears = firstDay <= lastDay && !suspended.some((pause) => pause.from <= from && from <= pause.to);
    if (!bears || rate === undefined || principalAmount === 0n) return [];
    const days = interestDays(dayCount, { from, to });
    return [{ from, to, days, basisDays: basisDays(dayCount, from), percent: rate.value, principalAmount }];
  });
}

/** The days on which something changes: principal, rate, suspension, and with ACT/ACT the year. */
function startsOf({ principal, firstDay, lastDay, rates, dayCount, suspended = [] }: InterestQuestion): readonly IsoDate[] {
  const years = dayCount === 'ACT/ACT' ? yearOf(lastDay) - yearOf(firstDay) : 0;
  const changes = [
    ...principal.map((item) => item.from),
    ...rates.rows.map((row) => row.from),
    ...suspended.flatMap((pause) => [pause.from, addDays(pause.to, 1)]),
    ...Array.from({ length: Math.max(years, 0) }, (_, index) => `${yearOf(firstDay) + 1 + index}-01-01` as IsoDate),
  ];
  return [...new Set([firstDay, ...changes.filter((day) => firstDay < day && day <= lastDay)])].sort();
}

function checkOrder(principal: readonly PrincipalFrom[]): void {
  const isOrdered = principal.every((item, index) => index === 0 || principal[index - 1]!.from < item.from);
  if (!isOrdered) throw new RangeError('the principal history is not in order of its days');
}

function sumOfRatios(ratios: readonly Ratio[]): Ratio {
  let sum: Ratio = { numerator: 0n, denominator: 1n };
  for (const { numerator, denominator } of ratios) {
    const shared = greatestCommonDivisor(sum.denominator, denominator);
    sum = {
      numerator: sum.numerator * (denominator / shared) + numerator * (sum.denominator / shared),
      denominator: (sum.denominator / shared) * denominator,
    };
  }
  return sum;
}

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommonDivisor(b, a % b));

/** Interest days from the first to the last, both included; with `30E/360` the 31st of a month adds none. */
export function interestDays(dayCount: DayCount, { from, to }: { readonly from: IsoDate; readonly to: IsoDate }): number {
  const dayBefore = addDays(from, -1);
  return dayCount === '30E/360' ? days360(to) - days360(dayBefore) : daysBetween(dayBefore, to);
}

/** 360·year + 30·month + day, the 31st counting as the 30th: differences of it are additive over any split. */
const days360 = (date: IsoDate): number =>
  360 * yearOf(date) + 30 * Number(date.slice(5, 7)) + Math.min(Number(date.slice(8, 10)), 30);

/** Days that make a year for a period which does not cross the turn of a year. */
export function basisDays(dayCount: DayCount, from: IsoDate): number {
  if (dayCount === 'ACT/365F') return 365;
  if (dayCount !== 'ACT/ACT') return 360;
  const newYear = `${yearOf(from)}-01-01` as IsoDate;
  return daysBetween(newYear, `${yearOf(from)}-12-31` as IsoDate) + 1;
}
