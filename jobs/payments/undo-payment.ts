import { planUndo } from '#engine/matching/allocate-payment.ts';
import type { LedgerTransaction } from '#engine/ledger.ts';
import type { Tx } from '#engine/store/database.ts';
import { lockLedgers, withLedger } from '#engine/store/ledger.ts';
import { noteCollectionChangesOf } from '#engine/store/payments/collection-changes.ts';
import { loadPostedLines, nextActNumber, refreshSuspense, type PaymentRow } from '#engine/store/payments/payment-rows.ts';
import { loadLiability } from '#engine/store/payments/reverse-payments.ts';
import type { House } from '../house.ts';
import { todayOf } from '../today.ts';
import { PaymentActRefused } from './payment-act-refused.ts';

/**
 * Unties a payment: everything it is tied to is open again, with its due date as it was, and its money lies in suspense of the same client
 * for a person to tie anew. What the client was paid out of it already becomes the client's debt.
 */
export async function undoPayment(house: House, tx: Tx, payment: PaymentRow): Promise<void> {
  const lines = (await loadPostedLines(tx, payment.id)).filter(({ account }) => account !== 'suspense');
  const [first] = lines;
  if (first === undefined)
    throw new PaymentActRefused('It is tied to nothing: its money lies in suspense already, or was paid back.');
  if (payment.reversedBy !== null) throw new PaymentActRefused(`The bank took it back as payment ${payment.reversedBy}.`);
  const { client } = first;
  const at = house.clock();
  await lockLedgers(tx, [client]);
  const effectKey = `undo:${payment.id}:${await nextActNumber(tx, 'undo', payment.id)}`;
  const act = { payment: payment.id, currency: payment.currency, entryDate: todayOf(house), effectKey };
  const planned = planUndo(act, lines, await loadLiability(tx, client));
  await withLedger(tx, { client, at }, (ledger) => ledger.book([planned]));
  await noteCollectionChangesOf(tx, effectKey);
  await refreshSuspense(tx, [payment.id], { reason: 'untied', at });
}

/** The bank told of one payment twice: the second is taken out of suspense, and of the money, again. */
export async function dropRepeated(house: House, tx: Tx, payment: PaymentRow): Promise<void> {
  const lines = await loadPostedLines(tx, payment.id);
  const [line] = lines;
  if (line === undefined || lines.length > 1 || line.account !== 'suspense' || line.amount !== -payment.amount) {
    throw new PaymentActRefused('Only a payment whose whole amount lies in suspense can be dropped as told twice.');
  }
  const at = house.clock();
  const { client } = line;
  const { currency } = payment;
  const money = house.config.bankAccounts.get(payment.account)?.holder === 'own' ? 'ownBank' : 'clientFunds';
  const dropped: LedgerTransaction = {
    kind: 'withdrawal',
    effectKey: `repeated:${payment.id}`,
    entryDate: todayOf(house),
    postings: [
      { account: 'suspense', amount: payment.amount, currency, payment: payment.id },
      { account: money, amount: -payment.amount, currency },
    ],
  };
  await withLedger(tx, { client, at }, (ledger) => ledger.book([dropped]));
  await refreshSuspense(tx, [payment.id], { reason: 'untied', at });
}
