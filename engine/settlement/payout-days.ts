import type { PayoutTerms } from '../agreement.ts';
import { bankDayOnOrAfter, isBankDay, type BankCalendar } from '../bank-days.ts';
import { addDays, weekday, type IsoDate } from '../iso-date.ts';

const DAYS_PER_WEEK = 7;

/** Is the client paid on this date? A weekly day on which the banks are closed moves to the next bank day. */
export function isPayoutDay(schedule: PayoutTerms['schedule'], calendar: BankCalendar, date: IsoDate): boolean {
  if (!isBankDay(calendar, date)) return false;
  if (schedule.kind === 'bank-day') return true;
  const agreed = addDays(date, -((weekday(date) - schedule.weekday + DAYS_PER_WEEK) % DAYS_PER_WEEK));
  return bankDayOnOrAfter(calendar, agreed) === date;
}

/** The last booking date whose money is cleared on a date: so many bank days lie after it, up to and with the date. */
export function clearedThrough(calendar: BankCalendar, date: IsoDate, holdBackDays: number): IsoDate {
  let day = date;
  for (let passed = 0; passed < holdBackDays; day = addDays(day, -1)) if (isBankDay(calendar, day)) passed += 1;
  return day;
}
