import type { CsvMapping, Encoding } from './csv-mapping.ts';
import type { Decimal } from './decimal.ts';
import type { Seller } from './invoice.ts';
import type { IsoDate } from './iso-date.ts';
import type { Language } from './language.ts';
import type { Policy } from './claims/policy.ts';
import type { Currency, Minor } from './money.ts';
import type { AccountNumber } from './sockets/account-scheme.ts';
import type { ReferenceSeries } from './sockets/reference-scheme.ts';
import type { DebtorClass } from './submission.ts';

/** A client of the bureau, such as `grona-dalen`: lower case letters, digits and hyphens, at most 40 characters. */
export type ClientId = string;

export interface Client {
  readonly id: ClientId;
  readonly name: string;
  /** In order of `validFrom`, not overlapping. */
  readonly agreements: readonly Agreement[];
  /** What the client's file says of each version, by version: texts, lists and maps as written, without the last day. */
  readonly said: ReadonlyMap<number, unknown>;
}

/**
 * What was agreed with a client for a period. Every decision stores the version it was made under; a version in use is never
 * changed, a new one is added.
 */
export interface Agreement {
  readonly client: ClientId;
  /** 1, 2, 3 … in order of `validFrom`. */
  readonly version: number;
  readonly validFrom: IsoDate;
  /** Last day; absent: until further notice. */
  readonly validTo?: IsoDate;
  /**
   * `service`: delivered and kept in the ledger on the client's account; `purchase`: the bureau buys each receivable when it is issued;
   * `distribute-only`: delivered, never booked (reference/collection-rules.md §10.1).
   */
  readonly product: 'service' | 'purchase' | 'distribute-only';
  /** ISO 3166-1 code of the country whose law and calendar the receivables are under. */
  readonly country: string;
  readonly language: Language;
  readonly currency: Currency;
  /** The party the documents are issued by. */
  readonly seller: Seller;
  /** Where debtors pay. The first is printed and referred to; the others are printed beside it. */
  readonly paymentAccounts: readonly PaymentAccountTerms[];
  readonly input: InputTerms;
  /** Ids of the channels the client allows, in order of preference; one that reaches everybody is always possible and stands last. */
  readonly channels: readonly string[];
  /** Class of debtors whose class the file does not say. */
  readonly debtorClass: DebtorClass;
  readonly letter: LetterTerms;
  readonly terms: PaymentTermsPolicy;
  /** What happens to unpaid claims, by class of debtor; a class without a policy is left alone. */
  readonly policies?: Readonly<Partial<Record<DebtorClass, Policy>>>;
  readonly fees: BureauFees;
  /** Absent exactly of `distribute-only`. */
  readonly payout?: PayoutTerms;
  /** Present exactly of `purchase`. */
  readonly purchase?: PurchaseTerms;
}

export interface PaymentAccountTerms extends AccountNumber {
  readonly reference: ReferenceTerms;
}

/** How payment references are made for an account. The serial is taken from a gapless series per account and never reused. */
export interface ReferenceTerms extends ReferenceSeries {
  /** Id of the reference scheme; absent: the first of the account's scheme. */
  readonly scheme?: string;
  /** `ours`: Kuvert makes every reference; `sender`: the file's reference is used where it has one. */
  readonly source: 'ours' | 'sender';
}

export interface InputTerms {
  readonly format: InputFormat;
  readonly encoding: Encoding;
  /** What happens to a file with refused documents: only they are refused, or the whole file is. */
  readonly onRefusal: 'refuse-document' | 'refuse-file';
}

export interface InputFormat {
  /** Id of a format that reads invoices. */
  readonly kind: string;
  /** Present exactly of formats that are read by one. */
  readonly mapping?: CsvMapping;
}

export interface LetterTerms {
  /** Name of the layout: `standard`. */
  readonly layout: string;
  readonly layoutVersion: number;
  /** File name of the logo (SVG path data or PNG) beside the client's file; absent: the seller's name is set as a neutral heading. */
  readonly logo?: string;
  /** `#rrggbb` of rules and headings; black text stays black. */
  readonly accentColour: string;
  /** The slip of the account at the foot of the last page, where its scheme has one. */
  readonly paymentSlip: boolean;
  readonly paymentQr: boolean;
  /** One or two sentences above the lines, by language. */
  readonly greeting?: Readonly<Record<Language, string>>;
  /** Name of the print profile in `config/printers`. */
  readonly printer: string;
}

export interface PaymentTermsPolicy {
  readonly paymentDays: number;
  /** A due date that is no bank day moves to the next one. */
  readonly bankDayRule: 'next-bank-day' | 'none';
  /** A due date that comes nearer to the issue date than this is moved out to it. */
  readonly minimumDays: number;
  /** Fixed in advance in the contract with the debtor (reference/collection-rules.md §7.3). */
  readonly dueDateAgreed: boolean;
  /** Late interest: percentage points above the reference rate (räntelagen 6 §), or a contractual rate. */
  readonly lateInterest:
    | { readonly kind: 'statutory' }
    | { readonly kind: 'contract'; readonly percent: Decimal }
    | { readonly kind: 'none' };
  /** Fee per reminder agreed with the debtors in advance; absent: none may be charged. */
  readonly reminderFeeAmount?: Minor;
}

/** What the bureau charges the client, in the agreement's currency, without VAT. */
export interface BureauFees {
  /** Per invoice delivered on paper, or as an e-invoice. */
  readonly letterAmount: Minor;
  readonly einvoiceAmount: Minor;
  /** Per reminder and per collection demand sent, and per payment tied to an invoice; absent exactly of `distribute-only`. */
  readonly reminderAmount?: Minor;
  readonly demandAmount?: Minor;
  readonly paymentAmount?: Minor;
}

/** When and where the client gets what debtors paid (reference/collection-rules.md §10.5). */
export interface PayoutTerms {
  readonly receiver: AccountNumber;
  /** Of who holds the account, as the bank is told. */
  readonly name: string;
  readonly town: string;
  /** Less than this is carried forward. */
  readonly minimumAmount: Minor;
  /** A weekly day on which the banks are closed moves to the next bank day. Weekdays by ISO 8601: 1 is Monday. */
  readonly schedule: { readonly kind: 'bank-day' } | { readonly kind: 'weekly'; readonly weekday: number };
  /** Money is cleared so many bank days after it was booked on the account; nothing is paid out of money that may be taken back. */
  readonly holdBackDays: number;
  /** Payouts up to this to a receiver that was paid before need no second person; zero: every payout does. */
  readonly approvalLimitAmount: Minor;
}

export interface PurchaseTerms {
  /** What the client gets, of the nominal amount; the rest is the bureau's fee with VAT. */
  readonly pricePercent: Decimal;
  /** The client bears the loss of a claim that is not paid. */
  readonly recourse: boolean;
}

/** The agreement in force on a date, or undefined (a file is then parked, F01). */
export const agreementOn = (client: Client, date: IsoDate): Agreement | undefined =>
  client.agreements.find(
    (agreement) => agreement.validFrom <= date && (agreement.validTo === undefined || date <= agreement.validTo),
  );
