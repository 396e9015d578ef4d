import type { BankCalendar } from '../../bank-days.ts';
import { addDays, isoDate, weekday, type IsoDate } from '../../iso-date.ts';

/**
 * Days on which Swedish banks are closed beside Saturdays and Sundays: the holidays of lag (1989:253) om allmänna helgdagar that can
 * fall on a weekday, and the eves the banks keep (reference/collection-rules.md §7.4, mark M: compare each year with the calendar that
 * the Riksbank publishes for its payment system). Extend `lastYear` after that comparison; a date beyond it is refused.
 */
export const bankCalendar: BankCalendar = calendarOf({ firstYear: 2020, lastYear: 2040 });

function calendarOf({ firstYear, lastYear }: { readonly firstYear: number; readonly lastYear: number }): BankCalendar {
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index);
  return { country: 'SE', firstYear, lastYear, closedDays: new Set(years.flatMap((year) => closedDaysOf(year))) };
}

/** National day is a holiday since 2005; the banks keep Christmas Eve, New Year's Eve and Midsummer Eve as well. */
function closedDaysOf(year: number): readonly IsoDate[] {
  const newYear = isoDate(`${year}-01-01`);
  const epiphany = isoDate(`${year}-01-06`);
  const easter = easterSunday(year);
  const goodFriday = addDays(easter, -2);
  const easterMonday = addDays(easter, 1);
  const ascensionDay = addDays(easter, 39);
  const firstOfMay = isoDate(`${year}-05-01`);
  const nationalDay = isoDate(`${year}-06-06`);
  const christmas = [24, 25, 26].map((day) => isoDate(`${year}-12-${day}`));
  const newYearsEve = isoDate(`${year}-12-31`);
  const easterDays = [goodFriday, easterMonday, ascensionDay];
  return [newYear, epiphany, ...easterDays, firstOfMay, nationalDay, midsummerEve(year), ...christmas, newYearsEve];
}

/** The Friday between 19 and 25 June: midsummer day is the Saturday between 20 and 26 June (lag 1989:253). */
function midsummerEve(year: number): IsoDate {
  const friday = 5;
  const first = isoDate(`${year}-06-19`);
  return addDays(first, (friday - weekday(first) + 7) % 7);
}

/** The Gregorian Easter of the anonymous algorithm that *Nature* printed in 1876 (Meeus, Astronomical Algorithms, chapter 8). */
function easterSunday(year: number): IsoDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const dayOfMarch = h + l - 7 * m + 22;
  return addDays(isoDate(`${year}-03-01`), dayOfMarch - 1);
}
