import type { MessagePart } from './message-part.ts';
import { isCurrency, MAX_AMOUNT, type Currency, type Minor } from '#engine/money.ts';

/**
 * Reads an amount of these messages: digits with at most 17 decimals, of which those beyond the minor unit must be zeros (`8625.000`);
 * leading zeros and a plus sign are taken, a minus, an exponent and an amount over MAX_AMOUNT are not (reference/iso20022.md §2.6).
 */
export function readBankAmount(text: string): Minor | null {
  const match = /^\+?(\d{1,20})(?:\.(\d{0,17}))?$/.exec(text.trim());
  if (match === null) return null;
  const [, whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(2))) return null;
  const minor = BigInt(whole + fraction.slice(0, 2).padEnd(2, '0'));
  return minor > MAX_AMOUNT ? null : minor;
}

/** An amount with its currency; null where either cannot be used. */
export function readMoneyPart(part: MessagePart | undefined): { readonly amount: Minor; readonly currency: Currency } | null {
  if (part === undefined || !isCurrency(part.currency)) return null;
  const amount = readBankAmount(part.text);
  return amount === null ? null : { amount, currency: part.currency };
}

/** `CRDT` raises the account's balance, `DBIT` lowers it, whatever RvslInd says (§2.6); null for anything else. */
export function readDirection(text: string | undefined): 1n | -1n | null {
  if (text === 'CRDT') return 1n;
  return text === 'DBIT' ? -1n : null;
}

/** What a finding shows of an amount: as it stood, with its currency. */
export const shownAmount = (part: MessagePart | undefined): string =>
  part === undefined ? '' : `${part.text.trim()} ${part.currency}`.trim();
