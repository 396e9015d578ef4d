import { payingNumber, type BankAccount, type PaymentFileTerms } from '#engine/bank-account.ts';
import { dateInZone, daysBetween } from '#engine/iso-date.ts';
import type { PaymentFile, PaymentGroup, PaymentParty } from '#engine/payment-file.ts';
import type { Payout } from '#engine/payout.ts';
import { accountSchemeOf, type WithAccounts } from '#engine/sockets/account-scheme.ts';
import type { PaymentFileRow } from '#engine/store/payment-files.ts';

/** What a payment file is made from beside its rows. */
export interface PayingHouse {
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
export const debitedAs = ({ parts }: Pick<PayingHouse, 'parts'>, { receiver }: Payout): string =>
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
