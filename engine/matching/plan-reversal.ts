import { contraAccounts, deficitPostings } from '../ledger-contra.ts';
import { bookOf, type LedgerAccount, type LedgerTransaction, type Posting } from '../ledger.ts';
import type { IsoDate } from '../iso-date.ts';
import { sum, type Currency, type Minor } from '../money.ts';

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
export function untiePostings(
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
