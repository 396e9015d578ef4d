import type { Payout, PayoutState, PayoutParty } from '#engine/settlement/payment-file.ts';
import { storeAudit } from '#engine/store/audit.ts';
import type { Tx } from '#engine/store/database.ts';
import {
  loadPayouts,
  movePayouts,
  setApproved,
  type PayoutQuestion,
  storePayout,
  loadPayoutPostings,
} from '#engine/store/payouts.ts';
import { type House, todayOf, calendarOfAccount } from '../house/house.ts';
import { bankDayOnOrAfter } from '#engine/bank-days.ts';
import type { Currency, Minor } from '#engine/money.ts';
import { refundTransaction, returnedTransaction } from '#engine/settlement/plan-settlement.ts';
import type { AccountNumber, WithAccounts } from '#engine/sockets/account-scheme.ts';
import { withLedger, type BookedTransaction } from '#engine/store/ledger.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import { refreshSuspense } from '#engine/store/payments/payment-rows.ts';

/** A person’s decision about payouts. */
export interface PayoutDecision {
  readonly which: PayoutQuestion;
  readonly who: string;
  readonly reason: string | null;
}

export interface Decided {
  readonly done: readonly Payout[];
  readonly refused: readonly { readonly payout: Payout; readonly because: string }[];
}

/** A second person lets planned payouts leave. Who planned one can never approve it. */
export async function approvePayouts(house: House, tx: Tx, decision: PayoutDecision): Promise<Decided> {
  const { who } = decision;
  const decided = await decide(tx, decision, ({ state, plannedBy }) => {
    if (state !== 'planned') return `it is ${state}`;
    return plannedBy === who ? `${who} planned it: a second person approves` : undefined;
  });
  const at = house.clock();
  await setApproved(
    tx,
    decided.done.map(({ id }) => id),
    who,
    at,
  );
  await audit(tx, decision, { act: 'payout approve', at, payouts: decided.done });
  return decided;
}

const CANCELLABLE: readonly PayoutState[] = ['planned', 'approved'];

/** Takes back payouts that have no ids yet; what they would have paid is owed again. Later only the bank can stop them. */
export async function cancelPayouts(house: House, tx: Tx, decision: PayoutDecision): Promise<Decided> {
  const decided = await decide(tx, decision, ({ state }) =>
    CANCELLABLE.includes(state) ? undefined : `it is ${state}: once it has its ids only the bank’s answer changes it`,
  );
  const at = house.clock();
  const ids = decided.done.map(({ id }) => id);
  await movePayouts(tx, ids, { from: CANCELLABLE, to: 'cancelled' });
  await giveBack(tx, decided.done, { on: todayOf(house), at });
  await audit(tx, decision, { act: 'payout cancel', at, payouts: decided.done });
  return decided;
}

async function decide(tx: Tx, { which }: PayoutDecision, obstacle: (payout: Payout) => string | undefined): Promise<Decided> {
  const payouts = await loadPayouts(tx, which, { lock: true });
  const judged = payouts.map((payout) => ({ payout, because: obstacle(payout) }));
  return {
    done: judged.filter(({ because }) => because === undefined).map(({ payout }) => payout),
    refused: judged.flatMap(({ payout, because }) => (because === undefined ? [] : [{ payout, because }])),
  };
}

async function audit(
  tx: Tx,
  { who, reason }: PayoutDecision,
  { act, at, payouts }: { readonly act: string; readonly at: Date; readonly payouts: readonly Payout[] },
): Promise<void> {
  for (const { id, client } of payouts) await storeAudit(tx, { at, who, act, subject: `payout ${id} of ${client}`, reason });
}

/** Money to be given back to a payer: from what nobody could place, or from what a debtor has to their credit. */
export interface RefundOrder {
  /** Whose ledger it stands in: a client’s, or the bureau’s. */
  readonly client: string;
  readonly payment: bigint;
  readonly from: 'suspense' | 'overpayment';
  /** Whose credit it is; only of `overpayment`. */
  readonly debtor?: bigint;
  readonly amount: Minor;
  readonly currency: Currency;
  /** The account it is paid from, by its name in the configuration: the one the payment came to. */
  readonly fromAccount: string;
  readonly receiver: PayoutParty;
  /** What the payer reads on their statement. */
  readonly remittance: string;
  readonly who: string;
}

/**
 * Orders a refund: it waits for its approval as every payout does, and the payer is owed it no more. The caller has seen under the ledger’s
 * lock that the balance suffices. Gives the payout’s id.
 */
export async function orderRefund(house: House, tx: Tx, order: RefundOrder): Promise<bigint> {
  const { client, payment, from, debtor, amount, currency, fromAccount, receiver, remittance, who } = order;
  const at = house.clock();
  const on = todayOf(house);
  const executionDate = bankDayOnOrAfter(calendarOfAccount(house.config, fromAccount), on);
  const id = await storePayout(
    tx,
    {
      client,
      kind: 'refund',
      settlement: null,
      payment,
      amount,
      currency,
      fromAccount,
      receiver,
      remittance,
      executionDate,
      plannedBy: who,
    },
    at,
  );
  const source = { account: from, payment, ...(debtor === undefined ? {} : { debtor }) };
  const booked = refundTransaction({ id, amount, currency }, source, on);
  await withLedger(tx, { client, at }, (ledger) => ledger.book([booked]));
  return id;
}

/**
 * The account a payer paid from, as a bank named it, if money can be sent back to it. A bare account number does not say its bank, so a person
 * gives the receiver then.
 */
export function payerReceiver({ accounts }: WithAccounts, account: string): AccountNumber | undefined {
  const [, name, number] = /^([A-Z0-9-]+)[ :](.+)$/.exec(account) ?? [];
  const scheme = Object.values(accounts).find(({ id, order }) => order !== undefined && id.toUpperCase() === name);
  return scheme === undefined || number === undefined ? undefined : { kind: scheme.id, number };
}

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
