import { columnsByHeading, columnsByPosition, rowWidthProblem, type Columns, parseCsvDecimal } from './cells.ts';
import { MAX_LINES, readDocument, refuse, type ReadDocument } from './read-document.ts';
import type { CsvReadContext } from './read-invoice.ts';
import { readRows, type CsvRow, type RowBlock } from './rows.ts';
import { decodeText } from '../text/decode.ts';
import { encodings, type Encoding, type CsvMapping } from '#engine/csv-mapping.ts';
import { finding, type Finding, type FindingCodeTelling } from '#engine/finding.ts';
import { type Minor, formatAmount, parseAmount } from '#engine/money.ts';
import type { Format } from '#engine/sockets/format.ts';
import type { ReadItem } from '#engine/submission.ts';

/** Bytes of a CSV file. */
export const MAX_CSV_BYTES = 2 * 1024 * 1024 * 1024;

export type CsvFileContext = CsvReadContext & { readonly encoding: Encoding };

/**
 * Reads a client's invoice file by its mapping: one row per invoice line, the rows of one document consecutive. Yields documents and
 * refusals in file order while the file is being read, and `broken` as soon as its structure cannot be trusted; a file that ends
 * without its proof of wholeness (closing row or last line end) is broken too. Memory holds one chunk, one document and the numbers seen.
 */
export async function* readCsvInvoices(chunks: AsyncIterable<Uint8Array>, context: CsvFileContext): AsyncGenerator<ReadItem> {
  const file: FileState = {
    context,
    columns: undefined,
    group: [],
    seen: new Map(),
    documents: 0,
    payableAmount: 0n,
    trailer: undefined,
  };
  const texts = decodeText(chunks, { encoding: context.encoding, maxBytes: MAX_CSV_BYTES });
  let rowsSeen = 0;
  for await (const block of readRows(texts, context.mapping)) {
    if (block.kind === 'rows') {
      rowsSeen += block.rows.length;
      for (const row of block.rows) {
        const item = takeRow(file, row);
        if (item !== undefined) yield item;
        if (item?.kind === 'broken') return;
      }
    } else {
      yield* endOfFile(file, block, rowsSeen);
    }
  }
}

interface FileState {
  readonly context: CsvFileContext;
  columns: Columns | undefined;
  /** Rows of the document that is being collected; those above the cap are counted by their last one only. */
  group: CsvRow[];
  /** Numbers of the file's documents, each with its first line. */
  readonly seen: Map<string, number>;
  documents: number;
  payableAmount: Minor | undefined;
  trailer: CsvRow | undefined;
}

/** Adds a row to the present document, or ends that and begins the next. */
function takeRow(file: FileState, row: CsvRow): ReadItem | undefined {
  const { mapping } = file.context;
  if (file.trailer !== undefined) return broken('CSV-AFTER-TRAILER', row, file.trailer);
  if (file.columns === undefined) return takeFirstRow(file, row);
  if (isTrailer(row, mapping.ending)) {
    file.trailer = row;
    return endDocument(file, []);
  }
  const index = file.columns.indexes.get('number') ?? -1;
  const last = file.group[0];
  if (last === undefined || last.cells[index]?.trim() !== row.cells[index]?.trim()) return endDocument(file, [row]);
  if (file.group.length > MAX_LINES) file.group.pop();
  file.group.push(row);
  return undefined;
}

/** The heading row, a spreadsheet's `sep=` line before it, or in a file without headings the first document's first row. */
function takeFirstRow(file: FileState, row: CsvRow): ReadItem | undefined {
  const { mapping } = file.context;
  const separator = /^sep=(.)$/i.exec(row.cells.join(mapping.delimiter).trim())?.[1];
  if (row.line === 1 && separator !== undefined) {
    return separator === mapping.delimiter ? undefined : broken('CSV-SEPARATOR', row, row);
  }
  if (mapping.columnsBy === 'positions') {
    file.columns = columnsByPosition(mapping);
    return takeRow(file, row);
  }
  const columns = columnsByHeading(row, mapping);
  if ('code' in columns) return { kind: 'broken', finding: columns };
  file.columns = columns;
  return undefined;
}

function endDocument(file: FileState, next: CsvRow[]): ReadItem | undefined {
  const rows = file.group;
  file.group = next;
  if (rows.length === 0 || file.columns === undefined) return undefined;
  const document = readGroup(file, rows, file.columns);
  file.documents += 1;
  file.payableAmount =
    document.fileAmount === undefined || file.payableAmount === undefined ? undefined : file.payableAmount + document.fileAmount;
  return document.item;
}

/** Reads a document's rows, and refuses what only the file shows: rows that do not fit the columns, and a number seen before. */
function readGroup(file: FileState, rows: readonly CsvRow[], columns: Columns): ReadDocument {
  const width = rows.map((row) => rowWidthProblem(row, columns)).find((problem) => problem !== undefined);
  if (width) return unreadable(rows, columns, width);
  const document = readDocument(rows, columns, file.context);
  const { item } = document;
  const number = item.kind === 'submission' ? item.submission.invoice.number : item.refusal.number;
  if (number === undefined) return document;
  const firstLine = file.seen.get(number);
  if (firstLine === undefined) {
    file.seen.set(number, rows[0]!.line);
    return document;
  }
  const facts = { firstLine: String(firstLine) };
  return refuse(document, finding('CSV-NUMBER-AGAIN', { line: rows[0]!.line, document: number, value: number, facts }));
}

/** Cells of a row with too few or too many of them may stand in the wrong column: none but the number is looked at. */
function unreadable(rows: readonly CsvRow[], columns: Columns, problem: Finding): ReadDocument {
  const { line, cells } = rows[0]!;
  const number = cells[columns.indexes.get('number') ?? -1]?.trim();
  const named = number === undefined || number === '' ? {} : { number };
  const findings = [{ ...problem, ...(named.number === undefined ? {} : { document: named.number }) }];
  const refusal = { line, lastLine: rows.at(-1)!.lastLine, ...named, findings };
  return { item: { kind: 'refusal', refusal }, fileAmount: undefined };
}

function* endOfFile(file: FileState, block: Exclude<RowBlock, { kind: 'rows' }>, rowsSeen: number): Generator<ReadItem> {
  if (block.kind === 'broken') {
    yield block;
    return;
  }
  const problem = endingProblem(file, block, rowsSeen);
  const last = endDocument(file, []);
  if (last !== undefined && problem === undefined) yield last;
  const sums = problem ?? sumsProblem(file);
  if (sums !== undefined) yield { kind: 'broken', finding: sums };
}

function endingProblem(file: FileState, end: { finalNewline: boolean; lastLine: number }, rowsSeen: number): Finding | undefined {
  const { ending } = file.context.mapping;
  if (rowsSeen === 0) return finding('FILE-EMPTY');
  if (file.documents === 0 && file.group.length === 0 && file.trailer === undefined)
    return finding('CSV-NO-ROWS', { line: end.lastLine });
  if (ending.kind === 'newline' && !end.finalNewline) return finding('CSV-NO-FINAL-NEWLINE', { line: end.lastLine });
  if (ending.kind === 'trailer' && file.trailer === undefined) {
    return finding('CSV-NO-TRAILER', { line: end.lastLine, facts: { marker: ending.marker } });
  }
  return undefined;
}

function sumsProblem(file: FileState): Finding | undefined {
  const { mapping } = file.context;
  if (file.trailer === undefined || mapping.ending.kind !== 'trailer') return undefined;
  return trailerProblem(file.trailer, mapping.ending, mapping, file);
}

const broken = (code: FindingCodeTelling<'trailerLine'>, row: CsvRow, other: CsvRow): ReadItem => ({
  kind: 'broken',
  finding: finding(code, { line: row.line, value: row.cells.join(' '), facts: { trailerLine: String(other.line) } }),
});

/** What was read, for comparison with the closing row. */
export interface FileTally {
  /** Documents, refused ones included. */
  readonly documents: number;
  /** Sum of payable amounts with the file's signs; undefined if the amount of any document could not be read. */
  readonly payableAmount: Minor | undefined;
}

export type Trailer = Extract<CsvMapping['ending'], { readonly kind: 'trailer' }>;

const isTrailer = (row: CsvRow, ending: CsvMapping['ending']): boolean =>
  ending.kind === 'trailer' && row.cells[0]?.trim() === ending.marker;

/**
 * Compares the closing row with what was read: it proves that nothing was lost on the way. Where a document's amount could not be read
 * the sum cannot be compared, and the count alone proves.
 */
function trailerProblem(row: CsvRow, trailer: Trailer, mapping: CsvMapping, tally: FileTally): Finding | undefined {
  const stated = (position: number) => parseCsvDecimal(row.cells[position - 1]?.trim() ?? '', mapping);
  const place = (position: number) => ({ line: row.line, column: position, value: row.cells[position - 1] });
  const documents = stated(trailer.documentsPosition);
  const decimalSum = stated(trailer.payablePosition);
  const payableAmount = decimalSum === null ? null : parseAmount(decimalSum);
  if (documents === null) return finding('CSV-TRAILER-UNREADABLE', place(trailer.documentsPosition));
  if (payableAmount === null) return finding('CSV-TRAILER-UNREADABLE', place(trailer.payablePosition));
  if (documents !== String(tally.documents)) {
    return finding('CSV-TRAILER-COUNT', { ...place(trailer.documentsPosition), facts: { counted: String(tally.documents) } });
  }
  if (tally.payableAmount === undefined || tally.payableAmount === payableAmount) return undefined;
  const facts = { summed: formatAmount(tally.payableAmount), difference: formatAmount(payableAmount - tally.payableAmount) };
  return finding('CSV-TRAILER-SUM', { ...place(trailer.payablePosition), facts });
}

export const csv: Format = {
  id: 'csv',
  title: 'Invoice rows as CSV, by the mapping of the agreement',
  extension: '.csv',
  reads: {
    of: 'invoices',
    encodings,
    byMapping: true,
    read: (chunks, { mapping, issuer, ...terms }) => {
      if (mapping === undefined || issuer === undefined) throw new Error('rows are read by a mapping, for a seller');
      return readCsvInvoices(chunks, { mapping, ...issuer, ...terms });
    },
  },
};
