import {
  allocatePayment,
  planAllocation,
  planHandOver,
  type PaymentAct,
  type TiedPart,
  type PostedLine,
  type OpenReceivable,
} from '#engine/matching/allocate-payment.ts';
import { formatAmount, sum, type Minor } from '#engine/money.ts';
import { openTotal } from '#engine/claims/receivable.ts';
import { BUREAU } from '#engine/sender.ts';
import type { Tx } from '#engine/store/database.ts';
import { lockLedgers, withLedger } from '#engine/store/ledger.ts';
import { loadOpenReceivables } from '#engine/store/payments/load-undecided.ts';
import { noteCollectionChangesOf } from '#engine/store/payments/collection-changes.ts';
import {
  loadPostedLines,
  loadReceivableIds,
  nextActNumber,
  refreshSuspense,
  type PaymentRow,
} from '#engine/store/payments/payment-rows.ts';
import { waiveClaims } from '#engine/store/payments/waive-claims.ts';
import { withdrawLetters } from '#engine/store/withdraw-letters.ts';
import { openReceivable } from '../bank/decide-items.ts';
import { loadInterestOwed } from '../bank/load-interest-owed.ts';
import type { House } from '../house.ts';
import { todayOf } from '../today.ts';
import { PaymentActRefused } from './payment-act-refused.ts';

/** An invoice that money is tied to by a person; without an amount as much as is open of it. */
export interface AllocationOrder {
  readonly invoice: string;
  readonly amount?: Minor;
}

/**
 * Ties a payment's money that lies in suspense or is the debtor's credit to invoices of one client, in the order given. The same rules hold
 * as for a payment that found its own way: order of components, never below zero, tolerance, claims of letters waived by value date.
 */
export async function allocateByHand(
  house: House,
  tx: Tx,
  {
    payment,
    client,
    orders,
  }: { readonly payment: PaymentRow; readonly client: string; readonly orders: readonly AllocationOrder[] },
): Promise<void> {
  const lines = (await loadPostedLines(tx, payment.id)).filter(
    ({ account }) => account === 'suspense' || account === 'overpayment',
  );
  const available = -sum(lines.map(({ amount }) => amount));
  if (available <= 0n)
    throw new PaymentActRefused('None of its money is in suspense or a credit: kuvert payment undo unties it first.');
  const foreign = lines.find((line) => line.client !== client && line.client !== BUREAU);
  if (foreign) throw new PaymentActRefused(`Its money lies in the ledger of ${foreign.client}, not of ${client}.`);
  await lockLedgers(tx, [BUREAU, client]);
  const targets = await loadTargets(house, tx, { client, orders, currency: payment.currency });
  const amount = smaller(available, sum(targets.map(({ limit }) => limit)));
  const interestOwed = await loadInterestOwed(
    house,
    tx,
    targets.map(({ receivable }) => receivable),
  );
  const { bookingDate, valueDate } = payment;
  const paid = { amount, bookingDate, valueDate, interestOwed: (receivable: bigint) => interestOwed(receivable, valueDate) };
  const { parts, waivers } = allocatePayment(paid, targets);
  const product = new Map(targets.map(({ receivable }) => [receivable.id, receivable.product]));
  const at = house.clock();
  await waiveClaims(
    tx,
    waivers.map((waiver) => ({ ...waiver, payment: payment.id, client, product: product.get(waiver.receivable) ?? 'service' })),
    { on: todayOf(house), at },
  );
  const act: PaymentAct = {
    payment: payment.id,
    currency: payment.currency,
    entryDate: todayOf(house),
    effectKey: `allocate:${payment.id}:${await nextActNumber(tx, 'allocate', payment.id)}`,
  };
  const tied = parts.map((part): TiedPart => ({
    ...part,
    product: (part.receivable === undefined ? undefined : product.get(part.receivable)) ?? 'service',
  }));
  await book(house, tx, { act, client, account: payment.account, lines, amount, parts: tied });
  await noteCollectionChangesOf(tx, act.effectKey);
  await refreshSuspense(tx, [payment.id], { reason: 'untied', at });
}

const smaller = (a: Minor, b: Minor): Minor => (a < b ? a : b);

async function loadTargets(
  house: House,
  tx: Tx,
  {
    client,
    orders,
    currency,
  }: { readonly client: string; readonly orders: readonly AllocationOrder[]; readonly currency: string },
): Promise<readonly { readonly receivable: OpenReceivable; readonly limit: Minor }[]> {
  const ids = await loadReceivableIds(
    tx,
    client,
    orders.map(({ invoice }) => invoice),
  );
  const receivables = [...ids.values()];
  const at = house.clock();
  if (receivables.length > 0) {
    const because = { receivables, because: 'paid', on: todayOf(house), at };
    await withLedger(tx, { client, at }, (ledger) => withdrawLetters(tx, ledger, because));
  }
  const open = new Map(
    (await loadOpenReceivables(tx, receivables, { counting: 'ledger' })).map((item) => [item.id, openReceivable(house, item)]),
  );
  return orders.map(({ invoice, amount }) => {
    const receivable = open.get(ids.get(invoice) ?? -1n);
    if (receivable === undefined) throw new PaymentActRefused(`Client ${client} has no invoice ${invoice} in the ledger.`);
    const owed = openTotal(receivable);
    if (receivable.currency !== currency) throw new PaymentActRefused(`Invoice ${invoice} is in ${receivable.currency}.`);
    if (owed <= 0n) throw new PaymentActRefused(`Nothing is open of ${invoice}.`);
    if (amount !== undefined && amount > owed) throw new PaymentActRefused(`Only ${formatAmount(owed)} is open of ${invoice}.`);
    return { receivable, limit: amount ?? owed };
  });
}

interface Booking {
  readonly act: PaymentAct;
  readonly client: string;
  readonly account: string;
  readonly lines: readonly PostedLine[];
  readonly amount: Minor;
  readonly parts: readonly TiedPart[];
}

/** Takes the money from where it lies, line by line; what waits in the bureau's ledger is handed over first. */
async function book(house: House, tx: Tx, { act, client, account, lines, amount, parts }: Booking): Promise<void> {
  const money: 'clientFunds' | 'ownBank' = house.config.bankAccounts.get(account)?.holder === 'own' ? 'ownBank' : 'clientFunds';
  const at = house.clock();
  let left = amount;
  const sources = lines.flatMap((line) => {
    const taken = smaller(-line.amount, left);
    left -= taken;
    return taken <= 0n ? [] : [{ line, amount: taken }];
  });
  for (const { line, amount: taken } of sources.filter((source) => source.line.client === BUREAU && client !== BUREAU)) {
    await withLedger(tx, { client: line.client, at }, (ledger) => ledger.book([planHandOver(act, taken, money)]));
  }
  const taken = sources.map((source) =>
    source.line.client === client
      ? { account: source.line.account, debtor: source.line.debtor, amount: source.amount }
      : { account: money, amount: source.amount },
  );
  await withLedger(tx, { client, at }, (ledger) => ledger.book([planAllocation(act, { sources: taken, parts })]));
}
