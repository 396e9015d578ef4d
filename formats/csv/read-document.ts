import { cellReader } from './cell-reader.ts';
import type { Columns } from './columns.ts';
import { documentOrigin } from './document-origin.ts';
import { differingCells } from './differing-cells.ts';
import { readDirections } from './read-directions.ts';
import { readInvoice } from './read-invoice.ts';
import { readLine } from './read-line.ts';
import type { CsvRow } from './read-rows.ts';
import { readStatedTotals } from './stated-totals.ts';
import { payableOf } from './totals.ts';
import type { CsvMapping } from '#engine/csv-mapping.ts';
import { isError, type Finding } from '#engine/finding.ts';
import type { Seller } from '#engine/invoice.ts';
import type { Currency, Minor } from '#engine/money.ts';
import type { ReadItem } from '#engine/submission.ts';
import { defined } from '../defined.ts';

/** What the file does not say about its documents. */
export interface CsvReadContext {
  readonly mapping: CsvMapping;
  /** The party that all documents are issued by. */
  readonly seller: Seller;
  /** The agreed currency: of documents without a currency column; others are refused. */
  readonly currency: Currency;
  /** ISO 3166-1 country of addresses without a country column. */
  readonly country: string;
}

export interface ReadDocument {
  readonly item: Exclude<ReadItem, { readonly kind: 'broken' }>;
  /** Payable amount with the signs of the file, for its closing sum; undefined if it could not be read. */
  readonly fileAmount: Minor | undefined;
}

/** Lines of one document: what a receiver of e-invoices still takes (reliability.md XC9). */
export const MAX_LINES = 99_999;

/** Makes a document of its rows: the first gives the document's fields, each gives one line. */
export function readDocument(rows: readonly CsvRow[], columns: Columns, context: CsvReadContext): ReadDocument {
  const first = rows[0]!;
  const findings: Finding[] = [];
  const source = { columns, mapping: context.mapping, findings };
  const number = cellReader({ ...source, row: first, document: undefined }).text('number');
  const cells = cellReader({ ...source, row: first, document: number });
  if (number === undefined) cells.report('CSV-VALUE-MISSING', 'number');
  if (rows.length > MAX_LINES) cells.report('CSV-TOO-MANY-LINES', 'number', { facts: { maxLines: String(MAX_LINES) } });
  findings.push(...differingCells(rows, source, number));
  const lines = rows.map((row, index) => readLine(cellReader({ ...source, row, document: number }), index));
  const stated = readStatedTotals(cells);
  const fileAmount = stated.payableAmount ?? payableOf(lines, stated.roundingAmount);
  const invoice = readInvoice({ cells, lines, stated, context, number });
  const directions = readDirections(cells);
  const { line, lastLine } = { line: first.line, lastLine: rows.at(-1)!.lastLine };
  if (invoice === undefined || findings.some(isError)) {
    const refusal = { line, lastLine, ...defined({ number, statedAmount: fileAmount }), findings };
    return { item: { kind: 'refusal', refusal }, fileAmount };
  }
  const origin = documentOrigin(rows, columns);
  return { item: { kind: 'submission', submission: { invoice, directions, origin, findings } }, fileAmount };
}

/** A document under a number that an earlier document of the file has, or whose rows could not be made sense of. */
export const refuse = (document: ReadDocument, problem: Finding): ReadDocument => {
  const { item } = document;
  if (item.kind === 'refusal') {
    return { ...document, item: { ...item, refusal: { ...item.refusal, findings: [problem, ...item.refusal.findings] } } };
  }
  const { invoice, origin, findings } = item.submission;
  const { line, lastLine } = origin;
  const refusal = { line, lastLine, ...defined({ number: invoice.number, statedAmount: document.fileAmount }) };
  return { ...document, item: { kind: 'refusal', refusal: { ...refusal, findings: [problem, ...findings] } } };
};
