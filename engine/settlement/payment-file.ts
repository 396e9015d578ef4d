import type { IsoDate } from '../iso-date.ts';
import { sum, type Currency, type Minor, absolute, formatAmount, MAX_AMOUNT } from '../money.ts';
import { type AccountNumber, accountKey, accountSchemeOf, type WithAccounts } from '../sockets/account-scheme.ts';
import { finding, type Finding } from '../finding.ts';
import { paymentText } from '../payment-text.ts';
import { referenceSchemeOf, type PaymentParts } from '../sockets/reference-scheme.ts';
import type { ClientId } from '../agreement.ts';

/**
 * A payment file as the bank will get it. All its ids are given out before it is written and never changed, so that writing it again gives
 * the same bytes and the bank's own control finds a file that is sent twice (reference/iso20022.md §6.7).
 */
export interface PaymentFile {
  readonly messageId: string;
  /** When the payout was frozen, with offset, such as `2026-11-23T06:00:00+01:00`. */
  readonly createdAt: string;
  readonly initiator: PaymentInitiator;
  /** One for each date, account and currency; an account in another form is another account (Swedbank, §6.2). */
  readonly payments: readonly PaymentGroup[];
}

/** Who sends the file, as the agreement with the bank names it. */
export interface PaymentInitiator {
  readonly name: string;
  readonly id: string;
  readonly scheme: 'CUST' | 'BANK';
}

/** Payments of one day from one account. */
export interface PaymentGroup {
  readonly id: string;
  readonly executionDate: IsoDate;
  readonly currency: Currency;
  readonly debtor: PaymentParty & { readonly id: string; readonly scheme: 'CUST' | 'BANK' };
  /** The account that is debited, in the form that the bank is told it by. */
  readonly account: AccountNumber;
  /** BIC of the bank that holds the account. */
  readonly bankBic: string;
  readonly serviceLevel: 'NURG' | 'SDVA' | 'URGP' | 'SEPA';
  readonly transactions: readonly OutgoingPayment[];
}

export interface PaymentParty {
  readonly name: string;
  readonly town: string;
  /** ISO 3166, two letters. */
  readonly country: string;
}

export interface OutgoingPayment {
  /** Instruction id and end-to-end id in one: unique for ever. */
  readonly id: string;
  /** Positive, in the group's currency. */
  readonly amount: Minor;
  readonly creditor: PaymentParty;
  readonly account: AccountNumber;
  readonly remittance: Remittance;
}

type Remittance =
  | { readonly kind: 'reference'; readonly reference: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'documents'; readonly documents: readonly RemittanceDocument[] };

/** An invoice that is paid, or a credit note that is taken off. */
export interface RemittanceDocument {
  readonly kind: 'invoice' | 'credit-note';
  readonly number: string;
  /** Positive in both kinds. */
  readonly amount: Minor;
}

/** What the documents of a payment come to. */
const documentSum = (documents: readonly RemittanceDocument[]): Minor =>
  sum(documents.map(({ kind, amount }) => (kind === 'credit-note' ? -amount : amount)));

/** Nordea's limits, the narrowest that are published (reference/iso20022.md §6.6). */
const MAX_PAYMENTS = 9999;
const MAX_TRANSACTIONS = 9999;
/** Of a whole file, so that it can be read again in memory before it leaves. */
const MAX_FILE_TRANSACTIONS = 50_000;
const MAX_DOCUMENTS = 300;
const MAX_DOCUMENT_NUMBER_CHARACTERS = 25;
const MAX_ID_CHARACTERS = 35;
const MAX_NAME_CHARACTERS = 140;
const MAX_TOWN_CHARACTERS = 35;
const MAX_TEXT_CHARACTERS = 140;

/**
 * What the bank would refuse, or pay to nobody: ids, amounts, check digits of accounts, parties with town and country, remittance, dates and
 * limits (reference/iso20022.md §6.3 to §6.7). None means that the file can be written.
 */
export function checkPaymentFile(
  file: PaymentFile,
  parts: PaymentParts,
  isBankDay: (date: IsoDate) => boolean,
): readonly Finding[] {
  return [...checkIds(file), ...checkShape(file), ...file.payments.flatMap((group) => checkGroup(group, parts, isBankDay))];
}

function checkIds(file: PaymentFile): readonly Finding[] {
  const ids = [{ field: 'MsgId', id: file.messageId }, ...file.payments.map(({ id }) => ({ field: 'PmtInfId', id }))];
  const own = file.payments.flatMap(({ transactions }) => transactions.map(({ id }) => ({ field: 'EndToEndId', id })));
  return [...wrongIds(ids), ...wrongIds(own)];
}

function wrongIds(ids: readonly { readonly field: string; readonly id: string }[]): readonly Finding[] {
  const seen = new Set<string>();
  return ids.flatMap(({ field, id }) => {
    const isGood = id.length <= MAX_ID_CHARACTERS && /^[A-Z0-9][A-Z0-9-]*$/.test(id) && !seen.has(id);
    seen.add(id);
    return isGood ? [] : [finding('PAY-IDENTIFIER', { field, value: id })];
  });
}

/** Counts, and groups that the bank would want as one. */
function checkShape({ payments, initiator }: PaymentFile): readonly Finding[] {
  const count = payments.reduce((total, { transactions }) => total + transactions.length, 0);
  const findings = [
    ...checkCount('PmtInf', payments.length, MAX_PAYMENTS),
    ...checkCount('CdtTrfTxInf', count, MAX_FILE_TRANSACTIONS),
  ];
  if (paymentText(initiator.name) === '' || !/^[A-Za-z0-9-]{1,35}$/.test(initiator.id)) {
    findings.push(finding('PAY-PARTY', { field: 'InitgPty', value: `${initiator.name} ${initiator.id}` }));
  }
  const seen = new Set<string>();
  for (const group of payments) {
    const key = [group.executionDate, group.currency, accountKey(group.account), group.serviceLevel].join(' ');
    if (seen.has(key)) findings.push(finding('PAY-GROUP', { field: group.id, value: key }));
    seen.add(key);
  }
  return findings;
}

const checkCount = (field: string, count: number, maximum: number): readonly Finding[] =>
  count >= 1 && count <= maximum
    ? []
    : [finding('PAY-LIMIT', { field, value: String(count), facts: { maximum: String(maximum) } })];

function checkGroup(group: PaymentGroup, parts: PaymentParts, isBankDay: (date: IsoDate) => boolean): readonly Finding[] {
  const findings = [...checkCount(group.id, group.transactions.length, MAX_TRANSACTIONS), ...checkParty(group.id, group.debtor)];
  const add = (code: 'PAY-DATE' | 'PAY-ACCOUNT', value: string): void => {
    findings.push(finding(code, { field: group.id, value }));
  };
  if (!isBankDay(group.executionDate)) add('PAY-DATE', group.executionDate);
  if (!isPayable(parts, group.account)) add('PAY-ACCOUNT', accountKey(group.account));
  if (!isBic(group.bankBic)) add('PAY-ACCOUNT', group.bankBic);
  return [...findings, ...group.transactions.flatMap((payment) => checkTransaction(payment, group, parts))];
}

function checkTransaction(payment: OutgoingPayment, group: PaymentGroup, parts: PaymentParts): readonly Finding[] {
  const { id, amount, account } = payment;
  const findings = [...checkParty(id, payment.creditor)];
  const details = (value: string) => ({ field: id, value, document: id });
  if (amount <= 0n || amount > MAX_AMOUNT) findings.push(finding('PAY-AMOUNT', details(formatAmount(amount))));
  if (!isPayable(parts, account)) findings.push(finding('PAY-ACCOUNT', details(accountKey(account))));
  if (accountSchemeOf(parts, account.kind).paidFromItsLike && group.account.kind !== account.kind) {
    findings.push(finding('PAY-GROUP', { ...details(accountKey(account)), field: group.id }));
  }
  if (!isSendable(payment, parts)) findings.push(finding('PAY-REMITTANCE', details(shownRemittance(payment.remittance))));
  return findings;
}

function checkParty(field: string, { name, town, country }: PaymentParty): readonly Finding[] {
  const isGood = isText(name, MAX_NAME_CHARACTERS) && isText(town, MAX_TOWN_CHARACTERS) && /^[A-Z]{2}$/.test(country);
  return isGood ? [] : [finding('PAY-PARTY', { field, value: `${name}, ${town}, ${country}` })];
}

/** Something is left of the text in the bank's characters, and it fits. */
function isText(text: string, maximum: number): boolean {
  const written = paymentText(text);
  return /[A-Za-z0-9åäöÅÄÖ]/.test(written) && written.length <= maximum;
}

function isPayable(parts: WithAccounts, { kind, number }: AccountNumber): boolean {
  const { order, isValid } = accountSchemeOf(parts, kind);
  return order !== undefined && isValid(number);
}

const isBic = (text: string): boolean => /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(text);

/** §6.4: a reference only to an account whose payments carry such, two documents at least, and their sum is the amount. */
function isSendable({ remittance, account, amount }: OutgoingPayment, parts: PaymentParts): boolean {
  switch (remittance.kind) {
    case 'reference':
      return accountSchemeOf(parts, account.kind).references.some((id) =>
        referenceSchemeOf(parts, id).isValid(remittance.reference),
      );
    case 'text':
      return isText(remittance.text, MAX_TEXT_CHARACTERS);
    case 'documents':
      return (
        remittance.documents.length >= 2 &&
        remittance.documents.length <= MAX_DOCUMENTS &&
        remittance.documents.every((item) => item.amount > 0n && isText(item.number, MAX_DOCUMENT_NUMBER_CHARACTERS)) &&
        documentSum(remittance.documents) === amount
      );
  }
}

function shownRemittance(remittance: Remittance): string {
  if (remittance.kind === 'reference') return remittance.reference;
  if (remittance.kind === 'text') return remittance.text;
  return `${remittance.documents.map(({ number }) => number).join(', ')}: ${formatAmount(absolute(documentSum(remittance.documents)))}`;
}

/**
 * Where a payout stands (reference/iso20022.md §6.7): planned → approved by a second person → frozen with its ids → sent to the bank →
 * accepted (pain.002) → settled (the account was debited) → returned. Rejected, returned and cancelled payouts owe the money again;
 * one whose fate is unknown never gets new ids.
 */
export const payoutStates = [
  'planned',
  'approved',
  'frozen',
  'sent',
  'accepted',
  'settled',
  'rejected',
  'returned',
  'cancelled',
] as const;
export type PayoutState = (typeof payoutStates)[number];

/** Money that leaves: to a client, or back to a payer. */
export interface Payout {
  readonly id: bigint;
  readonly client: ClientId;
  readonly kind: 'client' | 'refund';
  readonly settlement: bigint | null;
  /** Of a refund: the payment that is given back. */
  readonly payment: bigint | null;
  readonly amount: Minor;
  readonly currency: Currency;
  /** By its name in the configuration. */
  readonly fromAccount: string;
  readonly receiver: PayoutParty;
  readonly remittance: string;
  readonly executionDate: IsoDate;
  readonly state: PayoutState;
  /** Of the transfer and of its group in the file; given once, when it is frozen. */
  readonly instructionId: string | null;
  readonly paymentInformationId: string | null;
  readonly paymentFile: bigint | null;
  readonly plannedBy: string;
  readonly approvedBy: string | null;
  readonly bankStatus: string | null;
  readonly bankReason: string | null;
  readonly settledOn: IsoDate | null;
}

/** Who gets the money and where. */
export interface PayoutParty {
  readonly account: AccountNumber;
  readonly name: string;
  readonly town: string;
  readonly country: string;
}

/** The account as people write and compare it: its kind, and the number in normal form. */
export const receiverText = ({ kind, number }: AccountNumber): string => `${kind === 'iban' ? 'IBAN' : kind} ${number}`;
