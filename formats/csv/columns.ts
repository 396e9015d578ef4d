import type { CsvRow } from './read-rows.ts';
import type { CsvField, CsvMapping } from '#engine/csv-mapping.ts';
import { finding, type Finding } from '#engine/finding.ts';

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
