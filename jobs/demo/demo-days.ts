import { addBankDays, bankDayOnOrAfter, type BankCalendar } from '#engine/bank-days.ts';
import { addDays, type IsoDate } from '#engine/iso-date.ts';

/** The days the demo lives after its first, all of them bank days and in order. */
export interface DemoDays {
  /** Shortly before the water association's invoices fall due. */
  readonly beforeDue: IsoDate;
  /** What was paid on the last day is known. */
  readonly afterDue: IsoDate;
  /** Due date + 5. */
  readonly reminder: IsoDate;
  /** The reminders' effect. */
  readonly afterReminder: IsoDate;
}

export function demoDays(calendar: BankCalendar, dueDate: IsoDate): DemoDays {
  const beforeDue = bankDayOnOrAfter(calendar, addDays(dueDate, -3));
  const afterDue = addBankDays(calendar, dueDate > beforeDue ? dueDate : beforeDue, 2);
  const reminder = later(calendar, afterDue, addDays(dueDate, 5));
  return { beforeDue, afterDue, reminder, afterReminder: later(calendar, reminder, addDays(dueDate, 11)) };
}

/** The first bank day on or after a date, and after another day. */
export const later = (calendar: BankCalendar, after: IsoDate, wanted: IsoDate): IsoDate => {
  const next = addBankDays(calendar, after, 1);
  return bankDayOnOrAfter(calendar, wanted > next ? wanted : next);
};
