import type { Finding } from './finding.ts';
import type { Language } from './language.ts';
import type { Currency, Minor } from './money.ts';

/** What the sender of a file is told about it: in = accepted + rejected + duplicate + held, and every finding (IF3). */
export interface Receipt {
  readonly bureau: string;
  readonly client: string;
  readonly clientName: string;
  readonly language: Language;
  readonly currency: Currency;
  readonly file: ReceiptFile;
  readonly documents: Readonly<Record<ReceiptOutcome, ReceiptCount>>;
  /** Documents whose amount could not be read; they count with amount zero. */
  readonly amountsUnknown: number;
  readonly findings: readonly Finding[];
  /** Findings there are; the list may be cut. */
  readonly findingsInAll: number;
}

export interface ReceiptFile {
  /** 1, 2, 3 … per client. */
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly receivedAt: Date;
  readonly settledAt: Date;
  readonly state: 'booked' | 'rejected' | 'duplicate' | 'held' | 'quarantined';
}

export const receiptOutcomes = ['accepted', 'rejected', 'duplicate', 'held'] as const;
export type ReceiptOutcome = (typeof receiptOutcomes)[number];

export interface ReceiptCount {
  readonly count: number;
  readonly amount: Minor;
}

/** Everything that came in: the sum of the outcomes, so the equation holds by construction. */
export const receivedIn = (documents: Receipt['documents']): ReceiptCount => ({
  count: receiptOutcomes.reduce((sum, outcome) => sum + documents[outcome].count, 0),
  amount: receiptOutcomes.reduce((sum, outcome) => sum + documents[outcome].amount, 0n),
});
