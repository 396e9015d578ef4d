import type { Invoice, PaymentAccount } from '#engine/invoice.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import { formatAmount, type Currency, type Minor } from '#engine/money.ts';
import { giroKind, hyphenatedBankgiro, hyphenatedPlusgiro, printLegalId } from '../texts/account-numbers.ts';

/** Longer names are cut: the code is read by the numbers, and a larger symbol is harder to scan. */
const MAX_NAME_CHARACTERS = 40;

/** What a payment code asks for. */
export interface CodedPayment {
  readonly name: string;
  readonly legalId: string | undefined;
  readonly reference: string;
  readonly issueDate: IsoDate;
  readonly dueDate: IsoDate | undefined;
  readonly amount: Minor;
  /** Absent where the letter is no invoice. */
  readonly vatAmount?: Minor;
  readonly currency: Currency;
  readonly account: PaymentAccount;
}

/** The code of an invoice, or undefined where there is nothing to pay or no account the format knows. */
export function invoiceQr(invoice: Invoice): string | undefined {
  const [means] = invoice.paymentMeans;
  const account = means?.account;
  if (invoice.kind === 'creditNote' || invoice.totals.payableAmount <= 0n || account === undefined) return undefined;
  const { seller, currency, issueDate, dueDate, totals } = invoice;
  return usingQr({
    name: seller.name,
    legalId: seller.legalId?.id,
    reference: means?.reference ?? invoice.number,
    issueDate,
    dueDate,
    amount: totals.payableAmount,
    vatAmount: totals.vatAmount,
    currency,
    account,
  });
}

/**
 * The UsingQR text that Swedish bank apps scan (UsingQR rev. 2; sweden-bank.md §8), or undefined for an account the format does not
 * know. Amounts stay exact: they are written as JSON numbers from their decimal text.
 */
export function usingQr(payment: CodedPayment): string | undefined {
  const { account, currency, dueDate, legalId, vatAmount } = payment;
  const target = paymentTarget(giroKind(account), account.id, account.branch);
  if (target === undefined) return undefined;
  const members: readonly (readonly [key: string, json: string | undefined])[] = [
    ['uqr', '1'],
    ['tp', '1'],
    ['nme', JSON.stringify(cutName(payment.name))],
    ['cid', legalId === undefined ? undefined : JSON.stringify(printLegalId(legalId))],
    ['iref', JSON.stringify(payment.reference)],
    ['idt', compactDate(payment.issueDate)],
    ['ddt', dueDate === undefined ? undefined : compactDate(dueDate)],
    ['due', formatAmount(payment.amount)],
    ['cur', currency === 'SEK' ? undefined : JSON.stringify(currency)],
    ['vat', vatAmount === undefined ? undefined : formatAmount(vatAmount)],
    ...target,
  ];
  const written = members.flatMap(([key, json]) => (json === undefined ? [] : [`${JSON.stringify(key)}:${json}`]));
  return `{${written.join(',')}}`;
}

type Target = readonly (readonly [key: string, json: string | undefined])[];

function paymentTarget(kind: ReturnType<typeof giroKind>, id: string, branch: string | undefined): Target | undefined {
  const account = (type: string, text: string): Target => [
    ['pt', JSON.stringify(type)],
    ['acc', JSON.stringify(text)],
  ];
  if (kind === 'bankgiro') return account('BG', hyphenatedBankgiro(id));
  if (kind === 'plusgiro') return account('PG', hyphenatedPlusgiro(id));
  // A foreign account needs its bank's code (key bc).
  return kind === 'iban' && branch !== undefined ? [...account('IBAN', id), ['bc', JSON.stringify(branch)]] : undefined;
}

const compactDate = (date: string): string => JSON.stringify(date.replaceAll('-', ''));

const cutName = (name: string): string => Array.from(name).slice(0, MAX_NAME_CHARACTERS).join('').trim();
