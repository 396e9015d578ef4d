/** A calendar date `YYYY-MM-DD`, without time or zone. All date arithmetic of Kuvert is in this file. */
export type IsoDate = string & { readonly __isoDate: never };

/** Dates outside these years are refused as typing errors (XC7 of the fault list). */
export const FIRST_YEAR = 1990;
export const LAST_YEAR = 2100;

const MILLISECONDS_PER_DAY = 86_400_000;

/** Reads `YYYY-MM-DD` of an existing day between FIRST_YEAR and LAST_YEAR; null for anything else. */
export function parseIsoDate(text: string): IsoDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const year = Number(match[1]);
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? (text as IsoDate) : null;
}

/** A date written in source code or configuration; throws a RangeError if there is no such day. */
export function isoDate(text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new RangeError(`not a date (YYYY-MM-DD): ${text}`);
  return date;
}

/** Days since 1970-01-01. Its parts are read one by one: a run asks it some hundred times for each of many receivables. */
const dayNumber = (date: IsoDate): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / MILLISECONDS_PER_DAY;

export const addDays = (date: IsoDate, days: number): IsoDate => dateOfDay(dayNumber(date) + days);

/** Inverse of `dayNumber`. */
function dateOfDay(day: number): IsoDate {
  const date = new Date(day * MILLISECONDS_PER_DAY);
  const month = date.getUTCMonth() + 1;
  const dayOfMonth = date.getUTCDate();
  return `${date.getUTCFullYear()}-${month < 10 ? '0' : ''}${month}-${dayOfMonth < 10 ? '0' : ''}${dayOfMonth}` as IsoDate;
}

/** The same day of the month so many months later, or its last day where it is shorter. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const month = yearOf(date) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const first = (at: number): IsoDate => isoDate(`${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`);
  const last = daysBetween(first(month), first(month + 1));
  return addDays(first(month), Math.min(Number(date.slice(8, 10)), last) - 1);
}

/** Whole days from the first date to the second; negative if the second is earlier. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => dayNumber(to) - dayNumber(from);

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export const weekday = (date: IsoDate): number => ((dayNumber(date) + 3) % 7) + 1;

export const yearOf = (date: IsoDate): number => Number(date.slice(0, 4));

/** The calendar date of an instant in a time zone such as `Europe/Stockholm`. */
export function dateInZone(instant: Date, timeZone: string): IsoDate {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return isoDate(format.format(instant));
}
