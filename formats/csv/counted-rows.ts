import { finding, type Finding, type FindingCodeTelling } from '#engine/finding.ts';
import { decodeText } from '../text/decode.ts';
import { readRows, type CsvRow } from './rows.ts';

/** A row of a file that counts itself; `late`: it stands behind the closing row. `broken` is the last item: nothing of the file counts. */
export type CountedItem =
  | { readonly kind: 'row'; readonly row: CsvRow }
  | { readonly kind: 'late'; readonly row: CsvRow; readonly closingLine: number }
  | { readonly kind: 'broken'; readonly finding: Finding };

/** The headings of a file, and what its damages are called; absent `noRows`: a file without rows is whole. */
export interface CountedForm {
  readonly headings: readonly string[];
  readonly codes: {
    readonly headings: FindingCodeTelling<never>;
    readonly closingCount: FindingCodeTelling<'counted'>;
    readonly noClosingRow: FindingCodeTelling<never>;
    readonly noRows?: FindingCodeTelling<never>;
  };
}

/** Bytes of a file: a row for each of a million invoices, pieces or cases. */
const MAX_FILE_BYTES = 100 * 1024 * 1024;

/** First cell of the closing row; the second is the number of rows before it. */
const CLOSING = 'END';

/**
 * Reads a CSV file that proves by itself that it is whole: UTF-8, semicolons, exactly these headings, and the closing row `END;count`.
 * Cells come without blanks around them, and without the empty cells with which spreadsheets fill short rows.
 */
export async function* readCountedRows(chunks: AsyncIterable<Uint8Array>, form: CountedForm): AsyncGenerator<CountedItem> {
  const file: FileState = { headed: false, rows: 0, closing: undefined };
  const texts = decodeText(chunks, { encoding: 'utf-8', maxBytes: MAX_FILE_BYTES });
  for await (const block of readRows(texts, { delimiter: ';', quote: '"' })) {
    if (block.kind === 'broken') {
      yield block;
      return;
    }
    if (block.kind === 'end') {
      const problem = endProblem(file, form, block.lastLine);
      if (problem) yield { kind: 'broken', finding: problem };
      return;
    }
    for (const row of block.rows) {
      const item = takeRow(file, form, trimmed(row, form));
      if (item) yield item;
      if (item?.kind === 'broken') return;
    }
  }
}

interface FileState {
  headed: boolean;
  rows: number;
  closing: CsvRow | undefined;
}

function takeRow(file: FileState, { headings, codes }: CountedForm, row: CsvRow): CountedItem | undefined {
  const { cells, line } = row;
  if (file.closing) return { kind: 'late', row, closingLine: file.closing.line };
  if (!file.headed) {
    file.headed = true;
    const value = cells.join(';');
    return value === headings.join(';') ? undefined : { kind: 'broken', finding: finding(codes.headings, { line, value }) };
  }
  if (cells[0] === CLOSING) {
    file.closing = row;
    const [, value = ''] = cells;
    const counted = String(file.rows);
    if (value === counted) return undefined;
    return { kind: 'broken', finding: finding(codes.closingCount, { line, column: 2, value, facts: { counted } }) };
  }
  file.rows += 1;
  return { kind: 'row', row };
}

function endProblem({ headed, closing, rows }: FileState, { codes }: CountedForm, lastLine: number): Finding | undefined {
  if (!headed) return finding(codes.headings, { line: 1, value: '' });
  if (!closing) return finding(codes.noClosingRow, { line: lastLine });
  return rows === 0 && codes.noRows !== undefined ? finding(codes.noRows, { line: closing.line }) : undefined;
}

function trimmed({ cells, ...place }: CsvRow, { headings }: CountedForm): CsvRow {
  const texts = cells.map((cell) => cell.trim());
  const used = texts.findLastIndex((text) => text !== '') + 1;
  return { ...place, cells: texts.slice(0, Math.max(used, Math.min(texts.length, headings.length))) };
}
