import type { Component, ExtraComponent, Amounts } from './amounts.ts';
import type { Agreement, PurchaseTerms } from './agreement.ts';
import { claimPostings, contraAccounts, lossPostings } from './ledger-contra.ts';
import { componentAccount, type LedgerTransaction, type Posting } from './ledger.ts';
import type { IsoDate } from './iso-date.ts';
import { planWithdrawal } from './plan-withdrawal.ts';
import { sum, type Currency, type Minor } from './money.ts';

/** The receivable that something is booked on, and when. */
export interface ClaimBooking {
  readonly receivable: bigint;
  readonly currency: Currency;
  readonly product: Agreement['product'];
  /** Of a bought claim: says who bears its loss. */
  readonly purchase?: PurchaseTerms;
  readonly effectKey: string;
  readonly on: IsoDate;
}

/** What of each component goes. */
export type Shares = readonly { readonly component: Component; readonly amount: Minor }[];

/**
 * Gives up a receivable or a part of it (`lossPostings` says whose loss it is).
 * VAT on a bad debt is the client's to recover once the loss is certain (ML 8:14), so it stays in the loss here.
 */
export function planWriteOff(booking: ClaimBooking, shares: Shares): LedgerTransaction {
  const total = sum(shares.map((share) => share.amount));
  const loss = lossPostings(booking, total, booking.currency);
  return { ...headOf(booking, 'write-off'), postings: [...loss, ...paidParts(booking, shares)] };
}

/**
 * The debtor has paid the client and not the bureau (reference/collection-rules.md §8.2): no money of the bureau's moves. Of a bought claim the
 * client has got what is the bureau's, and owes it.
 */
export function planPaidToClient(booking: ClaimBooking, shares: Shares, paidOn: IsoDate): LedgerTransaction {
  const total = sum(shares.map((share) => share.amount));
  const owed: readonly Posting[] =
    booking.product === 'purchase'
      ? [
          side(booking, 'soldReceivables', total),
          side(booking, 'withBureau', -total),
          side(booking, 'clientDeficit', total),
          side(booking, 'purchasedReceivables', -total),
        ]
      : [];
  const postings = [side(booking, 'clientBank', total), ...owed, ...paidParts(booking, shares)];
  return { ...headOf(booking, 'payment'), valueDate: paidOn, postings };
}

/** A credit note set against an invoice of the same debtor: what is owed moves from one receivable to the other, no money. */
export const planCreditAllocation = (
  booking: ClaimBooking,
  { credit, amount }: { readonly credit: bigint; readonly amount: Minor },
): LedgerTransaction => ({
  ...headOf(booking, 'allocation'),
  postings: [
    { ...side(booking, 'receivable', amount), receivable: credit },
    { ...side(booking, 'receivable', -amount), receivable: booking.receivable },
  ],
});

export interface TakenBack {
  readonly debtor: bigint;
  /** Claimed, and not owed since a credit (§8.2). */
  readonly parts: readonly { readonly component: ExtraComponent; readonly amount: Minor }[];
  /** Of the receivable, before. */
  readonly open: Amounts;
  /** The bureau holds so much for the client. */
  readonly heldAmount: Minor;
}

/**
 * Takes back interest and fees that were claimed and are not owed. What was paid of them goes to what else is open of the receivable, and
 * the rest is the debtor's credit: the same as for a letter that is withdrawn.
 */
export function planTakeBack(booking: ClaimBooking, { debtor, parts, open, heldAmount }: TakenBack): LedgerTransaction | null {
  const { receivable, currency, product, effectKey, on } = booking;
  const planned = planWithdrawal({
    documentId: effectKey,
    on,
    debtor,
    currency,
    claimed: parts.flatMap((part) => claimPostings(product, { ...part, currency, receivable })),
    open: new Map([[receivable, open]]),
    contra: contraAccounts(product),
    heldAmount,
  });
  return planned && { ...planned, effectKey };
}

const headOf = ({ effectKey, on }: ClaimBooking, kind: LedgerTransaction['kind']) => ({ kind, effectKey, entryDate: on });

const side = ({ currency }: ClaimBooking, account: Posting['account'], amount: Minor): Posting => ({ account, amount, currency });

const paidParts = ({ receivable, currency }: ClaimBooking, shares: Shares): readonly Posting[] =>
  shares.map(({ component, amount }) => ({ account: componentAccount(component), amount: -amount, currency, receivable }));
