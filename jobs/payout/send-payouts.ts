import assert from 'node:assert/strict';
import { agreementOn } from '#engine/agreement.ts';
import { bankDayOnOrAfter, isBankDay } from '#engine/bank-days.ts';
import { formatsWriting, type PaymentWriter, type WithFormats } from '#engine/sockets/format.ts';
import { type IsoDate, dateInZone, daysBetween } from '#engine/iso-date.ts';
import { sum } from '#engine/money.ts';
import { OperatingError } from '#engine/operating-error.ts';
import { describeFinding } from '#engine/finding.ts';
import {
  receiverText,
  type Payout,
  type PaymentFile,
  type PaymentGroup,
  type PaymentParty,
} from '#engine/settlement/payment-file.ts';
import { inTransaction, type Tx } from '#engine/store/database.ts';
import { takeNumbers } from '#engine/store/number-series.ts';
import { lockUnsentFile, setFileOnItsWay, storePaymentFile, type PaymentFileRow } from '#engine/store/payment-files.ts';
import { loadPayouts, movePayouts, setFrozen } from '#engine/store/payouts.ts';
import { calendarOfAccount, type House, todayOf } from '../house/house.ts';
import { releaseOutgoing, stageOutgoing, remoteFor } from '../outbox/outgoing.ts';
import { payingNumber, type BankAccount, type PaymentFileTerms } from '#engine/bank-account.ts';
import { accountSchemeOf, type WithAccounts } from '#engine/sockets/account-scheme.ts';

/** A payment file holds so many payments (reference/iso20022.md §6.6); more are frozen into the next. */
const MAX_PAYMENTS_PER_FILE = 9_999;

export interface SentPayouts {
  readonly files: readonly PaymentFileRow[];
  /** Approved and yet not sent: a person must look. */
  readonly stopped: readonly { readonly payout: Payout; readonly because: string }[];
}

/**
 * Gives every approved payout its ids and sends the payment files: first the ids are committed, then the file is made of them and nothing
 * else. Whatever stops it between, the next call makes the same bytes (§6.7); run twice, or twice at once, it sends nothing twice.
 */
export async function sendPayouts(house: House): Promise<SentPayouts> {
  const stopped = await freezeApproved(house);
  const files: PaymentFileRow[] = [];
  for (let sent = await sendNextFile(house); sent !== undefined; sent = await sendNextFile(house)) files.push(sent);
  if (files.length > 0) await releaseOutgoing(house);
  return { files, stopped };
}

const freezeApproved = (house: House): Promise<SentPayouts['stopped']> =>
  inTransaction(house.database, async (tx) => {
    const approved = await loadPayouts(tx, { scope: 'bureau', states: ['approved'] }, { lock: true });
    const on = todayOf(house);
    const checked = approved.map((payout) => ({
      payout,
      because: changedReceiver(house, payout, on) ?? unpayable(house, payout, on),
    }));
    const ready = checked.filter(({ because }) => because === undefined).map(({ payout }) => payout);
    for (const [account, own] of Map.groupBy(ready, ({ fromAccount }) => fromAccount))
      for (let from = 0; from < own.length; from += MAX_PAYMENTS_PER_FILE)
        await freezeFile(house, tx, { account, payouts: own.slice(from, from + MAX_PAYMENTS_PER_FILE), on });
    return checked.flatMap(({ payout, because }) => (because === undefined ? [] : [{ payout, because }]));
  });

/** The client’s account was changed after the payout was planned: the classic way to lose it, so it waits for a person (fault XA6). */
function changedReceiver(house: House, { kind, client, receiver }: Payout, on: IsoDate): string | undefined {
  const configured = house.config.clients.get(client);
  const agreed = kind === 'client' && configured ? agreementOn(configured, on)?.payout?.receiver : undefined;
  if (agreed === undefined || receiverText(agreed) === receiverText(receiver.account)) return undefined;
  return `It was planned to ${receiverText(receiver.account)}, but the agreement now says ${receiverText(agreed)}.`;
}

/** What the bank would refuse is found before any id is given out: as the only payment of a file that is never written. */
function unpayable(house: House, payout: Payout, on: IsoDate): string | undefined {
  const calendar = calendarOfAccount(house.config, payout.fromAccount);
  const alone = {
    ...payout,
    instructionId: 'ALONE-1',
    paymentInformationId: 'ALONE-G1',
    executionDate: bankDayOnOrAfter(calendar, on),
  };
  const file = { messageId: 'ALONE', createdAt: house.clock() };
  const made = paymentFileOf(file, [alone], payingHouse(house, payout.fromAccount));
  const findings = paymentWriter(house.config.parts).check(made, house.config.parts, (date) => isBankDay(calendar, date));
  return findings[0] && describeFinding(findings[0], 'en').message;
}

interface FrozenFile {
  readonly account: string;
  readonly payouts: readonly Payout[];
  readonly on: IsoDate;
}

async function freezeFile(house: House, tx: Tx, { account, payouts, on }: FrozenFile): Promise<void> {
  const paying = payingHouse(house, account);
  const calendar = calendarOfAccount(house.config, account);
  const createdAt = house.clock();
  const number = await takeNumbers(tx, 'payment-file', 1);
  const messageId = `KV${on.replaceAll('-', '')}-${String(number).padStart(6, '0')}`;
  const dated = payouts.map((payout) => ({
    payout,
    executionDate: bankDayOnOrAfter(calendar, payout.executionDate > on ? payout.executionDate : on),
  }));
  const groups = Map.groupBy(dated, (item) =>
    [item.executionDate, item.payout.currency, debitedAs(paying, item.payout)].join(' '),
  );
  const names = [...groups.keys()].toSorted();
  const file = await storePaymentFile(tx, {
    messageId,
    fromAccount: account,
    version: paying.terms.version,
    createdAt,
    payments: payouts.length,
    amount: sum(payouts.map(({ amount }) => amount)),
  });
  const frozen = names.flatMap((name, group) =>
    (groups.get(name) ?? []).map((item) => ({ ...item, paymentInformationId: `${messageId}-G${group + 1}` })),
  );
  await setFrozen(
    tx,
    frozen.map(({ payout, executionDate, paymentInformationId }, index) => ({
      id: payout.id,
      instructionId: `${messageId}-${index + 1}`,
      paymentInformationId,
      executionDate,
    })),
    file,
  );
}

const sendNextFile = (house: House): Promise<PaymentFileRow | undefined> =>
  inTransaction(house.database, async (tx) => {
    const file = await lockUnsentFile(tx);
    if (!file) return undefined;
    const payouts = await loadPayouts(tx, { scope: 'bureau', paymentFile: file.id }, { lock: true });
    const bytes = render(house, file, payouts);
    const outgoing = { kind: 'payment-file', client: 'bank', file: null, name: `bank/${file.messageId}.xml` } as const;
    const remote = remoteFor(house.config, 'payment-file', 'bank');
    const { outbound } = await stageOutgoing(house, tx, { ...outgoing, remote }, bytes);
    await setFileOnItsWay(tx, file.id, outbound);
    await movePayouts(
      tx,
      payouts.map(({ id }) => id),
      { from: ['frozen'], to: 'sent' },
    );
    house.log.info('payment-file.sent', { messageId: file.messageId, payments: file.payments });
    return file;
  });

/** Makes the file and checks it against its rows and the bank’s rules before it may leave (IB4, §6.7 rule 4). */
function render(house: House, file: PaymentFileRow, payouts: readonly Payout[]): string {
  const { parts } = house.config;
  const writer = paymentWriter(parts);
  const calendar = calendarOfAccount(house.config, file.fromAccount);
  const made = paymentFileOf(file, payouts, payingHouse(house, file.fromAccount));
  const transactions = made.payments.flatMap((group) => group.transactions);
  assert.equal(transactions.length, file.payments, `${file.messageId}: number of payments`);
  assert.equal(sum(transactions.map(({ amount }) => amount)), file.amount, `${file.messageId}: sum of payments`);
  assert.deepEqual(
    writer.check(made, parts, (date) => isBankDay(calendar, date)),
    [],
    `${file.messageId} would be refused`,
  );
  return writer.write(made, { version: file.version, parts });
}

function paymentWriter(parts: WithFormats): PaymentWriter {
  const [format] = formatsWriting(parts, 'payments');
  assert(format, 'no format of payment files is plugged in');
  return format.writes;
}

function payingHouse({ config }: House, id: string): PayingHouse {
  const account = config.bankAccounts.get(id);
  if (account?.paymentFile === undefined)
    throw new OperatingError({
      problem: `Nothing can be paid from account ${id}: bank-accounts.yaml has no paymentFile for it.`,
      fix: 'Add it, with the agreement’s number; what is approved leaves then.',
      retry: 'never',
    });
  const { name, address, timeZone } = config.bureau;
  const party = { name, town: address.city ?? '', country: address.country };
  return { parts: config.parts, account, terms: account.paymentFile, party, timeZone };
}

/** What a payment file is made from beside its rows. */
interface PayingHouse {
  readonly parts: WithAccounts;
  readonly account: BankAccount;
  readonly terms: PaymentFileTerms;
  /** The bureau as the bank is told. */
  readonly party: PaymentParty;
  readonly timeZone: string;
}

/**
 * The payment file of frozen rows. A function of them alone, so that a file made again after a crash has the same bytes and the bank’s own
 * control finds it (reference/iso20022.md §6.7, rule 1).
 */
export function paymentFileOf(
  file: Pick<PaymentFileRow, 'messageId' | 'createdAt'>,
  payouts: readonly Payout[],
  house: PayingHouse,
): PaymentFile {
  const groups = Map.groupBy(payouts, (payout) => payout.paymentInformationId ?? '');
  return {
    messageId: file.messageId,
    createdAt: withOffset(file.createdAt, house.timeZone),
    initiator: { name: house.party.name, id: house.terms.agreementId, scheme: house.terms.scheme },
    payments: [...groups].map(([id, own]) => groupOf(id, own, house)),
  };
}

function groupOf(id: string, payouts: readonly Payout[], { parts, account, terms, party }: PayingHouse): PaymentGroup {
  const [first] = payouts;
  if (first === undefined) throw new Error(`payment ${id} has no payouts`);
  return {
    id,
    executionDate: first.executionDate,
    currency: first.currency,
    debtor: { ...party, id: terms.agreementId, scheme: terms.scheme },
    account: payingNumber(parts, account, first.receiver.account),
    bankBic: account.bic,
    serviceLevel: 'NURG',
    transactions: payouts.map(({ instructionId, amount, receiver, remittance }) => ({
      id: instructionId ?? '',
      amount,
      creditor: { name: receiver.name, town: receiver.town, country: receiver.country },
      account: receiver.account,
      remittance: { kind: 'text', text: remittance },
    })),
  };
}

/**
 * What the account is debited as for a payout: payouts of which an order must debit a number of the receiver's scheme stand in a group of their
 * own (§6.2), behind those that debit the account by its IBAN.
 */
const debitedAs = ({ parts }: Pick<PayingHouse, 'parts'>, { receiver }: Payout): string =>
  accountSchemeOf(parts, receiver.account.kind).paidFromItsLike ? receiver.account.kind : '';

const MINUTES_PER_DAY = 1440;

/** Local time with its offset from UTC: `2026-11-23T15:00:00+01:00`. */
function withOffset(at: Date, timeZone: string): string {
  const local = `${dateInZone(at, timeZone)}T${new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(at)}`;
  const utc = at.toISOString();
  const days = daysBetween(dateInZone(at, 'UTC'), dateInZone(at, timeZone));
  const offset = days * MINUTES_PER_DAY + minutesOf(local) - minutesOf(utc);
  const size = Math.abs(offset);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const minutesOf = (instant: string): number => Number(instant.slice(11, 13)) * 60 + Number(instant.slice(14, 16));
