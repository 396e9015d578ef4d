import type { Agreement } from './agreement.ts';
import type { IsoDate } from './iso-date.ts';
import type { LedgerTransaction } from './ledger.ts';
import type { Currency, Minor } from './money.ts';
import { planCreditAllocation } from './plan-claim-postings.ts';

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
