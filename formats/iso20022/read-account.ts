import { childOf, textAt, type MessagePart } from './message-part.ts';
import type { BankAccountName } from '#engine/matching/bank-file.ts';

/** Reads `Acct`, `DbtrAcct` or `CdtrAcct`: IBAN, else another number with its scheme, else a proxy such as a telephone number (from 08). */
export function readAccount(account: MessagePart | undefined): BankAccountName | undefined {
  const iban = textAt(account, 'Id', 'IBAN');
  if (iban !== undefined) return { scheme: 'IBAN', id: compact(iban) };
  const other = childOf(childOf(account, 'Id'), 'Othr');
  const id = textAt(other, 'Id');
  if (id !== undefined) return named(id, textAt(other, 'SchmeNm', 'Cd') ?? textAt(other, 'SchmeNm', 'Prtry'));
  const proxy = textAt(account, 'Prxy', 'Id');
  return proxy === undefined ? undefined : { scheme: 'PROPRIETARY', id: compact(proxy) };
}

/** SEB names the bankgiro of a deposit in its entry reference: `BG52827999 00444-0010452` (reference/iso20022.md §2.8, §3.1). */
export function bankgiroOfEntryReference(reference: string | undefined): BankAccountName | undefined {
  const match = /^BG(\d{1,8})(?!\d)/.exec(reference ?? '');
  return match === null ? undefined : giro('BANKGIRO', match[1]!);
}

export const isGiro = (account: BankAccountName | undefined): boolean =>
  account?.scheme === 'BANKGIRO' || account?.scheme === 'PLUSGIRO';

function named(id: string, scheme: string | undefined): BankAccountName {
  if (scheme === 'BGNR') return giro('BANKGIRO', id);
  if (scheme === 'PGNR') return giro('PLUSGIRO', id);
  return { scheme: scheme === 'BBAN' ? 'BBAN' : 'PROPRIETARY', id: compact(id) };
}

/** Banks write giro numbers with hyphen, blanks, or zeros from the left (§3.1): one number has one form here. */
const giro = (scheme: 'BANKGIRO' | 'PLUSGIRO', id: string): BankAccountName => ({
  scheme,
  id: id.replaceAll(/\D/g, '').replace(/^0+/, ''),
});

const compact = (id: string): string => id.replaceAll(/\s/g, '').toUpperCase();
