import { percentOf, unscale, type Decimal } from '../decimal.ts';
import { sumOfComponents } from '../amounts.ts';
import { type LedgerAccount, type LedgerTransaction, type Posting, principalOf, contraAccounts } from '../ledger.ts';
import { sum, type Minor, divideRounded, type Currency } from '../money.ts';
import type { SettlementFee, SettlementBasis, SettlementPlan } from './statement.ts';
import type { PurchaseTerms, Agreement, PayoutTerms } from '../agreement.ts';
import type { Invoice } from '../invoice.ts';
import { type IsoDate, addDays, weekday } from '../iso-date.ts';
import { bankDayOnOrAfter, isBankDay, type BankCalendar } from '../bank-days.ts';

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

/** What a bought receivable costs and brings: nominal = price + fee + VAT. Negative of a credit note. */
export interface PurchaseAmounts {
  readonly nominal: Minor;
  readonly price: Minor;
  readonly fee: Minor;
  readonly vat: Minor;
}

/**
 * The price of a receivable, and the bureau's consideration: nominal less price, VAT at the standard rate within it (Skatteverket
 * 2016-05-20; reference/collection-rules.md §10.1).
 */
export function purchaseAmounts(nominal: Minor, { pricePercent }: PurchaseTerms, vatRate: Decimal): PurchaseAmounts {
  const price = percentOf(nominal, pricePercent);
  const rate = unscale(vatRate);
  const hundred = 100n * 10n ** BigInt(rate.scale);
  const vat = divideRounded((nominal - price) * rate.unscaled, hundred + rate.unscaled);
  return { nominal, price, fee: nominal - price - vat, vat };
}

/**
 * The bureau buys the receivable of a document when it is issued (§10.4, last row): the client is owed the price. A credit note takes
 * the purchase back in its part; what the client then owes for it is its deficit, set off by the next settlement, since its liability
 * may have been paid out. Undefined for a document of zero.
 */
export function planPurchase(invoice: Invoice, terms: PurchaseTerms, vatRate: Decimal): LedgerTransaction | undefined {
  const { nominal, price, fee, vat } = purchaseAmounts(principalOf(invoice), terms, vatRate);
  if (nominal === 0n) return undefined;
  const amounts: readonly (readonly [LedgerAccount, Minor])[] = [
    ['withBureau', price],
    ['serviceCost', fee],
    ['inputVat', vat],
    ['soldReceivables', -nominal],
    ['purchasedReceivables', nominal],
    [nominal > 0n ? 'clientLiability' : 'clientDeficit', -price],
    ['feeIncome', -fee],
    ['feeVat', -vat],
  ];
  return {
    kind: 'purchase',
    effectKey: `purchase:${invoice.number}`,
    entryDate: invoice.issueDate,
    postings: amounts
      .filter(([, amount]) => amount !== 0n)
      .map(([account, amount]) => ({ account, amount, currency: invoice.currency })),
  };
}

/** Money that is on its way out, or was. */
export interface BookedPayout {
  readonly id: bigint;
  readonly amount: Minor;
  readonly currency: Currency;
}

/** A payout to the client is ordered: the bureau owes it no more, but the money has not left yet. */
export const payoutTransaction = ({ id, amount, currency }: BookedPayout, entryDate: IsoDate): LedgerTransaction => ({
  kind: 'payout',
  effectKey: `payout:${id}`,
  entryDate,
  postings: [
    { account: 'clientLiability', amount, currency },
    { account: 'payoutInTransit', amount: -amount, currency },
    { account: 'clientBank', amount, currency },
    { account: 'withBureau', amount: -amount, currency },
  ],
});

/** A refund is ordered: what a payer had to their credit, or what nobody could place, is no longer owed to them. */
export const refundTransaction = (
  { id, amount, currency }: BookedPayout,
  from: Pick<Posting, 'payment' | 'debtor'> & { readonly account: 'suspense' | 'overpayment' },
  entryDate: IsoDate,
): LedgerTransaction => ({
  kind: 'payout',
  effectKey: `payout:${id}`,
  entryDate,
  postings: [
    { ...from, amount, currency },
    { account: 'payoutInTransit', amount: -amount, currency },
  ],
});

/** The bank has debited it. */
export const settledTransaction = (
  { id, amount, currency }: BookedPayout,
  product: Agreement['product'],
  entryDate: IsoDate,
): LedgerTransaction => ({
  kind: 'payout-settled',
  effectKey: `payout-settled:${id}`,
  entryDate,
  postings: [
    { account: 'payoutInTransit', amount, currency },
    { account: contraAccounts(product).money, amount: -amount, currency },
  ],
});

/**
 * It did not reach its receiver: everything that was booked for it is taken back, posting by posting, so what was owed before is owed
 * again to the öre (IB4).
 */
export const returnedTransaction = (id: bigint, booked: readonly Posting[], entryDate: IsoDate): LedgerTransaction => ({
  kind: 'payout-returned',
  effectKey: `payout-returned:${id}`,
  entryDate,
  postings: booked.map((posting) => ({ ...posting, amount: -posting.amount })),
});

const DAYS_PER_WEEK = 7;

/** Is the client paid on this date? A weekly day on which the banks are closed moves to the next bank day. */
export function isPayoutDay(schedule: PayoutTerms['schedule'], calendar: BankCalendar, date: IsoDate): boolean {
  if (!isBankDay(calendar, date)) return false;
  if (schedule.kind === 'bank-day') return true;
  const agreed = addDays(date, -((weekday(date) - schedule.weekday + DAYS_PER_WEEK) % DAYS_PER_WEEK));
  return bankDayOnOrAfter(calendar, agreed) === date;
}

/** The last booking date whose money is cleared on a date: so many bank days lie after it, up to and with the date. */
export function clearedThrough(calendar: BankCalendar, date: IsoDate, holdBackDays: number): IsoDate {
  let day = date;
  for (let passed = 0; passed < holdBackDays; day = addDays(day, -1)) if (isBankDay(calendar, day)) passed += 1;
  return day;
}
