import type { IsoDate } from '#engine/iso-date.ts';
import type { Payout } from '#engine/payout.ts';
import { returnedTransaction } from '#engine/settlement/plan-settlement.ts';
import type { Tx } from '#engine/store/database.ts';
import { withLedger, type BookedTransaction } from '#engine/store/ledger.ts';
import { refreshSuspense } from '#engine/store/payments/payment-rows.ts';
import { loadPayoutPostings } from '#engine/store/payouts.ts';

/** What was ordered and does not leave is owed again to the öre: the order is taken back posting by posting (IB4). */
export async function giveBack(
  tx: Tx,
  payouts: readonly Payout[],
  { on, at }: { readonly on: IsoDate; readonly at: Date },
): Promise<void> {
  const booked = await loadPayoutPostings(tx, payouts, ['payout']);
  const byClient = [...Map.groupBy(payouts, (payout) => payout.client)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [client, own] of byClient) {
    const rows = own.map(({ id }): BookedTransaction => {
      const order = booked.get(id);
      if (order === undefined) throw new Error(`payout ${id} was never booked`);
      return { ...returnedTransaction(id, order.postings, on), corrects: order.transaction };
    });
    await withLedger(tx, { client, at }, (ledger) => ledger.book(rows));
  }
  await refreshSuspense(tx, refundedPayments(payouts), { reason: 'refund-failed', at });
}

/** Payments whose money was on its way back to the payer. */
export const refundedPayments = (payouts: readonly Payout[]): readonly bigint[] =>
  payouts.flatMap(({ payment }) => payment ?? []);
