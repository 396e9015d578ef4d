import Papa from 'papaparse';
import { splitRecords, type Dialect, type TextRecord } from './split-records.ts';
import type { DecodedText } from '../text/decode.ts';
import { finding, type Finding } from '#engine/finding.ts';

/** One row of a CSV file: its cells as text, and the lines it stands on. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly line: number;
  readonly lastLine: number;
}

/** Rows in file order, in blocks of what one chunk of the file held; `end` comes last unless the file is broken. */
export type RowBlock =
  | { readonly kind: 'rows'; readonly rows: readonly CsvRow[] }
  | { readonly kind: 'end'; readonly finalNewline: boolean; readonly lastLine: number }
  | { readonly kind: 'broken'; readonly finding: Finding };

/** Columns of a row; the widest invoice layout seen has about a hundred. */
export const MAX_COLUMNS = 1_000;

/** Rows of a file. Larger deliveries are divided. */
export const MAX_ROWS = 5_000_000;

/**
 * Splits decoded text into rows. The records are cut and their quoting checked by `splitRecords`; PapaParse splits each block of whole
 * records into cells, as text, with delimiter, line end and quote given and nothing detected. The next chunk is asked for when the
 * caller wants the next block, so memory stays flat however large the file is. Blank rows (empty, or only delimiters) are left out.
 */
export async function* readRows(texts: AsyncIterable<DecodedText>, dialect: Dialect): AsyncGenerator<RowBlock> {
  let count = 0;
  for await (const block of splitRecords(texts, dialect)) {
    if (block.kind !== 'records') {
      yield block;
      return;
    }
    const rows = parseRecords(block.records, dialect);
    count += rows.length;
    const problem = rowsProblem(rows, count);
    if (problem !== undefined) {
      yield { kind: 'broken', finding: problem };
      return;
    }
    yield { kind: 'rows', rows: rows.filter((row) => !isBlank(row)) };
  }
}

function parseRecords(records: readonly TextRecord[], dialect: Dialect): readonly CsvRow[] {
  const text = records.map((record) => record.text).join('\n');
  const { data } = Papa.parse<string[]>(text, {
    delimiter: dialect.delimiter,
    newline: '\n',
    quoteChar: '"',
    header: false,
    dynamicTyping: false,
    skipEmptyLines: false,
    ...(dialect.quote === 'none' ? { fastMode: true } : {}),
  });
  // An empty text has no row for PapaParse and one empty record for us.
  const cells = text === '' ? records.map(() => ['']) : data;
  if (cells.length !== records.length) {
    throw new Error(`PapaParse split ${records.length} records into ${cells.length} rows from line ${records[0]?.line ?? 0}`);
  }
  return records.map(({ line, lastLine }, index) => ({ cells: cells[index]!, line, lastLine }));
}

function rowsProblem(rows: readonly CsvRow[], count: number): Finding | undefined {
  const wide = rows.find((row) => row.cells.length > MAX_COLUMNS);
  if (wide) return finding('CSV-TOO-MANY-COLUMNS', { line: wide.line, facts: { maxColumns: String(MAX_COLUMNS) } });
  if (count <= MAX_ROWS) return undefined;
  return finding('CSV-TOO-MANY-ROWS', { line: rows.at(-1)?.line ?? 1, facts: { maxRows: String(MAX_ROWS) } });
}

const isBlank = (row: CsvRow): boolean => row.cells.every((cell) => cell.trim() === '');
