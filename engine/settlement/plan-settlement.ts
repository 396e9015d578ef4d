import { percentOf } from '../decimal.ts';
import { sumOfComponents, type LedgerAccount, type LedgerTransaction, type Posting } from '../ledger.ts';
import { sum, type Minor } from '../money.ts';
import type { SettlementFee } from '../settlement.ts';
import type { SettlementBasis } from './settlement-basis.ts';

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

/**
 * The settlement of a client (avräkning, reference/collection-rules.md §10.5): net ≥ minimum is paid out, less is carried forward, a
 * negative net is carried as the client's debt. Pure; throws if the basis contradicts itself.
 */
export function planSettlement(basis: SettlementBasis): SettlementPlan {
  const receivedAmount = sum(basis.received.map(sumOfComponents));
  const returnedAmount = sum(basis.returned.map(({ amount }) => amount));
  const restoredAmount = sum(basis.restored.map(({ amount }) => amount));
  const services = basis.services.filter(({ count }) => count > 0);
  const charged = services.map((service): SettlementFee => ({ ...service, amount: BigInt(service.count) * service.priceAmount }));
  const { count, amount, vatAmount } = basis.purchaseFees;
  const fees: readonly SettlementFee[] = count === 0 ? charged : [...charged, { feeKind: 'purchase', count, amount }];
  const feesAmount = sum(fees.map((fee) => fee.amount));
  const vat = percentOf(serviceAmount(basis), basis.vatRate) + vatAmount;
  const netAmount = basis.openingAmount + receivedAmount + restoredAmount - returnedAmount - feesAmount - vat;
  assertAgrees(basis, netAmount);
  const { rule, payoutAmount } = payoutOf(basis, netAmount);
  const moved = basis.received.length + basis.returned.length + basis.restored.length + fees.length > 0;
  return {
    basis,
    receivedAmount,
    returnedAmount,
    restoredAmount,
    fees,
    feesAmount,
    vatAmount: vat,
    netAmount,
    payoutAmount,
    closingAmount: netAmount - payoutAmount,
    rule,
    worthMaking: moved || payoutAmount > 0n,
  };
}

/** The fees that this settlement books: of bought receivables they were when they were bought. */
const serviceAmount = ({ services }: SettlementBasis): Minor =>
  sum(services.map(({ count, priceAmount }) => BigInt(count) * priceAmount));

function payoutOf({ minimumAmount }: SettlementBasis, net: Minor): Pick<SettlementPlan, 'rule' | 'payoutAmount'> {
  if (net < 0n) return { rule: 'client-owes', payoutAmount: 0n };
  if (net === 0n) return { rule: 'nothing-to-pay', payoutAmount: 0n };
  if (minimumAmount === undefined) return { rule: 'no-payouts-agreed', payoutAmount: 0n };
  return net < minimumAmount ? { rule: 'below-minimum', payoutAmount: 0n } : { rule: 'paid-out', payoutAmount: net };
}

/** The movements since the last settlement and the ledger's balances are two ways to one sum; if they differ, we are wrong. */
function assertAgrees(basis: SettlementBasis, net: Minor): void {
  const { liabilityAmount, unclearedAmount, deficitAmount, feeReceivableAmount } = basis.balances;
  const serviceFees = serviceAmount(basis);
  const fees = serviceFees + percentOf(serviceFees, basis.vatRate);
  const byLedger = liabilityAmount - unclearedAmount - deficitAmount - feeReceivableAmount - fees;
  if (byLedger !== net) throw new Error(`the settlement’s movements come to ${net}, the ledger to ${byLedger}`);
}

/**
 * What a settlement books: the bureau's fees with VAT, claimed and set off against what is cleared, after what the client owes from
 * earlier; the money of the fees leaves the client-funds account only now (§10.3). Of `purchase` everything is the bureau's own money.
 * Undefined where there is nothing to book.
 */
export function settlementTransaction(plan: SettlementPlan, number: string): LedgerTransaction | undefined {
  const { basis } = plan;
  const { balances, currency, product } = basis;
  const fee = serviceAmount(basis);
  const vat = percentOf(fee, basis.vatRate);
  const cleared = largest(balances.liabilityAmount - balances.unclearedAmount, 0n);
  const deficit = smallest(cleared, balances.deficitAmount);
  const fees = smallest(cleared - deficit, balances.feeReceivableAmount + fee + vat);
  const money = product === 'purchase' ? 0n : deficit + fees;
  const amounts: readonly (readonly [LedgerAccount, Minor])[] = [
    ['feeReceivable', fee + vat - fees],
    ['feeIncome', -fee],
    ['feeVat', -vat],
    ['clientLiability', deficit + fees],
    ['clientDeficit', -deficit],
    ['ownBank', money],
    ['clientFunds', -money],
    ['serviceCost', fee],
    ['inputVat', vat],
    ['withBureau', -fee - vat],
  ];
  const postings = amounts
    .filter(([, amount]) => amount !== 0n)
    .map(([account, amount]): Posting => ({ account, amount, currency }));
  if (postings.length === 0) return undefined;
  return { kind: 'settlement', effectKey: `settlement:${number}`, entryDate: basis.businessDate, postings };
}

const smallest = (a: Minor, b: Minor): Minor => (a < b ? a : b);
const largest = (a: Minor, b: Minor): Minor => (a > b ? a : b);
