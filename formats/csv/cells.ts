import type { CsvRow } from './rows.ts';
import { cleanText } from '../text/decode.ts';
import type { CsvField, CsvMapping, CsvDateFormat } from '#engine/csv-mapping.ts';
import { type Decimal, parseDecimal } from '#engine/decimal.ts';
import { finding, type DetailsOf, type Finding, type FindingCodeName } from '#engine/finding.ts';
import { type IsoDate, parseIsoDate } from '#engine/iso-date.ts';
import { absolute, MAX_AMOUNT, parseAmount, type Minor } from '#engine/money.ts';

/**
 * Reads the fields of one row by the mapping. A field that is not there, or is blank, is undefined; one that cannot be read is undefined
 * and reported, once however often it is asked for.
 */
export interface CellReader {
  readonly text: (field: CsvField) => string | undefined;
  readonly decimal: (field: CsvField) => Decimal | undefined;
  readonly amount: (field: CsvField) => Minor | undefined;
  readonly date: (field: CsvField) => IsoDate | undefined;
  readonly choice: <T extends string>(field: CsvField, allowed: readonly T[]) => T | undefined;
  readonly report: <Code extends FindingCodeName>(code: Code, field: CsvField, ...details: DetailsOf<Code>) => void;
}

export interface CellSource {
  readonly row: CsvRow;
  readonly columns: Columns;
  readonly mapping: CsvMapping;
  /** The document's number, for its findings. */
  readonly document: string | undefined;
  readonly findings: Finding[];
}

export function cellReader(source: CellSource): CellReader {
  const { mapping, findings, document } = source;
  const reported = new Map<CsvField, FindingCodeName>();
  const report: CellReader['report'] = (code, field, ...details) => {
    // What could not be read is not missing as well.
    const before = reported.get(field);
    if (before === code || (before !== undefined && code === 'CSV-VALUE-MISSING')) return;
    reported.set(field, code);
    findings.push({
      ...finding(code, ...details),
      ...fieldPlace(source, field),
      ...(document === undefined ? {} : { document }),
    });
  };
  const text = (field: CsvField): string | undefined => readText(source, field, report);
  const parsed = <T>(field: CsvField, parse: (value: string) => T | null, refuse: (value: string) => void): T | undefined => {
    const value = text(field);
    if (value === undefined) return undefined;
    const result = parse(value);
    if (result === null) refuse(value);
    return result ?? undefined;
  };
  const decimal = (field: CsvField): Decimal | undefined =>
    parsed(
      field,
      (given) => parseCsvDecimal(given, mapping),
      (value) => report('CSV-NOT-A-NUMBER', field, { value, facts: { example: numberExample(mapping) } }),
    );
  return {
    text,
    decimal,
    amount: (field) => {
      const value = decimal(field);
      return value === undefined ? undefined : amountOf(value, field, report);
    },
    date: (field) =>
      parsed(
        field,
        (given) => parseCsvDate(given, mapping.dateFormat),
        (value) => report('CSV-NOT-A-DATE', field, { value, facts: { format: mapping.dateFormat } }),
      ),
    choice: (field, allowed) =>
      parsed(
        field,
        (given) => allowed.find((item) => item === given) ?? null,
        (value) => report('CSV-NOT-ALLOWED', field, { value, facts: { allowed: allowed.join(', ') } }),
      ),
    report,
  };
}

/** Line, column and heading of a field in a row. */
export function fieldPlace({ row, columns }: Pick<CellSource, 'row' | 'columns'>, field: CsvField) {
  const index = columns.indexes.get(field);
  return {
    line: row.line,
    ...(index === undefined ? {} : { column: index + 1 }),
    field: columns.headings.get(field) ?? field,
  };
}

/** The cell as it stands, or the mapping's constant for a field that the file does not carry. */
export function rawText({ row, columns, mapping }: Pick<CellSource, 'row' | 'columns' | 'mapping'>, field: CsvField): string {
  const index = columns.indexes.get(field);
  return (index === undefined ? mapping.constants[field] : row.cells[index]) ?? '';
}

function readText(source: CellSource, field: CsvField, report: CellReader['report']): string | undefined {
  const raw = rawText(source, field);
  if (raw === '') return undefined;
  const { text, removed } = cleanText(raw);
  if (removed) report('TEXT-CONTROL-REMOVED', field);
  if (text === '') return undefined;
  const table = source.mapping.values[field];
  if (table === undefined || !source.columns.indexes.has(field)) return text;
  if (Object.hasOwn(table, text)) return table[text];
  report('CSV-NOT-ALLOWED', field, { value: text, facts: { allowed: Object.keys(table).join(', ').slice(0, 200) } });
  return undefined;
}

function amountOf(value: Decimal, field: CsvField, report: CellReader['report']): Minor | undefined {
  const amount = parseAmount(value);
  if (amount === null) report('CSV-AMOUNT-DECIMALS', field, { value });
  else if (absolute(amount) > MAX_AMOUNT) report('CSV-AMOUNT-TOO-LARGE', field, { value });
  else return amount;
  return undefined;
}

const numberExample = ({ decimalMark, thousandsMark }: CsvMapping): string =>
  `1${thousandsMark === 'none' ? '' : thousandsMark}234${decimalMark}50`;

/** Where each field of a mapping stands in the rows of one file. */
export interface Columns {
  /** Index of the cell, from 0. */
  readonly indexes: ReadonlyMap<CsvField, number>;
  /** What the sender calls the column; in a file without headings, our name of the field. */
  readonly headings: ReadonlyMap<CsvField, string>;
  /** Cells that every row must have, and the most it may have with content. */
  readonly cellsNeeded: number;
  readonly cellsAllowed: number;
}

/** Columns of a file without a heading row. */
export function columnsByPosition(mapping: CsvMapping): Columns {
  const entries = fieldsOf(mapping).map(([field, position]) => [field, Number(position) - 1] as const);
  const cellsNeeded = Math.max(...entries.map(([, index]) => index + 1));
  return {
    indexes: new Map(entries),
    headings: new Map(entries.map(([field]) => [field, field])),
    cellsNeeded,
    cellsAllowed: Number.POSITIVE_INFINITY,
  };
}

/**
 * Columns of a file by its heading row: in any order, but each heading once, all that the mapping reads present, and none that it
 * neither reads nor ignores. Anything else is a finding, since a moved or renamed column would put amounts in the wrong place.
 */
export function columnsByHeading(row: CsvRow, mapping: CsvMapping): Columns | Finding {
  const names = withoutBlankTail(row.cells.map((cell) => cell.trim()));
  const place = (index: number) => ({ line: row.line, column: index + 1, field: names[index]!, value: names[index] });
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0) return finding('CSV-HEADING-TWICE', place(twice));
  const read = new Set<string>(fieldsOf(mapping).map(([, heading]) => String(heading)));
  const unknown = names.findIndex((name) => !read.has(name) && !mapping.ignoredColumns.includes(name));
  if (unknown >= 0) return finding('CSV-HEADING-UNKNOWN', place(unknown));
  const missing = [...read].find((heading) => !names.includes(heading));
  if (missing !== undefined) {
    return finding('CSV-HEADING-MISSING', { line: row.line, field: missing, facts: { found: names.join(', ').slice(0, 300) } });
  }
  return {
    indexes: new Map(fieldsOf(mapping).map(([field, heading]) => [field, names.indexOf(String(heading))])),
    headings: new Map(fieldsOf(mapping).map(([field, heading]) => [field, String(heading)])),
    cellsNeeded: names.length,
    cellsAllowed: names.length,
  };
}

/** The finding about a row whose cells do not fit the columns: a delimiter is missing or stands inside an unquoted text. */
export function rowWidthProblem(row: CsvRow, columns: Columns): Finding | undefined {
  const facts = { cells: String(row.cells.length), columns: String(columns.cellsNeeded) };
  if (row.cells.length < columns.cellsNeeded) return finding('CSV-ROW-SHORT', { line: row.line, facts });
  const extra = row.cells.findIndex((cell, index) => index >= columns.cellsAllowed && cell.trim() !== '');
  return extra < 0 ? undefined : finding('CSV-ROW-LONG', { line: row.line, column: extra + 1, value: row.cells[extra], facts });
}

const fieldsOf = (mapping: CsvMapping): readonly (readonly [CsvField, string | number])[] =>
  Object.entries(mapping.columns) as [CsvField, string | number][];

/** Spreadsheets end the heading row with delimiters where any row below is longer. */
function withoutBlankTail(names: readonly string[]): readonly string[] {
  const last = names.findLastIndex((name) => name !== '');
  return names.slice(0, last + 1);
}

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
function parseCsvDate(text: string, format: CsvDateFormat): IsoDate | null {
  const parts = dateOrder[format].exec(text)?.groups;
  if (!parts) return null;
  const { y = '', m = '', d = '' } = parts;
  const year = y.length === 2 ? `${Number(y) >= FIRST_YEAR_OF_WINDOW ? '19' : '20'}${y}` : y;
  return parseIsoDate(`${year}-${m}-${d}`);
}
