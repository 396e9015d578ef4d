import { cellReader, type Columns, type CellReader, fieldPlace, rawText, type CellSource } from './cells.ts';
import { readInvoice, type CsvReadContext } from './read-invoice.ts';
import { readLine } from './read-line.ts';
import type { CsvRow } from './rows.ts';
import { readStatedTotals, payableOf } from './totals.ts';
import { csvDocumentFields, type CsvField } from '#engine/csv-mapping.ts';
import { isError, type Finding, finding, type Place } from '#engine/finding.ts';
import type { Minor } from '#engine/money.ts';
import { type ReadItem, debtorClasses, serviceModes, type Directions, type Origin } from '#engine/submission.ts';
import { defined } from '../defined.ts';
import { languages } from '#engine/language.ts';

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
  const directions = readDirections(cells, context.channels);
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

/** What the file says about the treatment of a document; words outside ours are findings unless the mapping translates them. */
const readDirections = (cells: CellReader, channels: readonly string[]): Directions =>
  defined({
    mode: cells.choice('mode', serviceModes),
    channel: cells.choice('channel', channels),
    language: cells.choice('language', languages),
    debtorClass: cells.choice('debtorClass', debtorClasses),
    debtorNumber: cells.text('debtorNumber'),
  });

/**
 * A document's fields stand on each of its rows, or only on the first: a later row with another value leaves open which one holds.
 * One finding per field.
 */
function differingCells(
  rows: readonly CsvRow[],
  source: Omit<CellSource, 'row' | 'document'>,
  document: string | undefined,
): readonly Finding[] {
  const fields = csvDocumentFields.filter((field) => source.columns.indexes.has(field));
  return fields.flatMap((field) => {
    const first = rawText({ ...source, row: rows[0]! }, field).trim();
    const row = rows.find((item) => ![first, ''].includes(rawText({ ...source, row: item }, field).trim()));
    if (row === undefined) return [];
    const value = rawText({ ...source, row }, field);
    const facts = { first, firstLine: String(rows[0]!.line) };
    return [finding('CSV-ROW-DIFFERS', { ...fieldPlace({ ...source, row }, field), document, value, facts })];
  });
}

/** Where a document stood: line, column (the cell's number, from 1) and heading of each canonical path. */
function documentOrigin(rows: readonly CsvRow[], columns: Columns): Origin {
  // Only the line numbers are kept, not the cells: an origin lives as long as its document does.
  const lines = rows.map((row) => row.line);
  const line = lines[0]!;
  const at = (rowLine: number, field: CsvField | undefined): Place =>
    field === undefined
      ? { line: rowLine }
      : fieldPlace({ row: { cells: [], line: rowLine, lastLine: rowLine }, columns }, field);
  return {
    line,
    lastLine: rows.at(-1)!.lastLine,
    locate: (path) => {
      const [, index, rest] = /^lines\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
      if (index === undefined) return at(line, fieldOfPath(documentPaths, path));
      return at(lines[Number(index)] ?? line, fieldOfPath(linePaths, rest ?? ''));
    },
  };
}

/**
 * Which CSV field a canonical path of `engine/invoice.ts` came from, for the place of a finding. Paths below `lines[n]` are looked up
 * without that prefix; a path that is not here is looked up by its beginning (`buyer.address.city`, then `buyer.address`, then `buyer`).
 */
const documentPaths: Readonly<Record<string, CsvField>> = {
  number: 'number',
  kind: 'kind',
  typeCode: 'kind',
  issueDate: 'issueDate',
  dueDate: 'dueDate',
  currency: 'currency',
  buyerReference: 'buyerReference',
  orderReference: 'orderReference',
  contractReference: 'contractReference',
  projectReference: 'projectReference',
  buyerAccountingReference: 'buyerAccountingReference',
  note: 'note',
  period: 'periodStart',
  'period.end': 'periodEnd',
  delivery: 'deliveryDate',
  precedingInvoices: 'precedingNumber',
  'precedingInvoices[0].issueDate': 'precedingIssueDate',
  paymentMeans: 'paymentReference',
  paymentTerms: 'paymentTerms',
  'totals.netAmount': 'statedNetAmount',
  'totals.vatAmount': 'statedVatAmount',
  'totals.roundingAmount': 'roundingAmount',
  'totals.payableAmount': 'statedPayableAmount',
  buyer: 'buyerName',
  'buyer.identifier': 'debtorNumber',
  'buyer.legalId': 'buyerLegalId',
  'buyer.vatId': 'buyerVatId',
  'buyer.endpoint': 'buyerEndpoint',
  'buyer.address': 'buyerLine1',
  'buyer.address.line2': 'buyerLine2',
  'buyer.address.line3': 'buyerLine3',
  'buyer.address.postcode': 'buyerPostcode',
  'buyer.address.city': 'buyerCity',
  'buyer.address.country': 'buyerCountry',
  'buyer.contact': 'buyerContactName',
  'buyer.contact.email': 'buyerEmail',
  'buyer.contact.telephone': 'buyerTelephone',
};

const linePaths: Readonly<Record<string, CsvField>> = {
  id: 'lineId',
  name: 'lineName',
  description: 'lineDescription',
  note: 'lineNote',
  quantity: 'lineQuantity',
  unit: 'lineUnit',
  price: 'linePrice',
  netAmount: 'lineNetAmount',
  vat: 'lineVatRate',
  'vat.code': 'lineVatCategory',
  period: 'linePeriodStart',
  'period.end': 'linePeriodEnd',
  sellersItemId: 'lineItemId',
};

/** The field of the longest known beginning of a path. */
function fieldOfPath(paths: Readonly<Record<string, CsvField>>, path: string): CsvField | undefined {
  for (let known = path; known !== ''; known = known.replace(/(?:^|\.|\[)[^.[]*$/, '')) {
    const field = paths[known];
    if (field !== undefined) return field;
  }
  return undefined;
}
