import { finding, type Finding } from '#engine/finding.ts';
import { parseIsoDate, type IsoDate } from '#engine/iso-date.ts';
import { readRows, type CsvRow } from '../csv/read-rows.ts';
import { decodeText } from '../text/decode.ts';

/** What a print house says of one piece, or why a row says nothing. `broken` is the last item: nothing of the file counts. */
export type PrintItem =
  | { readonly kind: 'status'; readonly status: PrintStatus }
  | { readonly kind: 'refusal'; readonly finding: Finding }
  | { readonly kind: 'broken'; readonly finding: Finding };

export interface PrintStatus {
  readonly line: number;
  /** As the job is named: `J0042`. */
  readonly job: string;
  readonly jobNumber: number;
  readonly piece: number;
  readonly status: PrintEvent;
  readonly on: IsoDate;
}

const printEvents = ['dispatched', 'spoiled', 'reprinted', 'returned'] as const;
/**
 * `dispatched`: put into the post; `spoiled`: damaged, to be printed anew; `reprinted`: it was, and its own row `dispatched` follows;
 * `returned`: the post brought it back.
 */
export type PrintEvent = (typeof printEvents)[number];

/** Bytes of a status file: a row for each of a million pieces. */
const MAX_STATUS_BYTES = 100 * 1024 * 1024;
const HEADINGS = 'job;piece;status;date';
const CLOSING = 'END';

/**
 * Reads a print house's status file: CSV, UTF-8, semicolons, the headings `job;piece;status;date`, one event a row, and the closing row
 * `END;count`. A row that cannot be read is refused by itself; a file without its closing row counts for nothing.
 */
export async function* readPrintStatus(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<PrintItem> {
  const file: FileState = { headed: false, rows: 0, closed: false };
  const texts = decodeText(chunks, { encoding: 'utf-8', maxBytes: MAX_STATUS_BYTES });
  for await (const block of readRows(texts, { delimiter: ';', quote: '"' })) {
    if (block.kind === 'broken') {
      yield block;
      return;
    }
    if (block.kind !== 'rows') {
      if (!file.headed) yield { kind: 'broken', finding: finding('PRINT-HEADINGS', { line: 1 }) };
      else if (!file.closed) yield { kind: 'broken', finding: finding('PRINT-NO-CLOSING-ROW', { line: block.lastLine }) };
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
  closed: boolean;
}

function takeRow(file: FileState, { cells, line }: CsvRow): PrintItem | undefined {
  const trimmed = cells.map((cell) => cell.trim());
  const value = trimmed.join(';');
  if (!file.headed) {
    file.headed = true;
    return value === HEADINGS ? undefined : { kind: 'broken', finding: finding('PRINT-HEADINGS', { line, value }) };
  }
  if (trimmed[0] === CLOSING && !file.closed) {
    file.closed = true;
    const stated = trimmed[1] ?? '';
    if (stated === String(file.rows)) return undefined;
    return {
      kind: 'broken',
      finding: finding('PRINT-CLOSING-COUNT', { line, value: stated, facts: { counted: String(file.rows) } }),
    };
  }
  file.rows += 1;
  const status = file.closed ? undefined : statusOf(trimmed, line);
  return status ? { kind: 'status', status } : { kind: 'refusal', finding: finding('PRINT-ROW', { line, value }) };
}

const COLUMNS = 4;

function statusOf(cells: readonly string[], line: number): PrintStatus | undefined {
  const [job = '', piece = '', event = '', date = ''] = cells;
  const status = printEvents.find((known) => known === event);
  const on = parseIsoDate(date);
  if (cells.length !== COLUMNS || !/^J\d{4,5}$/.test(job) || !/^[1-9]\d{0,6}$/.test(piece) || status === undefined || on === null)
    return undefined;
  return { line, job, jobNumber: Number.parseInt(job.slice(1), 10), piece: Number.parseInt(piece, 10), status, on };
}
