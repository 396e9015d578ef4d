import type { BankTransaction } from '../bank-file.ts';
import type { Minor } from '../money.ts';

/** What a transaction on the account is, as it is stored (reference/iso20022.md §2.6). */
export type PaymentKind = 'receipt' | 'reversal' | 'payout' | 'payout-return' | 'cost' | 'unclear';

export interface ClassifiedBy {
  /** Signed: positive raises the account's balance. */
  readonly amount: Minor;
  readonly hint: BankTransaction['hint'];
  /** One of its ids is the id of a payout of ours. */
  readonly ofPayout: boolean;
  /** It carries a reference that could be one of ours: the right check digit. */
  readonly hasReference: boolean;
}

/**
 * The table of reference/iso20022.md §2.6. Ids of ours decide first, then the direction; the bank's codes are hints: they tell a charge
 * only where no valid reference says that a debtor paid, and a correction of an earlier receipt only on a debit.
 */
export function classifyTransaction({ amount, hint, ofPayout, hasReference }: ClassifiedBy): PaymentKind {
  if (ofPayout) return amount < 0n ? 'payout' : 'payout-return';
  if (hint === 'lump') return 'unclear';
  if (hint === 'charge' && !(amount > 0n && hasReference)) return 'cost';
  if (amount > 0n) return hint === 'return' ? 'unclear' : 'receipt';
  return hint === 'return' ? 'reversal' : 'unclear';
}
