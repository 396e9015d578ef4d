import type { ActId } from './policy.ts';
import type { Decimal } from '../decimal.ts';
import type { Address } from '../invoice.ts';
import type { IsoDate } from '../iso-date.ts';
import type { DebtorClass } from '../submission.ts';
import type { Currency, Minor } from '../money.ts';

/**
 * A claim handed over to a collection agency: all that it must know to demand it, with capital, interest and each cost apart
 * (reference/collection-rules.md §2.3, §2.7).
 */
export interface CollectionCase {
  /** 1, 2, 3 … of the client. */
  readonly number: number;
  readonly creditor: CollectionParty;
  readonly debtor: CollectionParty & { readonly number: string; readonly class: DebtorClass };
  readonly invoice: CollectionInvoice;
  readonly currency: Currency;
  /** The undisputed rest. */
  readonly principalAmount: Minor;
  readonly interest: CollectionInterest;
  readonly costs: readonly CollectionCost[];
  /** Principal, interest up to the hand-over, and costs. */
  readonly totalAmount: Minor;
  /** Letters sent, oldest first, each with the day it was in the post. */
  readonly steps: readonly CollectionStep[];
}

export interface CollectionParty {
  readonly name: string;
  /** Organisation or personal number as registered; absent: not known, which an agency may refuse. */
  readonly id?: string;
  readonly address: Address;
}

export interface CollectionInvoice {
  readonly number: string;
  readonly issueDate: IsoDate;
  readonly dueDate: IsoDate;
  readonly ground: string;
  readonly originalAmount: Minor;
}

export interface CollectionInterest {
  /** Unpaid up to and including `until`, claimed by a letter or not. */
  readonly amount: Minor;
  /** Percent a year at the end; absent: none is claimed. */
  readonly rate?: Decimal;
  readonly basis?: 'statutory' | 'contract';
  /** First interest day. */
  readonly from?: IsoDate;
  readonly until: IsoDate;
}

export interface CollectionCost {
  readonly kind: 'reminderFee' | 'collectionFee' | 'compensation';
  readonly amount: Minor;
}

export interface CollectionStep {
  /** A letter, by its country's word (`LegalRules.acts`). */
  readonly kind: ActId;
  readonly dispatchedOn: IsoDate;
  readonly deadline?: IsoDate;
}

/** What happened after the hand-over and changes the claim: money or credit lowers it, a withdrawal ends it. */
export interface CollectionChange {
  readonly case: number;
  readonly invoiceNumber: string;
  readonly kind: 'payment' | 'credit' | 'withdrawal' | 'correction';
  /** By how much the claim falls; negative where it rises again. */
  readonly amount: Minor;
  readonly on: IsoDate;
}
