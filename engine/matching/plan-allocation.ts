import { contraAccounts } from '../ledger-contra.ts';
import { bookOf, type LedgerTransaction, type Posting } from '../ledger.ts';
import type { IsoDate } from '../iso-date.ts';
import { sum, type Currency, type Minor } from '../money.ts';
import type { AllocatedPart } from './allocate-payment.ts';
import { untiePostings, type PostedLine } from './plan-reversal.ts';

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
