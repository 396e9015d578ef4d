import type { ClientId } from './agreement.ts';
import type { IsoDate } from './iso-date.ts';
import { components, type Component } from './ledger.ts';
import { sum, type Currency, type Minor } from './money.ts';
import type { DebtorClass } from './submission.ts';

/**
 * An open item with all that a run decides by, as it was known at the end of a date: the ledger's sums, the holds, the steps taken
 * and what is confirmed of their dispatch. Every field comes from stored facts, so the same date gives the same value for ever.
 */
export interface Receivable {
  readonly id: bigint;
  readonly client: ClientId;
  readonly invoiceNumber: string;
  readonly agreementVersion: number;
  readonly debtor: ReceivableDebtor;
  readonly currency: Currency;
  /** As issued. */
  readonly principalAmount: Minor;
  readonly issueDate: IsoDate;
  readonly dueDate: IsoDate;
  /** When the invoice was confirmed as dispatched; absent: not yet, or never by us. */
  readonly dispatchedOn?: IsoDate;
  readonly open: Readonly<Record<Component, Minor>>;
  /**
   * Principal outstanding from each date on; the first is the issue date. A payment counts from the day after its value date, whose own
   * day still bears interest (as engine/law/interest.ts takes it); a credit from the due date (§8.2).
   */
  readonly principalHistory: readonly { readonly from: IsoDate; readonly amount: Minor }[];
  /** Interest ever claimed in the ledger, whether settled or not, less what was taken back. */
  readonly interestClaimedAmount: Minor;
  readonly holds: readonly Hold[];
  /** In order of level; withdrawn ones are not among them. */
  readonly steps: readonly TakenStep[];
}

/** All that is owed of a claim. */
export const openTotal = ({ open }: Pick<Receivable, 'open'>): Minor => sum(components.map((component) => open[component]));

export interface ReceivableDebtor {
  readonly id: bigint;
  readonly number: string;
  readonly name: string;
  readonly class: DebtorClass;
}

/** Why a receivable is left alone (spärr): anstånd, bestridande, spärr, betalningslöfte. */
export interface Hold {
  readonly id: bigint;
  readonly kind: 'deferment' | 'dispute' | 'block' | 'promise';
  /** Disputed part; absent: all. */
  readonly amount?: Minor;
  readonly from: IsoDate;
  /** Last day; absent: until released. */
  readonly until?: IsoDate;
  readonly interestRuns: boolean;
  readonly category?: string;
  readonly releasedOn?: IsoDate;
  readonly outcome?: 'accepted' | 'rejected' | 'withdrawn';
}

/** A step of the timetable that was taken. */
export interface TakenStep {
  readonly level: number;
  readonly kind: 'reminder' | 'demand' | 'handover' | 'assessment' | 'write-off';
  readonly businessDate: IsoDate;
  /** Confirmed; of a hand-over the day the agency's file was sent. Absent: the next step waits. */
  readonly dispatchedOn?: IsoDate;
  readonly deadline?: IsoDate;
  readonly reminderFeeAmount: Minor;
  readonly collectionFeeAmount: Minor;
  readonly compensationAmount: Minor;
}
