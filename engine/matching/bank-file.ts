import type { Finding } from '../finding.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Currency, Minor } from '../money.ts';

/**
 * What a reader makes of any bank's account report, in file order: one message, then for each account block its transactions, each
 * entry's closing after its transactions, and the block's closing. `broken` means that the file's structure cannot be trusted from
 * there on: nothing of the file may be posted, and nothing follows. A reader that ends without `broken` has seen the file's end.
 */
export type BankItem =
  | { readonly kind: 'message'; readonly message: BankMessage }
  | { readonly kind: 'block'; readonly block: BankBlock }
  | { readonly kind: 'transaction'; readonly transaction: BankTransaction }
  | { readonly kind: 'entry'; readonly entry: BankEntry }
  | { readonly kind: 'block-end'; readonly totals: BankBlockTotals }
  | { readonly kind: 'broken'; readonly finding: Finding };

/** `statement`: end of day with balances (camt.053); `notification`: advice with details (camt.054); `report`: intraday, never posted (camt.052). */
export type BankMessageKind = 'statement' | 'notification' | 'report';

export interface BankMessage {
  readonly kind: BankMessageKind;
  /** Such as `camt.054.001.02`. */
  readonly format: string;
  readonly messageId: string;
  /** As written; informative only. */
  readonly createdAt: string;
  /** Page of a message that is split over files; absent: whole. */
  readonly page?: { readonly number: number; readonly last: boolean };
  /** Such as a version that is read but not certified. */
  readonly findings: readonly Finding[];
}

/** An account as the bank names it: digits and letters, blanks removed, upper case. */
export interface BankAccountName {
  /** Id of an account scheme in capitals; `BBAN`: a number within its country; `PROPRIETARY`: absent or unknown. */
  readonly scheme: string;
  readonly id: string;
}

/** The start of one account's part of a message (Stmt, Ntfctn, Rpt). */
export interface BankBlock {
  /** From 1 in its file. */
  readonly number: number;
  readonly id: string;
  readonly sequenceNumber?: string;
  readonly account: BankAccountName;
  readonly currency?: Currency;
  /** `COPY`, `CODU`, `DUPL` as the bank flags it; never trusted alone. */
  readonly copy?: string;
  readonly fromDate?: IsoDate;
  readonly toDate?: IsoDate;
  /** Opening booked balance with its sign, of a statement. */
  readonly openingAmount?: Minor;
  readonly line: number;
}

/** Where a reference was found, best first (reference/iso20022.md §2.7). */
export type ReferenceSource =
  | 'creditor-reference'
  | 'document-number'
  | 'text'
  | 'instruction-id'
  | 'end-to-end-id'
  | 'additional-text';

export interface ReferenceCandidate {
  readonly source: ReferenceSource;
  /** Normalised: blanks removed, leading zeros kept; check digits are not judged here. */
  readonly value: string;
}

/** One structured remittance part: what the payer says a part of the sum is for. */
export interface RemittancePart {
  readonly kind: 'invoice' | 'credit-note';
  readonly reference: string;
  /** Positive; a credit note's part counts against the sum. Absent where the bank states none. */
  readonly amount?: Minor;
}

/** One transaction on the account. Amounts are signed: positive raises the account's balance. */
export interface BankTransaction {
  readonly block: number;
  /** Entry in its block and transaction in its entry, from 1. */
  readonly entry: number;
  readonly ordinal: number;
  readonly line: number;
  readonly status: 'booked' | 'pending' | 'information';
  /** Absent where the file states none that can be used: the entry then closes as `unusable`. */
  readonly amount?: Minor;
  readonly currency: Currency;
  readonly bookingDate: IsoDate;
  readonly valueDate: IsoDate;
  /** The payer's own payment date, where stated. */
  readonly paidDate?: IsoDate;
  /**
   * What the bank's codes hint at (§2.5, §2.6): `payment` unless a marker says otherwise; `return` of an earlier payment or payout; `charge`:
   * charges, interest, pooling; `lump`: an entry without details.
   */
  readonly hint: 'payment' | 'return' | 'charge' | 'lump';
  readonly returnReason?: string;
  /** Charges taken out before the amount reached the account. */
  readonly chargesAmount?: Minor;
  /** All candidates, best first, without repetition. */
  readonly references: readonly ReferenceCandidate[];
  readonly parts: readonly RemittancePart[];
  /** All free text joined, for people. */
  readonly text: string;
  readonly payerName?: string;
  readonly payerAccount?: BankAccountName;
  /** The bankgiro or plusgiro that was paid to, where the account serves several. */
  readonly receiverAccount?: BankAccountName;
  readonly ids: BankTransactionIds;
}

export interface BankTransactionIds {
  readonly entryReference?: string;
  readonly entryServicerReference?: string;
  readonly servicerReference?: string;
  readonly messageId?: string;
  readonly paymentInformationId?: string;
  readonly instructionId?: string;
  readonly endToEndId?: string;
  readonly transactionId?: string;
  readonly uetr?: string;
}

/**
 * The end of an entry: does it agree with its transactions? An entry whose own amount, currency, direction or date cannot be read gives
 * neither transactions nor this: it is an error of its block, which then is not posted.
 */
export interface BankEntry {
  readonly block: number;
  readonly number: number;
  readonly status: BankTransaction['status'];
  /** Signed amount of the entry as booked on the account. */
  readonly amount: Minor;
  readonly currency: Currency;
  readonly bookingDate: IsoDate;
  readonly valueDate: IsoDate;
  readonly transactions: number;
  /** `agrees`: the transactions add up (charges apart); `unusable`: they do not, so the entry goes to suspense whole (check B7). */
  readonly verdict: 'agrees' | 'unusable';
  /** Signed: what the bank's charges explain of the entry's amount beside its transactions, which is bank cost (check B7). */
  readonly chargesAmount?: Minor;
  readonly line: number;
  readonly findings: readonly Finding[];
}

/** The end of a block with what must hold over it (§2.10). */
export interface BankBlockTotals {
  readonly block: number;
  /** Sums over entries booked, signed and unsigned. */
  readonly entries: number;
  readonly creditAmount: Minor;
  readonly debitAmount: Minor;
  readonly openingAmount?: Minor;
  readonly closingAmount?: Minor;
  /** An error holds the block (B1: opening + movements ≠ closing); a warning is reported. */
  readonly findings: readonly Finding[];
}
