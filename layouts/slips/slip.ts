import type { PaymentAccount } from '#engine/invoice.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import type { Language } from '#engine/language.ts';
import type { Currency, Minor } from '#engine/money.ts';
import type { AccountScheme } from '#engine/sockets/account-scheme.ts';
import type { Drawing } from '../page/drawing.ts';
import type { PartContext } from '../parts/flow.ts';

/** What a slip asks for. */
export interface SlipPayment {
  readonly reference: string;
  readonly amount: Minor;
  readonly currency: Currency;
  /** In the normal form of its scheme. */
  readonly account: string;
}

export interface SlipContent extends SlipPayment {
  readonly dueDate: IsoDate | undefined;
  readonly payee: string;
  readonly payerLines: readonly string[];
  readonly invoiceNumber: string;
  readonly qr?: PaymentQr;
}

/** A form for paying on paper, at the foot of a letter's last page. Account schemes name theirs by its id in `slips.ts`. */
export interface Slip {
  /** Where it begins on the sheet. */
  readonly topMm: number;
  /** Below this a machine reads, so nothing else stands there, on the sheet's other side neither. */
  readonly readingZoneTopMm: number;
  /** Can the payment stand on it? */
  readonly fits: (payment: SlipPayment) => boolean;
  /** The empty form, the same on every letter of a language: it belongs to the shared background. */
  readonly form: (context: PartContext, numberLabel: string) => readonly Drawing[];
  /** What a letter fills in. Throws a RangeError for a payment that does not fit. */
  readonly fill: (context: PartContext, content: SlipContent) => readonly Drawing[];
  /** Its own word for an invoice's number. */
  readonly invoiceNumber: Readonly<Record<Language, string>>;
  /** Reads its machine-read line again, by other code than that which wrote it; null for anything else. */
  readonly readLine: (text: string) => SlipPayment | null;
}

/** The code for bank apps with its caption. */
export interface PaymentQr {
  readonly content: string;
  readonly caption: string;
}

/** What a payment code asks for. */
export interface CodedPayment {
  readonly name: string;
  readonly legalId: string | undefined;
  readonly reference: string;
  readonly issueDate: IsoDate;
  readonly dueDate: IsoDate | undefined;
  readonly amount: Minor;
  /** Absent where the letter is no invoice. */
  readonly vatAmount?: Minor;
  readonly currency: Currency;
  readonly account: PaymentAccount;
}

/** The text of a payment code, or undefined for a payment that it cannot ask for. */
export type PaymentCode = (payment: CodedPayment, scheme: AccountScheme) => string | undefined;
