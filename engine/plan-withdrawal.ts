import { extraComponents, type Component, type Amounts } from './amounts.ts';
import { deficitPostings, type ContraAccounts } from './ledger-contra.ts';
import { componentAccount, type LedgerTransaction, type Posting } from './ledger.ts';
import type { IsoDate } from './iso-date.ts';
import { sum, type Currency, type Minor } from './money.ts';

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
