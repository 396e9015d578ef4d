import {
  allocatePayment,
  planAllocation,
  planHandOver,
  type PaymentAct,
  type TiedPart,
  type PostedLine,
  type OpenReceivable,
  planUndo,
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
import { openReceivable, loadInterestOwed } from '../bank/decide-items.ts';
import { type House, todayOf } from '../house/house.ts';
import type { LedgerTransaction } from '#engine/ledger.ts';
import { loadLiability } from '#engine/store/payments/reverse-payments.ts';
import type { HouseConfig } from '#config/house-config.ts';
import { bankCountryOf } from '#engine/bank-account.ts';
import type { PayoutParty } from '#engine/settlement/payment-file.ts';
import { accountSchemeOf, readAccount } from '#engine/sockets/account-scheme.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { orderRefund, payerReceiver } from '../payout/decide-payouts.ts';

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

export interface Refund {
  readonly payment: PaymentRow;
  readonly who: string;
  /** Absent: all that can be paid back. */
  readonly amount: Minor | undefined;
  readonly receiver: PayoutParty;
}

/** Orders money that lies in suspense, or else is the debtor's credit, to be paid back; gives the payout's number. */
export async function refundPayment(house: House, tx: Tx, { payment, who, amount, receiver }: Refund): Promise<bigint> {
  if (payment.reversedBy !== null) throw new PaymentActRefused(`The bank took it back as payment ${payment.reversedBy}.`);
  if (house.config.bankAccounts.get(payment.account)?.paymentFile === undefined) {
    throw new PaymentActRefused(
      `Nothing can be paid from account ${payment.account}: add paymentFile to it in config/bank-accounts.yaml.`,
    );
  }
  const found = await loadPostedLines(tx, payment.id);
  await lockLedgers(
    tx,
    found.map((line) => line.client),
  );
  const owed = (await loadPostedLines(tx, payment.id)).filter((line) => line.amount < 0n);
  const source = owed.find(({ account }) => account === 'suspense') ?? owed.find(({ account }) => account === 'overpayment');
  if (source === undefined)
    throw new PaymentActRefused('None of its money is in suspense or a credit: there is nothing to pay back.');
  const available = -source.amount;
  if (amount !== undefined && amount > available)
    throw new PaymentActRefused(`Only ${formatAmount(available)} of it can be paid back.`);
  const payout = await orderRefund(house, tx, {
    client: source.client,
    payment: payment.id,
    from: source.account === 'suspense' ? 'suspense' : 'overpayment',
    ...(source.debtor === undefined ? {} : { debtor: source.debtor }),
    amount: amount ?? available,
    currency: payment.currency,
    fromAccount: payment.account,
    receiver,
    remittance: payment.references[0] ?? `${payment.bookingDate} ${formatAmount(payment.amount)}`,
    who,
  });
  await refreshSuspense(tx, [payment.id], { reason: 'untied', at: house.clock() });
  return payout;
}

/** Who is paid back: as given, else the account and name that the bank told, in the country of the account it came to. Throws where that is not enough. */
export function receiverOf(
  { parts, bankAccounts }: Pick<HouseConfig, 'parts' | 'bankAccounts'>,
  payment: PaymentRow,
  { to, name, town }: { readonly to: string | undefined; readonly name: string | undefined; readonly town: string },
): PayoutParty {
  const account =
    to === undefined
      ? payment.payerAccount === null
        ? undefined
        : payerReceiver(parts, payment.payerAccount)
      : readReceiver(parts, to);
  if (account === undefined) {
    throw new PaymentActRefused(
      to === undefined
        ? 'The bank did not tell an account to pay back to: give one with --to.'
        : `${to} is no account: write its kind and number, such as iban:NO9386011117947.`,
    );
  }
  const payee = name ?? payment.payerName;
  if (payee === null) throw new PaymentActRefused('The bank did not tell who paid: give --name.');
  const paidInto = bankAccounts.get(payment.account);
  if (paidInto === undefined) throw new PaymentActRefused(`The account ${payment.account} is no longer configured.`);
  return { account, name: payee, town, country: bankCountryOf(paidInto) };
}

function readReceiver(parts: Parts, text: string): PayoutParty['account'] | undefined {
  const account = readAccount(parts, text);
  return account !== null && accountSchemeOf(parts, account.kind).order !== undefined ? account : undefined;
}

/** What a person wants done with a payment cannot be done; the message says why and what can. */
export class PaymentActRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PaymentActRefused';
  }
}
