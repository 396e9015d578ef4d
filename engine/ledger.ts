import type { Invoice, VatGroup } from './invoice.ts';
import type { IsoDate } from './iso-date.ts';
import { sum, type Currency, type Minor } from './money.ts';

/**
 * Accounts of a client's receivables ledger (kundreskontra), which the bureau keeps on the client's behalf. The numbers of the
 * client's own chart (BAS 1510, 30xx, 2611 …) are given when vouchers are exported.
 */
export type LedgerAccount = 'receivable' | 'sales' | 'rounding' | 'prepaid' | `vat:${string}`;

export interface Posting {
  readonly account: LedgerAccount;
  /** Positive is debit, negative is credit. */
  readonly amount: Minor;
  readonly currency: Currency;
}

/** A balanced set of postings. */
export interface LedgerTransaction {
  readonly kind: 'issue';
  /** What makes it happen once per client. */
  readonly effectKey: string;
  readonly entryDate: IsoDate;
  readonly postings: readonly Posting[];
}

/**
 * The posting of an issued document: the debtor owes the payable amount, the client's sales and output VAT per rate are credited,
 * öre rounding stands apart, and what was paid in advance is debited. A credit note is the same with the signs turned (F31).
 * Throws if the document does not add up: validation must have refused it.
 */
export function planIssue(invoice: Invoice): LedgerTransaction {
  const { totals, currency, kind } = invoice;
  const sign = kind === 'creditNote' ? -1n : 1n;
  const amounts: (readonly [LedgerAccount, Minor])[] = [
    ['receivable', totals.payableAmount],
    ['prepaid', totals.prepaidAmount ?? 0n],
    ['sales', -totals.netAmount],
    ...invoice.vatBreakdown.map((group) => [vatAccount(group), -group.vatAmount] as const),
    ['rounding', -(totals.roundingAmount ?? 0n)],
  ];
  const postings = amounts
    .filter(([, amount]) => amount !== 0n)
    .map(([account, amount]) => ({ account, amount: sign * amount, currency }));
  const rest = sum(postings.map((posting) => posting.amount));
  if (rest !== 0n) throw new Error(`document ${invoice.number} does not balance: ${rest}`);
  return { kind: 'issue', effectKey: `issue:${invoice.number}`, entryDate: invoice.issueDate, postings };
}

const vatAccount = (group: VatGroup): LedgerAccount => `vat:${group.rate ?? '0'}`;

/** What the document adds to the debtor's debt: negative for a credit note. */
export const principalOf = (invoice: Invoice): Minor =>
  invoice.kind === 'creditNote' ? -invoice.totals.payableAmount : invoice.totals.payableAmount;
