import type { Agreement } from '../agreement.ts';
import type { Decimal } from '../decimal.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Currency, Minor } from '../money.ts';
import type { SettlementReceipt, SettlementRestored, SettlementReturn, FeeKind } from '../settlement.ts';

/** What a settlement is made from: stored facts up to a transaction of the client's ledger, and the terms in force. */
export interface SettlementBasis {
  readonly businessDate: IsoDate;
  readonly product: Agreement['product'];
  readonly currency: Currency;
  /** Closing of the settlement before; zero for the first. */
  readonly openingAmount: Minor;
  /** Money since then that is cleared (`clearedThrough`), by invoice and component; of bought claims their nominal amount. */
  readonly received: readonly SettlementReceipt[];
  readonly returned: readonly SettlementReturn[];
  /** Payouts that were rejected, came back or were cancelled. */
  readonly restored: readonly SettlementRestored[];
  /** What the bureau did and has not charged yet. */
  readonly services: readonly ChargedService[];
  /** The bureau's part of receivables bought in the period, already booked when they were issued. */
  readonly purchaseFees: { readonly count: number; readonly amount: Minor; readonly vatAmount: Minor };
  /** Percent on the bureau's fees on the business date. */
  readonly vatRate: Decimal;
  /** Absent of `distribute-only`: nothing can be paid out. */
  readonly minimumAmount?: Minor;
  readonly balances: ClientBalances;
}

export interface ChargedService {
  readonly feeKind: FeeKind;
  readonly count: number;
  /** Each, without VAT. */
  readonly priceAmount: Minor;
}

/** The bureau's book of a client before the settlement; all are positive or zero except `unclearedAmount`, which may be what it is. */
export interface ClientBalances {
  /** Owed to the client, cleared or not. */
  readonly liabilityAmount: Minor;
  /** The part of it that no settlement may use yet. */
  readonly unclearedAmount: Minor;
  /** The client owes: money was taken back after it had been paid out. */
  readonly deficitAmount: Minor;
  /** Fees of earlier settlements that could not be set off. */
  readonly feeReceivableAmount: Minor;
}
