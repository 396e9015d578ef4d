import type { HouseConfig } from '#config/house-config.ts';
import { bankCountryOf } from '#engine/bank-account.ts';
import { formatAmount, type Minor } from '#engine/money.ts';
import type { PayoutParty } from '#engine/payout.ts';
import { accountSchemeOf, readAccount } from '#engine/sockets/account-scheme.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import type { Tx } from '#engine/store/database.ts';
import { lockLedgers } from '#engine/store/ledger.ts';
import { loadPostedLines, refreshSuspense, type PaymentRow } from '#engine/store/payments/payment-rows.ts';
import type { House } from '../house.ts';
import { orderRefund, payerReceiver } from '../payout/order-refund.ts';
import { PaymentActRefused } from './payment-act-refused.ts';

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
