/** A date as its place in one list of all dates: the oracle's whole date arithmetic is a look into that list. */
export type Day = number;

const FIRST_YEAR = 2024;
const LAST_YEAR = 2029;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const dates: readonly string[] = listDates();
const places: ReadonlyMap<string, Day> = new Map(dates.map((date, place) => [date, place]));

function listDates(): string[] {
  const list: string[] = [];
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1) {
    for (const [month, days] of MONTH_DAYS.entries()) {
      const leap = month === 1 && year % 4 === 0 ? 1 : 0;
      for (let day = 1; day <= days + leap; day += 1) {
        list.push(`${year}-${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
      }
    }
  }
  return list;
}

export function dayOf(date: string): Day {
  const place = places.get(date);
  if (place === undefined) throw new Error(`the oracle knows no date ${date}`);
  return place;
}

export function dateOf(day: Day): string {
  const date = dates[day];
  if (date === undefined) throw new Error(`the oracle knows no day ${day}`);
  return date;
}

/** Days other than Saturdays and Sundays on which Swedish banks are closed (collection-rules.md §7.4); from a printed almanac, 2025–2028. */
const closed: ReadonlySet<string> = new Set(
  `2025-01-01 2025-01-06 2025-04-18 2025-04-21 2025-05-01 2025-05-29 2025-06-06 2025-06-20 2025-12-24 2025-12-25 2025-12-26 2025-12-31
   2026-01-01 2026-01-06 2026-04-03 2026-04-06 2026-05-01 2026-05-14 2026-06-06 2026-06-19 2026-12-24 2026-12-25 2026-12-26 2026-12-31
   2027-01-01 2027-01-06 2027-03-26 2027-03-29 2027-05-01 2027-05-06 2027-06-06 2027-06-25 2027-12-24 2027-12-25 2027-12-26 2027-12-31
   2028-01-01 2028-01-06 2028-04-14 2028-04-17 2028-05-01 2028-05-25 2028-06-06 2028-06-23 2028-12-24 2028-12-25 2028-12-26 2028-12-31`
    .trim()
    .split(/\s+/),
);

/** 1 January 2024, the first of the list, was a Monday. */
const isWeekend = (day: Day): boolean => day % 7 >= 5;

export const isBankDay = (day: Day): boolean => !isWeekend(day) && !closed.has(dateOf(day));

/** The day itself, or the first bank day after it. */
export const bankDayFrom = (day: Day): Day => (isBankDay(day) ? day : bankDayFrom(day + 1));

/** The n-th bank day after a day, whether or not that is one; for n = 0 the day itself. */
export const afterBankDays = (day: Day, count: number): Day =>
  count === 0 ? day : afterBankDays(bankDayFrom(day + 1), count - 1);
