import type { BankTransactionIds } from '#engine/matching/bank-file.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import type { Currency, Minor } from '#engine/money.ts';
import type { Payout } from '#engine/settlement/payment-file.ts';
import { returnedTransaction, settledTransaction } from '#engine/settlement/plan-settlement.ts';
import type { Tx } from '#engine/store/database.ts';
import { withLedger, type BookedTransaction } from '#engine/store/ledger.ts';
import { refreshSuspense } from '#engine/store/payments/payment-rows.ts';
import { loadPayoutPostings, lockPayoutsById, movePayouts } from '#engine/store/payouts.ts';
import type { House } from '../house/house.ts';
import { refundedPayments } from './decide-payouts.ts';
import type { Agreement } from '#engine/agreement.ts';
import type { HouseConfig } from '#config/house-config.ts';

/** A transaction of a bank file that may be one of our own orders, or one that comes back. */
export interface PayoutCandidate {
  /** The account by its name in the configuration. */
  readonly account: string;
  /** Signed: negative is a debit of the account. */
  readonly amount: Minor;
  readonly currency: Currency;
  readonly ids: BankTransactionIds;
}

/** What a candidate is. `because` says why an own order’s ids do not make it one: it goes to suspense for a person. */
export type PayoutMatch =
  | { readonly kind: 'payout' | 'payout-return'; readonly payouts: readonly Payout[] }
  | { readonly kind: 'conflict'; readonly payouts: readonly Payout[]; readonly because: PayoutConflict };
export type PayoutConflict =
  | 'other-amount'
  | 'other-account'
  | 'not-sent'
  | 'rejected-before'
  | 'settled-before'
  | 'not-debited'
  | 'returned-before';

/**
 * Which of our own orders the transactions are, in their order: by instruction or end-to-end id, else a whole group that was debited in
 * one sum, by the ids of message and group (reference/iso20022.md §2.6). Undefined: none of ours. One statement for all.
 */
export async function matchPayouts(
  tx: Tx,
  candidates: readonly PayoutCandidate[],
): Promise<readonly (PayoutMatch | undefined)[]> {
  const wanted = candidates.flatMap(({ ids }) =>
    [ids.instructionId, ids.endToEndId, ids.paymentInformationId].filter((id) => id !== undefined),
  );
  if (wanted.length === 0) return candidates.map(() => undefined);
  const payouts = await lockPayoutsById(tx, [...new Set(wanted.map(normal))]);
  const state = new Map(payouts.map((payout) => [payout.id, payout.state]));
  const orders: Orders = {
    byInstruction: new Map(payouts.map((payout) => [payout.instructionId, payout])),
    byGroup: Map.groupBy(payouts, ({ paymentInformationId }) => paymentInformationId),
  };
  return candidates.map((candidate) => {
    const own = ownOrders(candidate, orders);
    if (own.length === 0) return undefined;
    const match = judge(candidate, own, state);
    if (match.kind !== 'conflict') for (const { id } of own) state.set(id, match.kind === 'payout' ? 'settled' : 'returned');
    return match;
  });
}

/** Banks cut and pad what they give back. */
const normal = (id: string): string => id.trim().toUpperCase();

/** Frozen orders by the ids that they were given. */
interface Orders {
  readonly byInstruction: ReadonlyMap<string | null, Payout>;
  readonly byGroup: ReadonlyMap<string | null, readonly Payout[]>;
}

function ownOrders({ ids }: PayoutCandidate, { byInstruction, byGroup }: Orders): readonly Payout[] {
  for (const id of [ids.instructionId, ids.endToEndId]) {
    const one = id === undefined ? undefined : byInstruction.get(normal(id));
    if (one) return [one];
  }
  const group = ids.paymentInformationId;
  return group === undefined ? [] : (byGroup.get(normal(group)) ?? []);
}

function judge(
  { account, amount, currency }: PayoutCandidate,
  payouts: readonly Payout[],
  now: ReadonlyMap<bigint, Payout['state']>,
): PayoutMatch {
  const conflict = (because: PayoutConflict): PayoutMatch => ({ kind: 'conflict', payouts, because });
  const debit = amount < 0n;
  const states = payouts.map(({ id, state }) => now.get(id) ?? state);
  if (payouts.some((payout) => payout.fromAccount !== account)) return conflict('other-account');
  const total = payouts.reduce((sum, payout) => sum + payout.amount, 0n);
  if (payouts.some((payout) => payout.currency !== currency) || total !== (debit ? -amount : amount))
    return conflict('other-amount');
  if (!debit) {
    if (states.includes('returned')) return conflict('returned-before');
    return states.every((state) => state === 'settled') ? { kind: 'payout-return', payouts } : conflict('not-debited');
  }
  if (states.includes('rejected')) return conflict('rejected-before');
  if (states.some((state) => state === 'settled' || state === 'returned')) return conflict('settled-before');
  return states.every((state) => state === 'frozen' || state === 'sent' || state === 'accepted')
    ? { kind: 'payout', payouts }
    : conflict('not-sent');
}

/** A match that was recorded as a payment of that kind. */
export interface PayoutMovement {
  readonly kind: 'payout' | 'payout-return';
  readonly payouts: readonly Payout[];
  readonly bookingDate: IsoDate;
}

/**
 * Books what the bank did with our orders: a debit settles them; money that comes back is owed again to the öre. Debits first, whatever
 * the order in the file. Locks the ledgers of the clients concerned in order of their names.
 */
export async function applyPayoutMovements(
  house: House,
  tx: Tx,
  { movements, at }: { readonly movements: readonly PayoutMovement[]; readonly at: Date },
): Promise<void> {
  for (const kind of ['payout', 'payout-return'] as const) {
    const items = movements
      .filter((movement) => movement.kind === kind)
      .flatMap(({ payouts, bookingDate }) => payouts.map((payout) => ({ payout, bookingDate })));
    if (items.length === 0) continue;
    for (const [date, payouts] of Map.groupBy(items, (item) => item.bookingDate)) {
      const ids = payouts.map((item) => item.payout.id);
      if (kind === 'payout') await movePayouts(tx, ids, { from: ['frozen', 'sent', 'accepted'], to: 'settled', settledOn: date });
      else await movePayouts(tx, ids, { from: ['settled'], to: 'returned' });
    }
    await bookMovements(house, tx, items, { kind, at });
    if (kind === 'payout-return') {
      const returned = refundedPayments(items.map((item) => item.payout));
      await refreshSuspense(tx, returned, { reason: 'refund-failed', at });
    }
  }
}

async function bookMovements(
  house: House,
  tx: Tx,
  items: readonly { readonly payout: Payout; readonly bookingDate: IsoDate }[],
  { kind, at }: { readonly kind: PayoutMovement['kind']; readonly at: Date },
): Promise<void> {
  const booked = await loadPayoutPostings(
    tx,
    items.map((item) => item.payout),
    kind === 'payout' ? ['payout'] : ['payout', 'payout-settled'],
  );
  const byClient = [...Map.groupBy(items, (item) => item.payout.client)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [client, own] of byClient) {
    const rows = own.map(({ payout, bookingDate }): BookedTransaction => {
      const before = booked.get(payout.id);
      if (before === undefined) throw new Error(`payout ${payout.id} was never booked`);
      const plan =
        kind === 'payout'
          ? settledTransaction(payout, productOf(house.config, client), bookingDate)
          : returnedTransaction(payout.id, before.postings, bookingDate);
      return { ...plan, corrects: before.transaction };
    });
    await withLedger(tx, { client, at }, (ledger) => ledger.book(rows));
  }
}

/**
 * Whose money a client's ledger holds. No client goes from or to `purchase` (config/checks/check-agreements.ts), so the newest agreement
 * tells; the bureau's own ledger, of money that nobody has claimed yet, is held in trust as a service client's is.
 */
const productOf = (config: HouseConfig, client: string): Agreement['product'] =>
  config.clients.get(client)?.agreements.at(-1)?.product ?? 'service';
