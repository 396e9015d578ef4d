import type { PaymentAccount } from '#engine/invoice.ts';
import { formatAmount } from '#engine/money.ts';
import type { PaymentCode } from '../slip.ts';

/**
 * The UsingQR text that Swedish bank apps scan (UsingQR rev. 2; sweden-bank.md §8), or undefined for an account the format does not
 * know. Amounts stay exact: they are written as JSON numbers from their decimal text.
 */
export const usingQr: PaymentCode = (payment, { id }) => {
  const { account, currency, dueDate, legalId, vatAmount } = payment;
  const target = paymentTarget(id, account);
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
};

type Target = readonly (readonly [key: string, json: string | undefined])[];

function paymentTarget(scheme: string, { id, branch }: PaymentAccount): Target | undefined {
  const account = (type: string, text: string): Target => [
    ['pt', JSON.stringify(type)],
    ['acc', JSON.stringify(text)],
  ];
  if (scheme === 'bankgiro') return account('BG', `${id.slice(0, -4)}-${id.slice(-4)}`);
  if (scheme === 'plusgiro') return account('PG', `${id.slice(0, -1)}-${id.slice(-1)}`);
  // A foreign account needs its bank's code (key bc).
  return scheme === 'iban' && branch !== undefined ? [...account('IBAN', id), ['bc', JSON.stringify(branch)]] : undefined;
}

const compactDate = (date: string): string => JSON.stringify(date.replaceAll('-', ''));

const cutName = (name: string): string => Array.from(name).slice(0, MAX_NAME_CHARACTERS).join('').trim();

/** Longer names are cut: the code is read by the numbers, and a larger symbol is harder to scan. */
const MAX_NAME_CHARACTERS = 40;

/** An organisation number as people write it: 556000-4615. */
const printLegalId = (id: string): string => (/^\d{10}$/.test(id) ? `${id.slice(0, 6)}-${id.slice(6)}` : id);
