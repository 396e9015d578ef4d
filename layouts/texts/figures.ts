import type { Decimal } from '#engine/decimal.ts';
import type { Language } from '#engine/language.ts';
import { currencyUnits, formatAmount, type Currency, type Minor } from '#engine/money.ts';

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
  const unit = currencyUnits[currency]?.[language] ?? currency;
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

/** Words for the units of UN/ECE Recommendation 20 that invoices here use; Swedish beside English. */
const unitWords: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  C62: { sv: 'st', en: 'pcs' },
  EA: { sv: 'st', en: 'pcs' },
  H87: { sv: 'st', en: 'pcs' },
  XPP: { sv: 'st', en: 'pcs' },
  PR: { sv: 'par', en: 'pairs' },
  SET: { sv: 'set', en: 'sets' },
  XPK: { sv: 'pkt', en: 'packs' },
  XBX: { sv: 'krt', en: 'boxes' },
  XPX: { sv: 'pall', en: 'pallets' },
  NAR: { sv: 'art', en: 'items' },
  SEC: { sv: 's', en: 's' },
  MIN: { sv: 'min', en: 'min' },
  HUR: { sv: 'tim', en: 'h' },
  DAY: { sv: 'dag', en: 'days' },
  WEE: { sv: 'v', en: 'weeks' },
  MON: { sv: 'mån', en: 'months' },
  QAN: { sv: 'kvartal', en: 'quarters' },
  ANN: { sv: 'år', en: 'years' },
  MMT: { sv: 'mm', en: 'mm' },
  CMT: { sv: 'cm', en: 'cm' },
  MTR: { sv: 'm', en: 'm' },
  KMT: { sv: 'km', en: 'km' },
  LM: { sv: 'lpm', en: 'lin. m' },
  MTK: { sv: 'm²', en: 'm²' },
  HAR: { sv: 'ha', en: 'ha' },
  MTQ: { sv: 'm³', en: 'm³' },
  MLT: { sv: 'ml', en: 'ml' },
  LTR: { sv: 'l', en: 'l' },
  GRM: { sv: 'g', en: 'g' },
  KGM: { sv: 'kg', en: 'kg' },
  TNE: { sv: 'ton', en: 't' },
  KWH: { sv: 'kWh', en: 'kWh' },
  MWH: { sv: 'MWh', en: 'MWh' },
  KWT: { sv: 'kW', en: 'kW' },
  AMP: { sv: 'A', en: 'A' },
  P1: { sv: '%', en: '%' },
  '4L': { sv: 'MB', en: 'MB' },
  E34: { sv: 'GB', en: 'GB' },
};

/** The word for a unit code; a code without one is printed as it is, since it is what the sender wrote. */
export const unitWord = (code: string, language: Language): string => unitWords[code]?.[language] ?? code;
