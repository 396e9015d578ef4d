import type { Agreement, PayoutTerms } from '../agreement.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Decimal } from '../decimal.ts';
import type { Address } from '../invoice.ts';
import type { Language } from '../language.ts';
import { sumOfComponents, type ComponentAmounts } from '../amounts.ts';
import type { LedgerAccount, LedgerKind } from '../ledger.ts';
import { sum, type Currency, type Minor } from '../money.ts';
import type { AccountNumber } from '../sockets/account-scheme.ts';

/** What the statement needs beside the plan. */
export interface StatementFacts {
  readonly number: string;
  readonly bureau: SettlementParty;
  readonly agreement: Agreement;
  /** The day after the settlement before, or the first of the agreement. */
  readonly periodStart: IsoDate;
  readonly executionDate: IsoDate;
}

/** The settlement as the client gets it; it is also the bureau's invoice for its fees. */
export function settlementStatement(plan: SettlementPlan, facts: StatementFacts): Settlement {
  const { basis } = plan;
  const { agreement, executionDate } = facts;
  return {
    kind: 'settlement',
    number: facts.number,
    date: basis.businessDate,
    period: { start: facts.periodStart, end: basis.businessDate },
    language: agreement.language,
    currency: basis.currency,
    bureau: facts.bureau,
    client: clientParty(agreement),
    openingAmount: basis.openingAmount,
    received: basis.received,
    receivedAmount: plan.receivedAmount,
    returned: basis.returned,
    returnedAmount: plan.returnedAmount,
    restored: basis.restored,
    restoredAmount: plan.restoredAmount,
    fees: plan.fees,
    feesAmount: plan.feesAmount,
    vatRate: basis.vatRate,
    vatAmount: plan.vatAmount,
    payoutAmount: plan.payoutAmount,
    ...(plan.payoutAmount > 0n && agreement.payout ? { payout: payoutOf(agreement.payout, executionDate) } : {}),
    closingAmount: plan.closingAmount,
  };
}

/** `VATTNET-12`: unique among all the bureau's invoices, since each client has a series of its own. */
export const settlementNumberText = (client: string, number: number): string => `${client.toUpperCase()}-${number}`;

function clientParty({ seller }: Agreement): SettlementParty {
  return {
    name: seller.name,
    address: seller.address,
    organisationNumber: seller.legalId?.id ?? '',
    ...(seller.vatId === undefined ? {} : { vatId: seller.vatId }),
  };
}

const payoutOf = ({ receiver }: PayoutTerms, on: IsoDate): SettlementPayout => ({
  on,
  receiver: { kind: receiver.kind, number: receiver.number },
});

/**
 * A settlement (avräkning): what the bureau collected for a client in a period, what it keeps as its fee, and what it pays out
 * (reference/collection-rules.md §10.5). It is also the bureau's invoice for that fee, so it has what the VAT act asks of one.
 * opening + received + restored − returned − fees − VAT − payout = closing; `settlementProblems` says where that does not hold.
 */
export interface Settlement {
  readonly kind: 'settlement';
  /** Of a gapless series per client; also the number of the fee's invoice. */
  readonly number: string;
  readonly date: IsoDate;
  readonly period: { readonly start: IsoDate; readonly end: IsoDate };
  readonly language: Language;
  readonly currency: Currency;
  readonly bureau: SettlementParty;
  readonly client: SettlementParty;
  /** Carried from the settlement before; negative: the client owed. */
  readonly openingAmount: Minor;
  readonly received: readonly SettlementReceipt[];
  readonly receivedAmount: Minor;
  readonly returned: readonly SettlementReturn[];
  readonly returnedAmount: Minor;
  /** Payouts that did not reach the client; they are owed again. */
  readonly restored: readonly SettlementRestored[];
  readonly restoredAmount: Minor;
  readonly fees: readonly SettlementFee[];
  /** Without VAT. */
  readonly feesAmount: Minor;
  /** Percent on all fees. */
  readonly vatRate: Decimal;
  readonly vatAmount: Minor;
  readonly payoutAmount: Minor;
  /** Where the payout goes; absent where nothing is paid out. */
  readonly payout?: SettlementPayout;
  /** Carried to the next settlement. */
  readonly closingAmount: Minor;
}

export interface SettlementParty {
  readonly name: string;
  readonly address: Address;
  readonly organisationNumber: string;
  /** Of the bureau always: its fee bears VAT. */
  readonly vatId?: string;
  readonly telephone?: string;
  readonly email?: string;
}

/** Money that came in for one invoice on one day, divided on what it paid. */
export interface SettlementReceipt extends ComponentAmounts {
  readonly bookedOn: IsoDate;
  readonly invoiceNumber: string;
  readonly debtorName: string;
}

/** Money that went back to a payer or was taken back by the bank; positive. */
export interface SettlementReturn {
  readonly bookedOn: IsoDate;
  readonly reason: 'reversal' | 'refund';
  /** Absent for money that belonged to no invoice. */
  readonly invoiceNumber?: string;
  readonly amount: Minor;
}

/** A payout of an earlier settlement that was rejected by the bank, came back or was cancelled; positive. */
export interface SettlementRestored {
  readonly bookedOn: IsoDate;
  readonly settlementNumber: string;
  readonly amount: Minor;
}

export type FeeKind = 'letter' | 'einvoice' | 'reminder' | 'demand' | 'payment' | 'purchase';

export interface SettlementFee {
  readonly feeKind: FeeKind;
  readonly count: number;
  /** Each, without VAT; absent where the fee is a share and not a price. */
  readonly priceAmount?: Minor;
  readonly amount: Minor;
}

export interface SettlementPayout {
  readonly on: IsoDate;
  readonly receiver: AccountNumber;
}

/** Where a settlement contradicts itself, each as a sentence; one with any must not be handed out. */
export function settlementProblems(settlement: Settlement): readonly string[] {
  const { received, returned, restored, fees } = settlement;
  const closing =
    settlement.openingAmount +
    settlement.receivedAmount +
    settlement.restoredAmount -
    settlement.returnedAmount -
    settlement.feesAmount -
    settlement.vatAmount -
    settlement.payoutAmount;
  const equations: readonly (readonly [what: string, said: Minor, is: Minor])[] = [
    ['received', settlement.receivedAmount, sum(received.map(sumOfComponents))],
    ['returned', settlement.returnedAmount, sum(returned.map(({ amount }) => amount))],
    ['restored', settlement.restoredAmount, sum(restored.map(({ amount }) => amount))],
    ['fees', settlement.feesAmount, sum(fees.map(({ amount }) => amount))],
    ['closing', settlement.closingAmount, closing],
    ...fees.flatMap(({ feeKind, count, priceAmount, amount }) =>
      priceAmount === undefined ? [] : [[`fee ${feeKind}`, amount, BigInt(count) * priceAmount] as const],
    ),
  ];
  return [
    ...equations.filter(([, said, is]) => said !== is).map(([what, said, is]) => `${what}: ${said} said, ${is} by its parts`),
    ...(settlement.payoutAmount < 0n ? [`payout is ${settlement.payoutAmount}`] : []),
    ...(settlement.payoutAmount > 0n !== (settlement.payout !== undefined) ? ['payout and receiver do not go together'] : []),
    ...(settlement.feesAmount !== 0n && settlement.bureau.vatId === undefined ? ['the bureau has no VAT number'] : []),
  ];
}

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

/** What a settlement comes to. opening + received + restored − returned − fees − VAT − payout = closing. */
export interface SettlementPlan {
  readonly basis: SettlementBasis;
  readonly receivedAmount: Minor;
  readonly returnedAmount: Minor;
  readonly restoredAmount: Minor;
  readonly fees: readonly SettlementFee[];
  readonly feesAmount: Minor;
  readonly vatAmount: Minor;
  /** Before the payout; negative: the client owes. */
  readonly netAmount: Minor;
  readonly payoutAmount: Minor;
  readonly closingAmount: Minor;
  /** Why there is a payout or none. */
  readonly rule: 'paid-out' | 'below-minimum' | 'nothing-to-pay' | 'client-owes' | 'no-payouts-agreed';
  /** False: nothing happened, so no settlement is made and no number taken. */
  readonly worthMaking: boolean;
}
