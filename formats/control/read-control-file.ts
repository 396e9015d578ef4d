import type { ClaimOrder } from '#engine/claim-act.ts';
import { finding, type Finding } from '#engine/finding.ts';
import type { Minor } from '#engine/money.ts';
import { readRows, type CsvRow, type RowBlock } from '../csv/read-rows.ts';
import { decodeText } from '../text/decode.ts';
import { controlColumns, readControlRow } from './read-control-row.ts';

/** One row of a control file: an order, or why it is none. `broken` is the last item: nothing of the file may be carried out. */
export type ControlItem =
  | {
      readonly kind: 'order';
      readonly line: number;
      readonly lastLine: number;
      readonly order: ClaimOrder;
      readonly amount: Minor;
    }
  | {
      readonly kind: 'refusal';
      readonly line: number;
      readonly lastLine: number;
      readonly invoice?: string;
      readonly findings: readonly Finding[];
    }
  | { readonly kind: 'broken'; readonly finding: Finding };

/** Bytes of a control file: a row for each of a million invoices. */
export const MAX_CONTROL_BYTES = 100 * 1024 * 1024;

/** First cell of the closing row; the second is the number of rows before it. */
const CLOSING = 'END';

/**
 * Reads a client's control file (styrfil): CSV, UTF-8, semicolons, the headings `invoice;action;date;amount;reason`, one order a row, and
 * the closing row `END;count`, which proves that the file is whole. A row that is no order is refused by itself; a file whose form is
 * damaged is refused whole, since nobody knows what is missing.
 */
export async function* readControlFile(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ControlItem> {
  const file: FileState = { headed: false, rows: 0, closing: undefined };
  const texts = decodeText(chunks, { encoding: 'utf-8', maxBytes: MAX_CONTROL_BYTES });
  for await (const block of readRows(texts, { delimiter: ';', quote: '"' })) {
    if (block.kind !== 'rows') {
      yield* endOfFile(file, block);
      return;
    }
    for (const row of block.rows) {
      const item = takeRow(file, row);
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

const broken = (problem: Finding): ControlItem => ({ kind: 'broken', finding: problem });

function takeRow(file: FileState, row: CsvRow): ControlItem | undefined {
  const { line } = row;
  if (file.closing) return broken(finding('CTL-AFTER-CLOSING-ROW', { line, facts: { closingLine: String(file.closing.line) } }));
  if (!file.headed) {
    file.headed = true;
    const headings = cellsOf(row).join(';');
    return headings === controlColumns.join(';') ? undefined : broken(finding('CTL-HEADINGS', { line, value: headings }));
  }
  if (row.cells[0]?.trim() === CLOSING) {
    file.closing = row;
    return closingProblem(file, row);
  }
  file.rows += 1;
  return readControlRow(cellsOf(row), row);
}

/** Cells without blanks around them, and without the empty cells with which spreadsheets fill short rows. */
function cellsOf({ cells }: CsvRow): readonly string[] {
  const trimmed = cells.map((cell) => cell.trim());
  const used = trimmed.findLastIndex((cell) => cell !== '') + 1;
  return trimmed.slice(0, Math.max(used, Math.min(trimmed.length, controlColumns.length)));
}

function closingProblem({ rows }: FileState, row: CsvRow): ControlItem | undefined {
  const stated = row.cells[1]?.trim() ?? '';
  if (stated === String(rows)) return undefined;
  return broken(finding('CTL-CLOSING-COUNT', { line: row.line, column: 2, value: stated, facts: { counted: String(rows) } }));
}

function* endOfFile(file: FileState, block: Exclude<RowBlock, { readonly kind: 'rows' }>): Generator<ControlItem> {
  if (block.kind === 'broken') yield block;
  else if (!file.headed) yield broken(finding('CTL-HEADINGS', { line: 1, value: '' }));
  else if (!file.closing) yield broken(finding('CTL-NO-CLOSING-ROW', { line: block.lastLine }));
  else if (file.rows === 0) yield broken(finding('CTL-NO-ROWS', { line: file.closing.line }));
}
