import type { CsvDateFormat, CsvMapping } from '#engine/csv-mapping.ts';
import { parseDecimal, type Decimal } from '#engine/decimal.ts';
import { parseIsoDate, type IsoDate } from '#engine/iso-date.ts';

/** How a mapping writes its numbers. */
export type NumberStyle = Pick<CsvMapping, 'decimalMark' | 'thousandsMark'>;

/**
 * Reads a number written by the mapping's marks, strictly: `1 234,50` with space and comma, never `1,234.50` as well. A minus stands
 * first; exponents, plus signs, trailing signs, `NaN` and groups that are not of three digits give null (reliability.md XC6).
 */
export function parseCsvDecimal(text: string, style: NumberStyle): Decimal | null {
  const match = numberPattern(style).exec(text);
  if (!match) return null;
  const [, sign = '', whole = '', fraction] = match;
  const digits = whole.replaceAll(/\D/g, '');
  return parseDecimal(sign + digits + (fraction === undefined ? '' : `.${fraction}`));
}

const patterns = new Map<string, RegExp>();

function numberPattern({ decimalMark, thousandsMark }: NumberStyle): RegExp {
  const key = decimalMark + thousandsMark;
  const known = patterns.get(key);
  if (known) return known;
  const grouped = thousandsMark === 'none' ? '' : `|\\d{1,3}(?:${thousandsClass(thousandsMark)}\\d{3})+`;
  const pattern = new RegExp(`^(-?)(\\d+${grouped})(?:[${decimalMark}](\\d+))?$`);
  patterns.set(key, pattern);
  return pattern;
}

/** A thousands space may be any of the spaces that programs write: plain, no-break, narrow no-break. */
const thousandsClass = (mark: ' ' | '.' | ','): string => (mark === ' ' ? '[ \\u00a0\\u202f]' : `[${mark}]`);

/** In `YYMMDD`, 00–89 are the years 2000–2089 and 90–99 are 1990–1999: the window of the dates that Kuvert accepts at all. */
export const FIRST_YEAR_OF_WINDOW = 90;

const dateOrder: Readonly<Record<CsvDateFormat, RegExp>> = {
  'YYYY-MM-DD': /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})$/,
  YYYYMMDD: /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
  YYMMDD: /^(?<y>\d{2})(?<m>\d{2})(?<d>\d{2})$/,
  'DD.MM.YYYY': /^(?<d>\d{2})\.(?<m>\d{2})\.(?<y>\d{4})$/,
  'DD/MM/YYYY': /^(?<d>\d{2})\/(?<m>\d{2})\/(?<y>\d{4})$/,
};

/** Reads an existing day in exactly the given format; null for anything else (reliability.md XC7). */
export function parseCsvDate(text: string, format: CsvDateFormat): IsoDate | null {
  const parts = dateOrder[format].exec(text)?.groups;
  if (!parts) return null;
  const { y = '', m = '', d = '' } = parts;
  const year = y.length === 2 ? `${Number(y) >= FIRST_YEAR_OF_WINDOW ? '19' : '20'}${y}` : y;
  return parseIsoDate(`${year}-${m}-${d}`);
}
