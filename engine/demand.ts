import type { Address, PaymentAccount, Seller } from './invoice.ts';
import type { IsoDate } from './iso-date.ts';
import type { ActId, Announced } from './law/policy.ts';
import type { ComponentAmounts } from './amounts.ts';
import type { Currency, Minor } from './money.ts';
import type { Decimal } from './decimal.ts';
import type { Language } from './language.ts';
import type { DebtorClass } from './submission.ts';

/**
 * A reminder (betalningspåminnelse) or a collection demand (inkassokrav) to one debtor for one or several of their invoices, as it is
 * printed and stored. Capital, interest and costs are always apart (inkassolagen 5 §; reference/collection-rules.md §2.1, §2.3).
 */
export interface Demand {
  /** The country's word for the letter (`LegalRules.acts`). */
  readonly kind: ActId;
  /** Of a gapless series per client. */
  readonly number: string;
  readonly date: IsoDate;
  /** The debtor's, as on the invoices. */
  readonly language: Language;
  /** Whose claim it is; for a claim the bureau has bought, the bureau. */
  readonly creditor: Seller;
  /** Who writes on the creditor's behalf: the bureau. */
  readonly agent: DemandAgent;
  /** A bought claim: who sold it, so that the letter can say that only payment to the creditor discharges. */
  readonly assignedFrom?: string;
  readonly debtor: DemandDebtor;
  readonly currency: Currency;
  /** Oldest first. */
  readonly claims: readonly DemandClaim[];
  /** Sum of all components of all claims. */
  readonly payableAmount: Minor;
  /** New date to pay, or to object. */
  readonly deadline: IsoDate;
  readonly account: PaymentAccount;
  readonly paymentReference: string;
  /** What happens otherwise, allowed without a licence: to whom it is handed over (§2.6). */
  readonly nextStep: Announced;
  readonly handoverTo?: string;
}

export interface DemandAgent {
  readonly name: string;
  readonly organisationNumber: string;
  readonly address: Address;
  readonly telephone: string;
  readonly email: string;
  /** Permit of Finansinspektionen: a demand is refused without it (rule X-06). */
  readonly licensed: boolean;
}

export interface DemandDebtor {
  readonly number: string;
  readonly name: string;
  readonly class: DebtorClass;
  readonly address: Address;
}

/** One invoice of a demand. */
export interface DemandClaim extends ComponentAmounts {
  readonly invoiceNumber: string;
  readonly issueDate: IsoDate;
  readonly dueDate: IsoDate;
  /** What it is for, precise enough to be recognised without looking up the invoice. */
  readonly ground: string;
  readonly originalAmount: Minor;
  /** How the interest came about; absent where none is claimed. */
  readonly interest?: DemandInterest;
}

export interface DemandInterest {
  /** Percent a year on the letter's date. */
  readonly rate: Decimal;
  /** The rate's own words: statutory (reference + addition) or agreed. */
  readonly basis: 'statutory' | 'contract';
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** What it was computed on at the end of the period. */
  readonly baseAmount: Minor;
}
