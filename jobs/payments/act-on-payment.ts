import { storeAudit } from '#engine/store/audit.ts';
import type { Tx } from '#engine/store/database.ts';
import { lockPayment, type PaymentRow } from '#engine/store/payments/payment-rows.ts';
import type { House } from '../house.ts';

/** Something that a person does with a payment, and why. */
export interface PaymentActOrder {
  readonly id: bigint;
  readonly act: 'allocate' | 'refund' | 'undo';
  readonly who: string;
  readonly reason: string;
}

/** Does it under the payment's lock and enters it in the audit (IS4); null if there is no such payment. */
export async function actOnPayment<T>(
  house: House,
  tx: Tx,
  { id, act, who, reason }: PaymentActOrder,
  work: (payment: PaymentRow) => Promise<T>,
): Promise<{ readonly result: T; readonly payment: PaymentRow } | null> {
  const payment = await lockPayment(tx, id);
  if (!payment) return null;
  const result = await work(payment);
  await storeAudit(tx, { at: house.clock(), who, act: `payment ${act}`, subject: `payment ${id}`, reason });
  return { result, payment: (await lockPayment(tx, id)) ?? payment };
}
