import { addBankDays, isBankDay, type BankCalendar } from '../bank-days.ts';
import type { IsoDate } from '../iso-date.ts';

/**
 * Bank days before a date on which a run should have been and was not (IR1). A client's first run begins its calendar: nothing is missing
 * before it. Throws a MissingBankCalendarError where the calendar is not known (fault XM6).
 */
export function missingDates(calendar: BankCalendar, ran: readonly IsoDate[], before: IsoDate): IsoDate[] {
  const first = ran.reduce<IsoDate | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);
  if (first === undefined) return [];
  const done = new Set(ran);
  const missing: IsoDate[] = [];
  for (let day = addBankDays(calendar, first, 1); day < before; day = addBankDays(calendar, day, 1))
    if (!done.has(day) && isBankDay(calendar, day)) missing.push(day);
  return missing;
}
