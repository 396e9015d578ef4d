import { addDays, weekday, yearOf, type IsoDate } from './iso-date.ts';
import { OperatingError } from './operating-error.ts';

/**
 * The days on which a country's banks are closed beside Saturdays and Sundays (reference/collection-rules.md §7.4), as data for whole
 * years. A date outside those years is refused, never guessed (fault XM6).
 */
export interface BankCalendar {
  readonly country: string;
  readonly firstYear: number;
  readonly lastYear: number;
  readonly closedDays: ReadonlySet<IsoDate>;
}

/** Are the banks open? Throws a MissingBankCalendarError outside the calendar's years. */
export function isBankDay(calendar: BankCalendar, date: IsoDate): boolean {
  const year = yearOf(date);
  if (year < calendar.firstYear || year > calendar.lastYear) throw new MissingBankCalendarError(calendar, date);
  return weekday(date) < SATURDAY && !calendar.closedDays.has(date);
}

const SATURDAY = 6;

/** The date itself if the banks are open, else the first bank day after it. */
export function bankDayOnOrAfter(calendar: BankCalendar, date: IsoDate): IsoDate {
  let day = date;
  while (!isBankDay(calendar, day)) day = addDays(day, 1);
  return day;
}

/** The date that lies so many bank days after a date, whether or not the banks are open on that date itself; 0 is the date. */
export function addBankDays(calendar: BankCalendar, date: IsoDate, bankDays: number): IsoDate {
  let day = date;
  for (let counted = 0; counted < bankDays; counted += 1) day = bankDayOnOrAfter(calendar, addDays(day, 1));
  return day;
}

/** The bank calendar has not been extended to a date that is needed; the house must be given the year before it can go on. */
export class MissingBankCalendarError extends OperatingError {
  constructor({ country, firstYear, lastYear }: BankCalendar, date: IsoDate) {
    super({
      problem: `The bank calendar of ${country} covers ${firstYear} to ${lastYear}, not ${date}.`,
      fix: 'Check the date, or extend the calendar in engine/countries.',
      retry: 'never',
    });
    this.name = 'MissingBankCalendarError';
  }
}
