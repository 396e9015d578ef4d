import type { Decimal } from '#engine/decimal.ts';
import type { Language } from '#engine/language.ts';
import { formatAmount, type Currency, type Minor } from '#engine/money.ts';

/** A no-break space groups thousands in Swedish (Svenska skrivregler) and keeps figure and unit on one line. */
export const NO_BREAK_SPACE = '\u00a0';
const MINUS = '\u2212';

const marks: Readonly<Record<Language, { readonly group: string; readonly point: string }>> = {
  sv: { group: NO_BREAK_SPACE, point: ',' },
  en: { group: ',', point: '.' },
};

/** An amount as printed, `1 234,50`; below zero with a real minus sign. */
export const printAmount = (amount: Minor, language: Language): string => printDigits(formatAmount(amount), language);

/** An amount with its currency: `1 234,50 kr` for kronor in Swedish, otherwise the ISO code: `1,234.50 EUR`. */
export function printMoney(amount: Minor, currency: Currency, language: Language): string {
  const unit = currency === 'SEK' && language === 'sv' ? 'kr' : currency;
  return `${printAmount(amount, language)}${NO_BREAK_SPACE}${unit}`;
}

/** A quantity, price or rate with the decimals it has. */
export const printDecimal = (value: Decimal, language: Language): string => printDigits(value, language);

/** A price with at least two decimals, as amounts have. */
export function printPrice(value: Decimal, language: Language): string {
  const [whole = '0', fraction = ''] = value.split('.');
  return printDigits(`${whole}.${fraction.padEnd(2, '0')}`, language);
}

export const printPercent = (rate: Decimal, language: Language): string => `${printDecimal(rate, language)}${NO_BREAK_SPACE}%`;

function printDigits(canonical: string, language: Language): string {
  const { group, point } = marks[language];
  const negative = canonical.startsWith('-');
  const [whole = '', fraction] = (negative ? canonical.slice(1) : canonical).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, group);
  return `${negative ? MINUS : ''}${grouped}${fraction === undefined ? '' : point + fraction}`;
}
