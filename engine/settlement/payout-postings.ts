import type { Agreement } from '../agreement.ts';
import type { IsoDate } from '../iso-date.ts';
import { contraAccounts } from '../ledger-contra.ts';
import type { LedgerTransaction, Posting } from '../ledger.ts';
import type { Currency, Minor } from '../money.ts';

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
