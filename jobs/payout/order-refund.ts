import { bankDayOnOrAfter } from '#engine/bank-days.ts';
import type { Currency, Minor } from '#engine/money.ts';
import type { PayoutParty } from '#engine/payout.ts';
import { refundTransaction } from '#engine/settlement/plan-settlement.ts';
import type { AccountNumber, WithAccounts } from '#engine/sockets/account-scheme.ts';
import type { Tx } from '#engine/store/database.ts';
import { withLedger } from '#engine/store/ledger.ts';
import { storePayout } from '#engine/store/payouts.ts';
import { calendarOfAccount } from '../calendars.ts';
import type { House } from '../house.ts';
import { todayOf } from '../today.ts';

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
