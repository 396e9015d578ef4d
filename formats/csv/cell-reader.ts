import { parseCsvDate, parseCsvDecimal } from './cell-values.ts';
import type { Columns } from './columns.ts';
import type { CsvRow } from './read-rows.ts';
import { cleanText } from '../text/clean-text.ts';
import type { CsvField, CsvMapping } from '#engine/csv-mapping.ts';
import type { Decimal } from '#engine/decimal.ts';
import { finding, type DetailsOf, type Finding, type FindingCodeName } from '#engine/finding.ts';
import type { IsoDate } from '#engine/iso-date.ts';
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
