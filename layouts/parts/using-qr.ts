import type { Invoice } from '#engine/invoice.ts';
import { formatAmount } from '#engine/money.ts';
import { giroKind, hyphenatedBankgiro, hyphenatedPlusgiro, printLegalId } from '../texts/account-numbers.ts';

/** Longer names are cut: the code is read by the numbers, and a larger symbol is harder to scan. */
const MAX_NAME_CHARACTERS = 40;

/**
 * The UsingQR text that Swedish bank apps scan (UsingQR rev. 2; sweden-bank.md §8), or undefined where there is nothing to pay or no
 * account the format knows. Amounts stay exact: they are written as JSON numbers from their decimal text.
 */
export function usingQr(invoice: Invoice): string | undefined {
  const [means] = invoice.paymentMeans;
  const account = means?.account;
  if (invoice.kind === 'creditNote' || invoice.totals.payableAmount <= 0n || account === undefined) return undefined;
  const target = paymentTarget(giroKind(account), account.id, account.branch);
  if (target === undefined) return undefined;
  const { seller, currency } = invoice;
  const members: readonly (readonly [key: string, json: string | undefined])[] = [
    ['uqr', '1'],
    ['tp', '1'],
    ['nme', JSON.stringify(cutName(seller.name))],
    ['cid', seller.legalId === undefined ? undefined : JSON.stringify(printLegalId(seller.legalId.id))],
    ['iref', JSON.stringify(means?.reference ?? invoice.number)],
    ['idt', compactDate(invoice.issueDate)],
    ['ddt', invoice.dueDate === undefined ? undefined : compactDate(invoice.dueDate)],
    ['due', formatAmount(invoice.totals.payableAmount)],
    ['cur', currency === 'SEK' ? undefined : JSON.stringify(currency)],
    ['vat', formatAmount(invoice.totals.vatAmount)],
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
