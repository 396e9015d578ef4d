import type { PaymentTermsPolicy } from './agreement.ts';
import { bankDayOnOrAfter, type BankCalendar } from './bank-days.ts';
import { addDays, type IsoDate } from './iso-date.ts';

/** The due date with the steps that led to it; both dates are stored with the document (F19). */
export interface DueDate {
  /** What the document says and the debtor is held to. */
  readonly dueDate: IsoDate;
  /** Before minimum days and bank days: the sender's own date or the issue date plus the terms' days. */
  readonly termsDate: IsoDate;
  readonly source: 'sender' | 'terms';
  /** Why the due date is later than the terms' date, in the order applied; empty if it is the same. */
  readonly moved: readonly ('minimum-days' | 'next-bank-day')[];
}

export interface DueDateQuestion {
  readonly issueDate: IsoDate;
  /** The due date that the sender's file states, if any. */
  readonly stated?: IsoDate | undefined;
  readonly terms: Pick<PaymentTermsPolicy, 'paymentDays' | 'minimumDays' | 'bankDayRule'>;
  readonly calendar: BankCalendar;
}

/**
 * The due date of a document: the sender's date or issue date plus days, never nearer than the minimum, moved to a bank day if the
 * agreement says so. It is only ever moved out, in the debtor's favour. Throws a MissingBankCalendarError for a year without calendar.
 */
export function decideDueDate({ issueDate, stated, terms, calendar }: DueDateQuestion): DueDate {
  const termsDate = stated ?? addDays(issueDate, terms.paymentDays);
  const earliest = addDays(issueDate, terms.minimumDays);
  const kept = termsDate < earliest ? earliest : termsDate;
  const dueDate = terms.bankDayRule === 'next-bank-day' ? bankDayOnOrAfter(calendar, kept) : kept;
  return {
    dueDate,
    termsDate,
    source: stated === undefined ? 'terms' : 'sender',
    moved: [
      ...(kept === termsDate ? [] : (['minimum-days'] as const)),
      ...(dueDate === kept ? [] : (['next-bank-day'] as const)),
    ],
  };
}
