import type { IsoDate } from './iso-date.ts';

/** A rule of law or practice that changes by date: the only way in which law is written down in Kuvert. */
export interface DatedTable<Value> {
  /** What the rows are, for messages: `VAT rate SE standard`. */
  readonly name: string;
  /** In order of `from`, not overlapping. */
  readonly rows: readonly DatedRow<Value>[];
}

export interface DatedRow<Value> {
  readonly from: IsoDate;
  /** Last day; absent: until the next row, or until further notice. */
  readonly to?: IsoDate;
  readonly value: Value;
  /** Law with section, or the publication read. */
  readonly source: string;
  /** V: two sources or the law's own text; S: one source; M: from memory, to be confirmed. */
  readonly confidence: 'V' | 'S' | 'M';
}

/** A table whose rows are in order; throws a RangeError, at load, if they are not. */
export function datedTable<Value>(name: string, rows: readonly DatedRow<Value>[]): DatedTable<Value> {
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    const ordered = before === undefined || (before.from < row.from && (before.to === undefined || before.to < row.from));
    if (!ordered || (row.to !== undefined && row.to < row.from))
      throw new RangeError(`${name}: row from ${row.from} is out of order`);
  }
  return { name, rows };
}

/** The row in force on a date. Throws a RangeError before the first row, after a closed last one and in a gap: the law is never guessed. */
export function rowAt<Value>(table: DatedTable<Value>, date: IsoDate): DatedRow<Value> {
  const row = findRow(table, date);
  if (row === undefined) throw new RangeError(`${table.name}: no row for ${date}`);
  return row;
}

/** The row in force on a date; undefined where `rowAt` throws, for checks that say themselves what is missing. */
export function findRow<Value>(table: DatedTable<Value>, date: IsoDate): DatedRow<Value> | undefined {
  const row = table.rows.findLast((item) => item.from <= date);
  return row === undefined || (row.to !== undefined && row.to < date) ? undefined : row;
}

/** The value in force on a date; throws as `rowAt` does. */
export const at = <Value>(table: DatedTable<Value>, date: IsoDate): Value => rowAt(table, date).value;

/** One dated rule of a country in words, for people who ask what the law says on a day. */
export interface LawKind {
  /** `reminder-fee-max`: with underscores it is the kind of reference/rates.csv. */
  readonly kind: string;
  readonly title: string;
  /** The currency, `percent`, `days` … */
  readonly unit: string;
  readonly rows: readonly DatedRow<string>[];
}

/** The rows of a table with their values as text. */
export const inWords = <Value>(
  what: Omit<LawKind, 'rows'>,
  { rows }: DatedTable<Value>,
  words: (value: Value) => string = String,
): LawKind => ({ ...what, rows: rows.map((row) => ({ ...row, value: words(row.value) })) });
