import type { IsoDate } from './iso-date.ts';
import { sum, type Currency, type Minor } from './money.ts';
import type { AccountNumber } from './sockets/account-scheme.ts';

/**
 * A payment file as the bank will get it. All its ids are given out before it is written and never changed, so that writing it again gives
 * the same bytes and the bank's own control finds a file that is sent twice (reference/iso20022.md §6.7).
 */
export interface PaymentFile {
  readonly messageId: string;
  /** When the payout was frozen, with offset, such as `2026-11-23T06:00:00+01:00`. */
  readonly createdAt: string;
  readonly initiator: PaymentInitiator;
  /** One for each date, account and currency; an account in another form is another account (Swedbank, §6.2). */
  readonly payments: readonly PaymentGroup[];
}

/** Who sends the file, as the agreement with the bank names it. */
export interface PaymentInitiator {
  readonly name: string;
  readonly id: string;
  readonly scheme: 'CUST' | 'BANK';
}

/** Payments of one day from one account. */
export interface PaymentGroup {
  readonly id: string;
  readonly executionDate: IsoDate;
  readonly currency: Currency;
  readonly debtor: PaymentParty & { readonly id: string; readonly scheme: 'CUST' | 'BANK' };
  /** The account that is debited, in the form that the bank is told it by. */
  readonly account: AccountNumber;
  /** BIC of the bank that holds the account. */
  readonly bankBic: string;
  readonly serviceLevel: 'NURG' | 'SDVA' | 'URGP' | 'SEPA';
  readonly transactions: readonly OutgoingPayment[];
}

export interface PaymentParty {
  readonly name: string;
  readonly town: string;
  /** ISO 3166, two letters. */
  readonly country: string;
}

export interface OutgoingPayment {
  /** Instruction id and end-to-end id in one: unique for ever. */
  readonly id: string;
  /** Positive, in the group's currency. */
  readonly amount: Minor;
  readonly creditor: PaymentParty;
  readonly account: AccountNumber;
  readonly remittance: Remittance;
}

export type Remittance =
  | { readonly kind: 'reference'; readonly reference: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'documents'; readonly documents: readonly RemittanceDocument[] };

/** An invoice that is paid, or a credit note that is taken off. */
export interface RemittanceDocument {
  readonly kind: 'invoice' | 'credit-note';
  readonly number: string;
  /** Positive in both kinds. */
  readonly amount: Minor;
}

/** What the documents of a payment come to. */
export const documentSum = (documents: readonly RemittanceDocument[]): Minor =>
  sum(documents.map(({ kind, amount }) => (kind === 'credit-note' ? -amount : amount)));
