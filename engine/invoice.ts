import type { Decimal } from './decimal.ts';
import type { IsoDate } from './iso-date.ts';
import type { Currency, Minor } from './money.ts';

/**
 * The canonical document, in the terms of EN 16931-1 (BT-n, BG-n). Every input format becomes it, every output is made from it.
 *
 * Stored and read back by `stored-content.ts`. Every field of type `Minor` has a name `amount` or ending in `Amount`. Absent terms are absent keys, never empty strings. Amounts are in `currency` unless said.
 */
export interface Invoice {
  readonly kind: DocumentKind;
  /** BT-3, UNCL1001: 380, 381, 393 … */
  readonly typeCode: string;
  /** BT-1 */
  readonly number: string;
  /** BT-2 */
  readonly issueDate: IsoDate;
  /** BT-9 */
  readonly dueDate?: IsoDate;
  /** BT-7 */
  readonly taxPointDate?: IsoDate;
  /** BT-8, UNCL2005 */
  readonly taxPointDateCode?: string;
  /** BT-5 */
  readonly currency: Currency;
  /** BT-6 */
  readonly vatCurrency?: Currency;
  /** BT-22 */
  readonly note?: string;
  /** BT-19 */
  readonly buyerAccountingReference?: string;
  /** BT-10 */
  readonly buyerReference?: string;
  /** BG-14: BT-73, BT-74 */
  readonly period?: Period;
  /** BT-13 */
  readonly orderReference?: string;
  /** BT-14 */
  readonly salesOrderReference?: string;
  /** BG-3 */
  readonly precedingInvoices: readonly PrecedingInvoice[];
  /** BT-16 */
  readonly despatchReference?: string;
  /** BT-15 */
  readonly receivingReference?: string;
  /** BT-17 */
  readonly tenderReference?: string;
  /** BT-12 */
  readonly contractReference?: string;
  /** BT-11 */
  readonly projectReference?: string;
  /** BT-18 */
  readonly invoicedObject?: Identifier;
  /** BG-24 */
  readonly attachments: readonly Attachment[];
  /** BG-4 */
  readonly seller: Seller;
  /** BG-7 */
  readonly buyer: Buyer;
  /** BG-10 */
  readonly payee?: Payee;
  /** BG-11 */
  readonly taxRepresentative?: TaxRepresentative;
  /** BG-13 */
  readonly delivery?: Delivery;
  /** BG-16; all share one code and one remittance text (UBL-SR-44, -47). */
  readonly paymentMeans: readonly PaymentMeans[];
  /** BT-20 */
  readonly paymentTerms?: string;
  /** BG-20, BG-21 */
  readonly allowancesAndCharges: readonly AllowanceOrCharge[];
  /** BG-23 */
  readonly vatBreakdown: readonly VatGroup[];
  /** BG-22 */
  readonly totals: Totals;
  /** BG-25 */
  readonly lines: readonly InvoiceLine[];
}

export type DocumentKind = 'invoice' | 'creditNote';

export interface Identifier {
  readonly id: string;
  /** ISO 6523 ICD, EAS or UNCL1153 code, by context. */
  readonly scheme?: string;
}

export interface Period {
  readonly start?: IsoDate;
  readonly end?: IsoDate;
}

export interface PrecedingInvoice {
  /** BT-25 */
  readonly number: string;
  /** BT-26 */
  readonly issueDate?: IsoDate;
}

export interface Attachment {
  /** BT-122 */
  readonly id: string;
  /** BT-123 */
  readonly description?: string;
  /** BT-124 */
  readonly location?: string;
  /** BT-125, base64 as received, white space removed. */
  readonly content?: { readonly mimeCode: string; readonly filename: string; readonly base64: string };
}

export interface Address {
  /** BT-35/50/64/75 */
  readonly line1?: string;
  /** BT-36/51/65/76 */
  readonly line2?: string;
  /** BT-162/163/164/165 */
  readonly line3?: string;
  /** BT-37/52/66/77 */
  readonly city?: string;
  /** BT-38/53/67/78 */
  readonly postcode?: string;
  /** BT-39/54/68/79 */
  readonly subdivision?: string;
  /** BT-40/55/69/80, ISO 3166-1 alpha-2 */
  readonly country: string;
}

export interface Contact {
  readonly name?: string;
  readonly telephone?: string;
  readonly email?: string;
}

export interface Seller {
  /** BT-27 */
  readonly name: string;
  /** BT-28 */
  readonly tradingName?: string;
  /** BT-29 and, with scheme SEPA, BT-90 */
  readonly identifiers: readonly Identifier[];
  /** BT-30 */
  readonly legalId?: Identifier;
  /** BT-31 */
  readonly vatId?: string;
  /** BT-32, in Sweden `Godkänd för F-skatt` */
  readonly taxRegistration?: string;
  /** BT-33, in Sweden the seat: `Säte Stenstad` */
  readonly legalForm?: string;
  /** BT-34, EAS scheme */
  readonly endpoint?: Identifier;
  readonly address: Address;
  readonly contact?: Contact;
}

export interface Buyer {
  /** BT-44 */
  readonly name: string;
  /** BT-45 */
  readonly tradingName?: string;
  /** BT-46; the client's own number of the debtor has no scheme */
  readonly identifier?: Identifier;
  /** BT-47 */
  readonly legalId?: Identifier;
  /** BT-48 */
  readonly vatId?: string;
  /** BT-49, EAS scheme */
  readonly endpoint?: Identifier;
  readonly address: Address;
  readonly contact?: Contact;
}

export interface Payee {
  /** BT-59 */
  readonly name: string;
  /** BT-60, and with scheme SEPA BT-90 */
  readonly identifier?: Identifier;
  /** BT-61 */
  readonly legalId?: Identifier;
}

export interface TaxRepresentative {
  readonly name: string;
  readonly vatId: string;
  readonly address: Address;
}

export interface Delivery {
  /** BT-72 */
  readonly date?: IsoDate;
  /** BT-71 */
  readonly location?: Identifier;
  /** BG-15 */
  readonly address?: Address;
  /** BT-70 */
  readonly partyName?: string;
}

export interface PaymentMeans {
  /** BT-81, UNCL4461 */
  readonly code: string;
  /** BT-82 */
  readonly name?: string;
  /** BT-83: the payment reference (OCR) */
  readonly reference?: string;
  /** BG-17 */
  readonly account?: PaymentAccount;
  /** BG-18 */
  readonly card?: { readonly number: string; readonly network: string; readonly holder?: string };
  /** BG-19 */
  readonly mandate?: { readonly id?: string; readonly debitedAccount?: string };
}

export interface PaymentAccount {
  /** BT-84: bankgiro or plusgiro digits without hyphen, or IBAN */
  readonly id: string;
  /** BT-85 */
  readonly name?: string;
  /** BT-86: `SE:BANKGIRO`, `SE:PLUSGIRO` or a BIC */
  readonly branch?: string;
}

export interface AllowanceOrCharge {
  /** true: charge (BG-21, BG-28); false: allowance (BG-20, BG-27) */
  readonly charge: boolean;
  readonly amount: Minor;
  readonly baseAmount?: Minor;
  readonly percent?: Decimal;
  readonly reason?: string;
  readonly reasonCode?: string;
  /** Document level only. */
  readonly vat?: VatCategory;
}

export interface VatCategory {
  /** UNCL5305: S Z E AE K G O */
  readonly code: string;
  /** Percent; absent for O */
  readonly rate?: Decimal;
}

export interface VatGroup extends VatCategory {
  /** BT-116 */
  readonly baseAmount: Minor;
  /** BT-117 */
  readonly vatAmount: Minor;
  /** BT-120 */
  readonly exemptionReason?: string;
  /** BT-121 */
  readonly exemptionReasonCode?: string;
}

export interface Totals {
  /** BT-106 */
  readonly linesAmount: Minor;
  /** BT-107; absent exactly when there are no document allowances */
  readonly allowancesAmount?: Minor;
  /** BT-108; absent exactly when there are no document charges */
  readonly chargesAmount?: Minor;
  /** BT-109 */
  readonly netAmount: Minor;
  /** BT-110 */
  readonly vatAmount: Minor;
  /** BT-111, in `vatCurrency` */
  readonly vatInVatCurrencyAmount?: Minor;
  /** BT-112 */
  readonly grossAmount: Minor;
  /** BT-113 */
  readonly prepaidAmount?: Minor;
  /** BT-114 */
  readonly roundingAmount?: Minor;
  /** BT-115 */
  readonly payableAmount: Minor;
}

export interface InvoiceLine {
  /** BT-126 */
  readonly id: string;
  /** BT-127 */
  readonly note?: string;
  /** BT-129 */
  readonly quantity: Decimal;
  /** BT-130, UN/ECE Recommendation 20 */
  readonly unit: string;
  /** BT-131 */
  readonly netAmount: Minor;
  /** BT-133 */
  readonly buyerAccountingReference?: string;
  /** BG-26 */
  readonly period?: Period;
  /** BT-132 */
  readonly orderLineReference?: string;
  /** BT-128 */
  readonly object?: Identifier;
  /** BG-27, BG-28 */
  readonly allowancesAndCharges: readonly AllowanceOrCharge[];
  /** BT-153 */
  readonly name: string;
  /** BT-154 */
  readonly description?: string;
  /** BT-156 */
  readonly buyersItemId?: string;
  /** BT-155 */
  readonly sellersItemId?: string;
  /** BT-157 */
  readonly standardItemId?: Identifier;
  /** BT-159 */
  readonly originCountry?: string;
  /** BT-158 */
  readonly classifications: readonly Classification[];
  /** BG-30 */
  readonly vat: VatCategory;
  /** BG-32 */
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  /** BG-29 */
  readonly price: Price;
}

export interface Classification {
  readonly code: string;
  readonly list?: string;
  readonly listVersion?: string;
}

export interface Price {
  /** BT-146, never negative */
  readonly net: Decimal;
  /** BT-148 */
  readonly gross?: Decimal;
  /** BT-147 */
  readonly discount?: Decimal;
  /** BT-149 */
  readonly baseQuantity?: Decimal;
  /** BT-150 */
  readonly baseQuantityUnit?: string;
}
