import { extraComponents, type Component, type ExtraComponent, type Amounts } from '../amounts.ts';
import { appropriate } from '../claims/appropriation.ts';
import {
  componentAccount,
  type LedgerAccount,
  bookOf,
  type LedgerTransaction,
  type Posting,
  contraAccounts,
  deficitPostings,
} from '../ledger.ts';
import type { IsoDate } from '../iso-date.ts';
import { sum, type Minor, type Currency } from '../money.ts';
import { openTotal } from '../claims/receivable.ts';

/** One posting beside the money's own: signed as in the ledger, credit negative. */
export interface AllocatedPart {
  readonly account: LedgerAccount;
  readonly amount: Minor;
  readonly receivable?: bigint;
  readonly debtor?: bigint;
}

/** What a letter claimed and is not owed, since the principal was paid before it was written. */
export interface Waiver {
  readonly receivable: bigint;
  readonly step: bigint;
  readonly letterDate: IsoDate;
  readonly component: ExtraComponent;
  readonly amount: Minor;
}

export interface Paid {
  readonly amount: Minor;
  readonly bookingDate: IsoDate;
  readonly valueDate: IsoDate;
  /** Interest owed on a receivable through the value date, as far as anybody can say. */
  readonly interestOwed: (receivable: bigint) => Minor | undefined;
}

/** A receivable that money goes to and the most of it that is meant for it. */
export interface Target {
  readonly receivable: OpenReceivable;
  readonly limit: Minor;
}

/**
 * Divides money among receivables of one client, in the order given: components in the order of the law, never below zero (IL5); a credit
 * note among them adds what is open of it; a remainder within the tolerance is forgiven; the rest is the debtor's credit. The parts
 * and the money add up to zero.
 */
export function allocatePayment(
  paid: Paid,
  targets: readonly Target[],
): { readonly parts: readonly AllocatedPart[]; readonly waivers: readonly Waiver[] } {
  const credits = targets.flatMap(({ receivable, limit }) => creditPart(receivable, limit));
  const invoices = targets.filter(({ receivable }) => receivable.kind === 'invoice');
  const available = paid.amount + sum(credits.map((part) => part.amount));
  const waivers = waiversOf(paid, available, invoices);
  const owed = invoices.map(({ receivable, limit }) => ({ receivable: lessWaivers(receivable, waivers), limit }));
  const { parts, rest } = spend(available, owed);
  const forgiven = rest === 0n ? forgive(owed, parts) : [];
  const debtor = targets[0]?.receivable.debtor;
  const overpaid = rest === 0n || debtor === undefined ? [] : [{ account: 'overpayment' as const, amount: -rest, debtor }];
  return { parts: [...credits, ...parts, ...forgiven, ...overpaid], waivers };
}

/** A credit note that the payer deducted: what is still open of it, at most what they say. */
function creditPart(receivable: OpenReceivable, limit: Minor): readonly AllocatedPart[] {
  const open = -receivable.open.principal;
  const amount = open < limit ? open : limit;
  if (receivable.kind !== 'credit' || amount <= 0n) return [];
  return [{ account: 'receivable', amount, receivable: receivable.id }];
}

interface Spent {
  readonly parts: readonly (AllocatedPart & { readonly receivable: bigint })[];
  readonly rest: Minor;
}

/** Twice: first what is meant for each, then what is left for any of them. */
function spend(amount: Minor, targets: readonly Target[]): Spent {
  const parts: (AllocatedPart & { readonly receivable: bigint })[] = [];
  const left = new Map(targets.map(({ receivable }) => [receivable.id, receivable.open]));
  let rest = amount;
  const pay = ({ id, order }: OpenReceivable, limit: Minor): void => {
    const share = limit < rest ? limit : rest;
    if (share <= 0n) return;
    const open = left.get(id)!;
    const claim = { claim: String(id), parts: order.map((component) => ({ component, amount: positive(open[component]) })) };
    const { shares, restAmount } = appropriate(share, [claim], order);
    left.set(id, lessShares(open, shares));
    rest -= share - restAmount;
    for (const one of shares) parts.push({ account: componentAccount(one.component), amount: -one.amount, receivable: id });
  };
  for (const { receivable, limit } of targets) pay(receivable, limit);
  for (const { receivable } of targets) pay(receivable, rest);
  return { parts, rest };
}

const positive = (amount: Minor): Minor => (amount > 0n ? amount : 0n);

type Open = OpenReceivable['open'];

function lessShares(open: Open, shares: readonly { readonly component: Component; readonly amount: Minor }[]): Open {
  const after = { ...open };
  for (const { component, amount } of shares) after[component] -= amount;
  return after;
}

/**
 * The remainder of what was paid, if it is within the tolerance and the smaller part: a payment of one öre does not settle a small debt.
 * Only of a claim that is the client's: the bureau's own are its own to give up.
 */
function forgive(targets: readonly Target[], parts: Spent['parts']): readonly AllocatedPart[] {
  return targets.flatMap(({ receivable }) => {
    const own = parts.filter((part) => part.receivable === receivable.id);
    const paid = -sum(own.map((part) => part.amount));
    const rest = openTotal(receivable) - paid;
    if (receivable.product !== 'service' || rest <= 0n || rest > receivable.toleranceAmount || rest >= paid) return [];
    const left = receivable.order.flatMap((component) => {
      const account = componentAccount(component);
      const covered = -sum(own.filter((part) => part.account === account).map((part) => part.amount));
      const amount = receivable.open[component] - covered;
      return amount > 0n ? [{ account, amount: -amount, receivable: receivable.id }] : [];
    });
    return [...left, { account: 'rounding' as const, amount: rest, receivable: receivable.id }];
  });
}

/**
 * A letter's claims that are not owed because the principal had been paid, by value date, when it was written (reference/collection-rules.md
 * §8.2, fault XM7). A collection fee stands if the payment was booked on or after the letter's date; interest stands as far as it
 * had accrued by the value date.
 */
function waiversOf(paid: Paid, available: Minor, targets: readonly Target[]): readonly Waiver[] {
  const principal = sum(targets.map(({ receivable }) => positive(receivable.open.principal)));
  if (principal === 0n || available < principal) return [];
  return targets.flatMap(({ receivable }) => {
    const left = waivable(paid, receivable);
    return receivable.claims
      .filter(({ letterDate }) => paid.valueDate <= letterDate)
      .flatMap(({ step, letterDate, amounts }) =>
        extraComponents.flatMap((component) => {
          if (component === 'collectionFee' && paid.bookingDate >= letterDate) return [];
          const amount = amounts[component] < left[component] ? amounts[component] : left[component];
          if (amount <= 0n) return [];
          left[component] -= amount;
          return [{ receivable: receivable.id, step, letterDate, component, amount }];
        }),
      );
  });
}

/** What is open of each component, of interest only what was claimed above what is owed. */
function waivable({ interestOwed }: Paid, { id, open, claims }: OpenReceivable): Record<ExtraComponent, Minor> {
  const claimed = sum(claims.map(({ amounts }) => amounts.interest));
  const tooMuch = claimed - (interestOwed(id) ?? claimed);
  return { ...open, interest: tooMuch < open.interest ? tooMuch : open.interest };
}

function lessWaivers(receivable: OpenReceivable, waivers: readonly Waiver[]): OpenReceivable {
  const own = waivers.filter((waiver) => waiver.receivable === receivable.id);
  return own.length === 0 ? receivable : { ...receivable, open: lessShares(receivable.open, own) };
}

/** What is done with a payment's money by a person: `act` and number make it happen once. */
export interface PaymentAct {
  readonly payment: bigint;
  readonly currency: Currency;
  readonly entryDate: IsoDate;
  /** `allocate:<payment>:<n>` or `undo:<payment>:<n>`. */
  readonly effectKey: string;
}

/** A part that a person tied, with the product of its receivable. */
export type TiedPart = AllocatedPart & { readonly product: PostedLine['product'] };

/**
 * Money of a payment tied to receivables: from suspense or the debtor's credit in the client's own ledger, or from the bureau's ledger,
 * where it waited because nobody knew whose it was. `sources` are the lines it is taken from; they add up to what the parts credit.
 */
export function planAllocation(
  act: PaymentAct,
  {
    sources,
    parts,
  }: {
    readonly sources: readonly (Pick<Posting, 'account' | 'debtor'> & { readonly amount: Minor })[];
    readonly parts: readonly TiedPart[];
  },
): LedgerTransaction {
  const { payment, currency } = act;
  const tied = (product: PostedLine['product']): Minor =>
    sum(parts.filter((part) => part.product === product && bookOf(part.account) === 'client').map(({ amount }) => amount));
  const contra = (['service', 'purchase'] as const).flatMap((product): readonly Posting[] => {
    const { received, receivedOfClient } = contraAccounts(product);
    return [
      { account: received, amount: tied(product), currency },
      { account: receivedOfClient, amount: -tied(product), currency },
    ];
  });
  const lines = parts.map(({ account, amount, receivable, debtor }): Posting => ({
    account,
    amount,
    currency,
    payment,
    receivable,
    debtor,
  }));
  // What comes over from the bureau's ledger is money, which belongs to no payment's own lines.
  const taken = sources.map((source): Posting =>
    source.account === 'clientFunds' || source.account === 'ownBank' ? { ...source, currency } : { ...source, currency, payment },
  );
  return transactionOf(act, [...taken, ...lines, ...contra]);
}

/** Money that leaves the bureau's ledger for the client's it belongs to. */
export const planHandOver = (act: PaymentAct, amount: Minor, money: 'clientFunds' | 'ownBank'): LedgerTransaction =>
  transactionOf(act, [
    { account: 'suspense', amount, currency: act.currency, payment: act.payment },
    { account: money, amount: -amount, currency: act.currency },
  ]);

/** Everything a payment is tied to is untied: it lies in suspense again. `available` is what is held for the client now. */
export function planUndo(act: PaymentAct, lines: readonly PostedLine[], available: Minor): LedgerTransaction {
  const { payment, currency } = act;
  return transactionOf(act, [
    ...untiePostings(lines, { payment, currency, available }),
    { account: 'suspense', amount: sum(lines.map(({ amount }) => amount)), currency, payment },
  ]);
}

const transactionOf = ({ effectKey, entryDate }: PaymentAct, postings: readonly Posting[]): LedgerTransaction => ({
  kind: 'allocation',
  effectKey,
  entryDate,
  postings: postings.filter(({ amount }) => amount !== 0n),
});

/** What a payment is tied to now, in one account of one client's ledger: the sum of its postings there. */
export interface PostedLine {
  readonly client: string;
  readonly account: LedgerAccount;
  readonly amount: Minor;
  readonly receivable: bigint | undefined;
  readonly debtor: bigint | undefined;
  readonly product: 'service' | 'purchase';
}

export interface ReversedPayment {
  /** The reversal, which the turned postings are about. */
  readonly payment: bigint;
  readonly currency: Currency;
  readonly entryDate: IsoDate;
  readonly money: 'clientFunds' | 'ownBank';
  /** Of one client. */
  readonly lines: readonly PostedLine[];
  /** Held for the client now. */
  readonly available: Minor;
  /** What the payment is tied to no more, since it was paid back to the payer; positive. */
  readonly missing: Minor;
}

/**
 * A receipt taken back by the bank: its postings turned. What the client has been paid out already is the client's to return, never
 * covered by another's money (reference/collection-rules.md §10.3).
 */
export function planReversal(reversed: ReversedPayment): LedgerTransaction {
  const { payment, currency, lines, missing } = reversed;
  const postings = [
    ...untiePostings(lines, reversed),
    { account: 'suspense' as const, amount: missing, currency, payment },
    { account: reversed.money, amount: sum(lines.map(({ amount }) => amount)) - missing, currency },
  ];
  return {
    kind: 'reversal',
    effectKey: `reversal:${payment}`,
    entryDate: reversed.entryDate,
    postings: postings.filter(({ amount }) => amount !== 0n),
  };
}

/** Everything that lines tie a payment to is untied: they are turned, with the other side of those on receivables in both books. */
function untiePostings(
  lines: readonly PostedLine[],
  { payment, currency, available }: Pick<ReversedPayment, 'payment' | 'currency' | 'available'>,
): readonly Posting[] {
  const turned = lines.map(({ account, amount, receivable, debtor }): Posting => ({
    account,
    amount: -amount,
    currency,
    receivable,
    debtor,
    payment,
  }));
  const tied = (product: PostedLine['product']): Minor =>
    -sum(lines.filter((line) => line.product === product && bookOf(line.account) === 'client').map(({ amount }) => amount));
  return [
    ...turned,
    ...returnPostings({ tied: tied('service'), available, currency }),
    ...boughtPostings(tied('purchase'), currency),
  ];
}

/** The other side of what is untied from a client's receivables: the client is owed less, or owes the bureau. */
function returnPostings({
  tied,
  available,
  currency,
}: {
  readonly tied: Minor;
  readonly available: Minor;
  readonly currency: Currency;
}): readonly Posting[] {
  const held = available > 0n ? available : 0n;
  const fromClient = tied < held ? tied : held;
  return [
    { account: 'withBureau', amount: -tied, currency },
    { account: 'clientLiability', amount: fromClient, currency },
    ...deficitPostings(tied - fromClient, currency),
  ];
}

function boughtPostings(tied: Minor, currency: Currency): readonly Posting[] {
  const { received, receivedOfClient } = contraAccounts('purchase');
  return [
    { account: receivedOfClient, amount: -tied, currency },
    { account: received, amount: tied, currency },
  ];
}

/** A receivable as far as a payment on it is concerned, at the moment of posting. */
export interface OpenReceivable {
  readonly id: bigint;
  readonly client: string;
  readonly debtor: bigint;
  readonly debtorName: string;
  readonly invoiceNumber: string;
  /** `credit`: of a credit note; what is open of it is negative. */
  readonly kind: 'invoice' | 'credit';
  /** Of the agreement it was issued under; what is only distributed has no receivable. */
  readonly product: 'service' | 'purchase';
  readonly currency: Currency;
  readonly dueDate: IsoDate | null;
  readonly open: Amounts;
  /** Money that was ever tied to it, less what was taken back. */
  readonly paidAmount: Minor;
  readonly writtenOffAmount: Minor;
  /** A remainder up to this is forgiven, by agreement (reference/collection-rules.md §8.2). */
  readonly toleranceAmount: Minor;
  /** In which order its components are covered (§8.1). */
  readonly order: readonly Component[];
  readonly claims: readonly ClaimOfLetter[];
}

/** What a letter that has left claimed of the receivable beside its principal, and has not been taken back. */
export interface ClaimOfLetter {
  readonly step: bigint;
  readonly letterDate: IsoDate;
  readonly amounts: Readonly<Record<ExtraComponent, Minor>>;
}
