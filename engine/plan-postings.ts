import { type Component, type ExtraComponent, type Amounts, extraComponents } from './amounts.ts';
import type { Agreement, PurchaseTerms } from './agreement.ts';
import {
  claimPostings,
  contraAccounts,
  lossPostings,
  componentAccount,
  type LedgerTransaction,
  type Posting,
  deficitPostings,
  type ContraAccounts,
} from './ledger.ts';
import type { IsoDate } from './iso-date.ts';
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
const planCreditAllocation = (
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

/** A credit note that names an invoice of the same debtor, both with something open. */
export interface CreditPair {
  readonly credit: bigint;
  readonly creditNumber: string;
  /** Not yet used of the credit note; positive. */
  readonly creditAmount: Minor;
  readonly invoice: bigint;
  readonly invoiceNumber: string;
  /** Of the invoice's principal. */
  readonly openAmount: Minor;
  /** Disputed, and so not to be touched without the client's word (reference/collection-rules.md §8.2). */
  readonly disputedAmount: Minor;
  readonly currency: Currency;
  readonly product: Agreement['product'];
  /** Allocations of this credit to this invoice so far. */
  readonly earlier: number;
  /** Neither can be used before both are in the ledger. */
  readonly notBefore: IsoDate;
}

export interface PlannedCredit {
  readonly pair: CreditPair;
  readonly amount: Minor;
  readonly transaction: LedgerTransaction;
}

/**
 * Allocates credit notes to the invoices they name, in the order given: never more than is left of the one or open of the other, and
 * never to a disputed part. What is left of a credit stays the debtor's.
 */
export function planCredits(pairs: readonly CreditPair[], on: IsoDate): readonly PlannedCredit[] {
  const left = new Map<bigint, Minor>();
  const room = new Map<bigint, Minor>();
  return pairs.flatMap((pair) => {
    const credit = left.get(pair.credit) ?? pair.creditAmount;
    const open = room.get(pair.invoice) ?? pair.openAmount - pair.disputedAmount;
    const amount = credit < open ? credit : open;
    if (amount <= 0n) return [];
    left.set(pair.credit, credit - amount);
    room.set(pair.invoice, open - amount);
    const booking = {
      receivable: pair.invoice,
      currency: pair.currency,
      product: pair.product,
      effectKey: creditKey(pair),
      on: pair.notBefore > on ? pair.notBefore : on,
    };
    return [{ pair, amount, transaction: planCreditAllocation(booking, { credit: pair.credit, amount }) }];
  });
}

/** Once per pair; a second part, after a dispute was settled, counts on. */
const creditKey = ({ creditNumber, invoiceNumber, earlier }: CreditPair): string =>
  `credit:${creditNumber}:${invoiceNumber}${earlier === 0 ? '' : `:${earlier + 1}`}`;

/** A demand that does not go out, with what its claim put into the ledger and what is open now. */
export interface WithdrawnClaim {
  readonly documentId: string;
  readonly on: IsoDate;
  readonly debtor: bigint;
  readonly currency: Currency;
  /** The postings of its claim, as they were booked. */
  readonly claimed: readonly Posting[];
  /** What is open of each receivable by component, before the withdrawal. */
  readonly open: ReadonlyMap<bigint, Amounts>;
  /** The other side of money that turns out to be paid for nothing. */
  readonly contra: ContraAccounts;
  /** Held for the client now; what is missing was paid out already and is the client's to return. */
  readonly heldAmount: Minor;
}

/**
 * Takes back what a demand claimed: its postings with the signs turned. What was already paid of it is moved to what else is open of
 * the same receivable, costs before interest before principal (reference/collection-rules.md §8), and what then remains is the
 * debtor's credit. Null where the demand claimed nothing.
 */
export function planWithdrawal(claim: WithdrawnClaim): LedgerTransaction | null {
  if (claim.claimed.length === 0) return null;
  const turned = claim.claimed.map((posting) => ({ ...posting, amount: -posting.amount }));
  const corrections = [...claim.open].map(([receivable, open]) => moveExcess(receivable, afterwards(open, receivable, turned)));
  const moved = corrections.flatMap(({ amounts, receivable }) =>
    amounts.map(([component, amount]) => ({
      account: componentAccount(component),
      amount,
      currency: claim.currency,
      receivable,
    })),
  );
  const tooMuch = sum(corrections.map(({ rest }) => rest));
  return {
    kind: 'withdrawal',
    effectKey: `withdraw:${claim.documentId}`,
    entryDate: claim.on,
    postings: [...turned, ...moved, ...overpayment(claim, tooMuch)].filter((posting) => posting.amount !== 0n),
  };
}

type Open = Amounts;

/** Costs before interest before principal. */
const fillingOrder: readonly Component[] = ['reminderFee', 'collectionFee', 'compensation', 'interest', 'principal'];

function afterwards(open: Open, receivable: bigint, turned: readonly Posting[]): Open {
  const entries = fillingOrder.map((component) => {
    const account = componentAccount(component);
    const own = turned.filter((posting) => posting.receivable === receivable && posting.account === account);
    return [component, open[component] + sum(own.map((posting) => posting.amount))] as const;
  });
  return Object.fromEntries(entries) as unknown as Open;
}

interface Correction {
  readonly receivable: bigint;
  readonly amounts: readonly (readonly [Component, Minor])[];
  /** Paid, and now for nothing. */
  readonly rest: Minor;
}

/** Fills components that fell below zero from those that are still open. */
function moveExcess(receivable: bigint, open: Open): Correction {
  const amounts: (readonly [Component, Minor])[] = [];
  let excess = 0n;
  for (const component of extraComponents) {
    if (open[component] >= 0n) continue;
    excess -= open[component];
    amounts.push([component, -open[component]]);
  }
  for (const component of fillingOrder) {
    const moved = excess < open[component] ? excess : open[component];
    if (moved <= 0n) continue;
    excess -= moved;
    amounts.push([component, -moved]);
  }
  return { receivable, amounts, rest: excess };
}

function overpayment({ debtor, currency, contra, heldAmount }: WithdrawnClaim, amount: Minor): readonly Posting[] {
  if (amount === 0n) return [];
  const held = heldAmount > 0n ? heldAmount : 0n;
  const missing = contra.received === 'clientLiability' && held < amount ? amount - held : 0n;
  return [
    { account: contra.receivedOfClient, amount: -amount, currency },
    { account: contra.received, amount: amount - missing, currency },
    ...deficitPostings(missing, currency),
    { account: 'overpayment', amount: -amount, currency, debtor },
  ];
}
