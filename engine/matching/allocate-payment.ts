import { appropriate } from '../law/appropriation.ts';
import { componentAccount, extraComponents, type Component, type ExtraComponent, type LedgerAccount } from '../ledger.ts';
import type { IsoDate } from '../iso-date.ts';
import { sum, type Minor } from '../money.ts';
import { openTotal } from '../receivable.ts';
import type { OpenReceivable } from './open-receivable.ts';

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
