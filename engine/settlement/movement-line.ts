import type { IsoDate } from '../iso-date.ts';
import type { LedgerAccount, LedgerKind } from '../ledger.ts';
import type { Minor } from '../money.ts';

/**
 * A change of what is owed to a client, by what it was for, as the store answers: the lines of one ledger transaction on the accounts
 * that explain it. A change that nothing explains is one line without account.
 */
export interface MovementLine {
  readonly transaction: bigint;
  readonly kind: LedgerKind;
  readonly entryDate: IsoDate;
  /** Of the whole transaction: positive is owed more. */
  readonly moved: Minor;
  readonly payment: bigint | null;
  readonly account: LedgerAccount | null;
  readonly invoice: string | null;
  readonly debtorName: string | null;
  /** Of a payout that came back: the settlement it was of. */
  readonly settlement: number | null;
  readonly amount: Minor | null;
}
