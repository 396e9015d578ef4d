import { addDays, daysBetween, yearOf, type IsoDate } from '../iso-date.ts';

/**
 * How days become parts of a year (reference/collection-rules.md §7.1). No Nordic statute fixes it for late interest: it is a term of
 * the policy. `ACT/365F` counts 365 days also in leap years; `ACT/ACT` those of the calendar year; `30E/360` twelve months of 30 days.
 */
export const dayCounts = ['ACT/365F', 'ACT/ACT', 'ACT/360', '30E/360'] as const;
export type DayCount = (typeof dayCounts)[number];

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
