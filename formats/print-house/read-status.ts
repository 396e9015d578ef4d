import { finding, type Finding } from '#engine/finding.ts';
import { parseIsoDate, type IsoDate } from '#engine/iso-date.ts';
import { readCountedRows, type CountedForm, type CountedItem } from '../csv/counted-rows.ts';

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

const form: CountedForm = {
  headings: ['job', 'piece', 'status', 'date'],
  codes: { headings: 'PRINT-HEADINGS', closingCount: 'PRINT-CLOSING-COUNT', noClosingRow: 'PRINT-NO-CLOSING-ROW' },
};

/** Reads a print house's status file, one event a row. A row that cannot be read is refused by itself; a cut file counts for nothing. */
export async function* readPrintStatus(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<PrintItem> {
  for await (const item of readCountedRows(chunks, form)) yield item.kind === 'broken' ? item : itemOf(item);
}

function itemOf({ kind, row: { cells, line } }: Exclude<CountedItem, { readonly kind: 'broken' }>): PrintItem {
  const status = kind === 'row' ? statusOf(cells, line) : undefined;
  if (status) return { kind: 'status', status };
  return { kind: 'refusal', finding: finding('PRINT-ROW', { line, value: cells.join(';') }) };
}

function statusOf(cells: readonly string[], line: number): PrintStatus | undefined {
  const [job = '', piece = '', event = '', date = ''] = cells;
  const status = printEvents.find((known) => known === event);
  const on = parseIsoDate(date);
  if (
    cells.length !== form.headings.length ||
    !/^J\d{4,5}$/.test(job) ||
    !/^[1-9]\d{0,6}$/.test(piece) ||
    status === undefined ||
    on === null
  )
    return undefined;
  return { line, job, jobNumber: Number.parseInt(job.slice(1), 10), piece: Number.parseInt(piece, 10), status, on };
}
