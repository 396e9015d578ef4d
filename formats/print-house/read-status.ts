import { finding } from '#engine/finding.ts';
import { parseIsoDate } from '#engine/iso-date.ts';
import { pieceEvents, type Format, type PieceItem, type PieceReport } from '#engine/sockets/format.ts';
import { readCountedRows, type CountedForm, type CountedItem } from '../csv/counted-rows.ts';

const form: CountedForm = {
  headings: ['job', 'piece', 'status', 'date'],
  codes: { headings: 'PRINT-HEADINGS', closingCount: 'PRINT-CLOSING-COUNT', noClosingRow: 'PRINT-NO-CLOSING-ROW' },
};

/** Reads a print house's status file, one event a row. A row that cannot be read is refused by itself; a cut file counts for nothing. */
export async function* readPrintStatus(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<PieceItem> {
  for await (const item of readCountedRows(chunks, form)) yield item.kind === 'broken' ? item : itemOf(item);
}

function itemOf({ kind, row: { cells, line } }: Exclude<CountedItem, { readonly kind: 'broken' }>): PieceItem {
  const status = kind === 'row' ? statusOf(cells, line) : undefined;
  if (status) return { kind: 'status', status };
  return { kind: 'refusal', finding: finding('PRINT-ROW', { line, value: cells.join(';') }) };
}

function statusOf(cells: readonly string[], line: number): PieceReport | undefined {
  const [job = '', piece = '', event = '', date = ''] = cells;
  const status = pieceEvents.find((known) => known === event);
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

export const pieceReport: Format = {
  id: 'piece-report',
  title: "A print house's report of its pieces, as CSV",
  extension: '.csv',
  reads: { of: 'piece-reports', from: 'print-house', read: readPrintStatus },
};
