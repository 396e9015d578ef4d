import type { IsoDate } from '../iso-date.ts';
import type { Component, ExtraComponent } from '../ledger.ts';
import type { Currency, Minor } from '../money.ts';

/** A receivable as far as a payment on it is concerned, at the moment of posting. */
export interface OpenReceivable {
  readonly id: bigint;
  readonly client: string;
  readonly debtor: bigint;
  readonly debtorName: string;
  readonly invoiceNumber: string;
  /** `credit`: of a credit note; what is open of it is negative. */
  readonly kind: 'invoice' | 'credit';
  /** Of the agreement it was issued under; what is only distributed has no receivable. */
  readonly product: 'service' | 'purchase';
  readonly currency: Currency;
  readonly dueDate: IsoDate | null;
  readonly open: Readonly<Record<Component, Minor>>;
  /** Money that was ever tied to it, less what was taken back. */
  readonly paidAmount: Minor;
  readonly writtenOffAmount: Minor;
  /** A remainder up to this is forgiven, by agreement (reference/collection-rules.md §8.2). */
  readonly toleranceAmount: Minor;
  /** In which order its components are covered (§8.1). */
  readonly order: readonly Component[];
  readonly claims: readonly ClaimOfLetter[];
}

/** What a letter that has left claimed of the receivable beside its principal, and has not been taken back. */
export interface ClaimOfLetter {
  readonly step: bigint;
  readonly letterDate: IsoDate;
  readonly amounts: Readonly<Record<ExtraComponent, Minor>>;
}
