import type { Agreement } from './agreement.ts';
import type { Component } from './amounts.ts';
import { componentAccount, type LedgerAccount, type Posting } from './ledger.ts';
import type { Currency, Minor } from './money.ts';

/**
 * The other side of what is booked on a debtor's receivable, by what was agreed with the client (reference/collection-rules.md §10.1,
 * §10.4). The debtor's debt itself is on `receivable` and `receivable:<component>` whoever owns the claim.
 */
export interface ContraAccounts {
  /** Where a payer's money lies: held for the client, or the bureau's own since it owns the claim. */
  readonly money: 'clientFunds' | 'ownBank';
  /** Credited in the bureau's book when a debtor has paid. */
  readonly received: 'clientLiability' | 'purchasedReceivables';
  /** Debited in the client's book when a debtor has paid. */
  readonly receivedOfClient: 'withBureau' | 'soldReceivables';
}

const bought: ContraAccounts = { money: 'ownBank', received: 'purchasedReceivables', receivedOfClient: 'soldReceivables' };
const held: ContraAccounts = { money: 'clientFunds', received: 'clientLiability', receivedOfClient: 'withBureau' };

/** Accounts opposite to a receivable. Throws for `distribute-only`: of its documents nothing is booked. */
export function contraAccounts(product: Agreement['product']): ContraAccounts {
  if (product === 'distribute-only') throw new Error('documents that are only distributed have no ledger');
  return product === 'purchase' ? bought : held;
}

/** A part of a claim beside its principal, or taken back where the amount is negative. */
export interface ClaimedPart {
  readonly component: Exclude<Component, 'principal'>;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly receivable: bigint;
}

/**
 * Postings of a fee, interest or compensation that a debtor is to pay: the client's income, or on a claim the bureau has bought its
 * own (the client's book then only mirrors that the debt grew for another's account).
 */
export function claimPostings(
  product: Agreement['product'],
  { component, amount, currency, receivable }: ClaimedPart,
): readonly Posting[] {
  const debt: Posting = { account: componentAccount(component), amount, currency, receivable };
  const side = (account: LedgerAccount, value: Minor): Posting => ({ account, amount: value, currency });
  if (contraAccounts(product) !== bought) return [debt, side(`income:${component}`, -amount)];
  return [debt, side('soldReceivables', -amount), side('purchasedReceivables', amount), side('purchaseIncome', -amount)];
}

/**
 * The client owes the bureau: money was taken back after it had been paid out. The bureau covers it from its own account at once, so
 * that no client’s deficit is ever covered by another’s money (reference/collection-rules.md §10.3, §10.4). The first line stands in
 * place of a debit of `clientLiability`; the settlement takes all three back.
 */
export const deficitPostings = (amount: Minor, currency: Currency): readonly Posting[] => [
  { account: 'clientDeficit', amount, currency },
  { account: 'clientFunds', amount, currency },
  { account: 'ownBank', amount: -amount, currency },
];

/**
 * What stands against a debt that is given up: the client's loss (6351). Of a bought claim it is the bureau's own, against its income, and the
 * client's mirror of the debt goes; with recourse the client bears it after all and owes the bureau what it got (§10.1).
 */
export function lossPostings(
  { product, purchase }: Pick<Agreement, 'product' | 'purchase'>,
  amount: Minor,
  currency: Currency,
): readonly Posting[] {
  const side = (account: LedgerAccount, value: Minor): Posting => ({ account, amount: value, currency });
  if (contraAccounts(product) !== bought) return [side('loss', amount)];
  const gone = [side('soldReceivables', amount), side('purchasedReceivables', -amount)];
  return purchase?.recourse === true
    ? [...gone, side('loss', amount), side('withBureau', -amount), side('clientDeficit', amount)]
    : [...gone, side('purchaseIncome', amount)];
}
