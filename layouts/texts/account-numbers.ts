import type { PaymentAccount, PaymentMeans } from '#engine/invoice.ts';

export type GiroKind = 'bankgiro' | 'plusgiro' | 'iban' | 'account';

/** What kind of number a payment account has: the branch tells (EN 16931 BT-86 in Swedish use), else the number's own form. */
export function giroKind(account: PaymentAccount): GiroKind {
  if (account.branch === 'SE:BANKGIRO') return 'bankgiro';
  if (account.branch === 'SE:PLUSGIRO') return 'plusgiro';
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(account.id) ? 'iban' : 'account';
}

/**
 * A bankgiro as people write it: seven digits 991-2346, eight digits 5555-5551 (the last four stand after the hyphen). A plusgiro has
 * its check digit after the hyphen and blanks before every pair: 12 34 56-7. An IBAN is in groups of four.
 */
export function printAccount(account: PaymentAccount): string {
  const kind = giroKind(account);
  if (kind === 'bankgiro') return hyphenatedBankgiro(account.id);
  if (kind === 'plusgiro') return hyphenatedPlusgiro(account.id).replaceAll(/\B(?=(\d\d)+-)/g, '\u00a0');
  return kind === 'iban' ? account.id.replaceAll(/(.{4})(?=.)/g, '$1\u00a0') : account.id;
}

export const hyphenatedBankgiro = (digits: string): string => `${digits.slice(0, -4)}-${digits.slice(-4)}`;
export const hyphenatedPlusgiro = (digits: string): string => `${digits.slice(0, -1)}-${digits.slice(-1)}`;

/** UNCL4461: 49 direct debit, 59 SEPA direct debit. */
export const isDirectDebit = (means: PaymentMeans): boolean => means.code === '49' || means.code === '59';

/** A Swedish organisation number as people write it: 556000-4615. */
export const printLegalId = (id: string): string => (/^\d{10}$/.test(id) ? `${id.slice(0, 6)}-${id.slice(6)}` : id);
