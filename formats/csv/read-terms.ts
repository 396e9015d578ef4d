import type { CellReader } from './cell-reader.ts';
import { defined } from '../defined.ts';
import type { CsvField } from '#engine/csv-mapping.ts';
import type { Invoice, Period } from '#engine/invoice.ts';

export type DocumentTerms = Pick<
  Invoice,
  | 'issueDate'
  | 'dueDate'
  | 'note'
  | 'buyerAccountingReference'
  | 'buyerReference'
  | 'period'
  | 'orderReference'
  | 'precedingInvoices'
  | 'contractReference'
  | 'projectReference'
  | 'delivery'
  | 'paymentMeans'
  | 'paymentTerms'
>;

/** Code of credit transfer in UNCL4461: bankgiro and plusgiro alike (reference/einvoice.md §1.8). */
const CREDIT_TRANSFER = '30';

/** The dates, references and texts of a document; undefined without an issue date. The agreement's accounts are added when it is enriched. */
export function readTerms(cells: CellReader): DocumentTerms | undefined {
  const issueDate = cells.date('issueDate');
  const stated = cells.text('issueDate');
  if (issueDate === undefined && stated === undefined) cells.report('CSV-VALUE-MISSING', 'issueDate');
  const reference = cells.text('paymentReference');
  const deliveryDate = cells.date('deliveryDate');
  const optional = defined({
    dueDate: cells.date('dueDate'),
    note: cells.text('note'),
    buyerAccountingReference: cells.text('buyerAccountingReference'),
    buyerReference: cells.text('buyerReference'),
    period: readPeriod(cells, 'periodStart', 'periodEnd'),
    orderReference: cells.text('orderReference'),
    contractReference: cells.text('contractReference'),
    projectReference: cells.text('projectReference'),
    paymentTerms: cells.text('paymentTerms'),
  });
  const precedingInvoices = readPreceding(cells);
  if (issueDate === undefined) return undefined;
  return {
    issueDate,
    ...optional,
    precedingInvoices,
    ...(deliveryDate === undefined ? {} : { delivery: { date: deliveryDate } }),
    paymentMeans: reference === undefined ? [] : [{ code: CREDIT_TRANSFER, reference }],
  };
}

/** A period has a start, an end or both. */
export function readPeriod(cells: CellReader, startField: CsvField, endField: CsvField): Period | undefined {
  const start = cells.date(startField);
  const end = cells.date(endField);
  return start === undefined && end === undefined ? undefined : defined({ start, end });
}

function readPreceding(cells: CellReader): Invoice['precedingInvoices'] {
  const number = cells.text('precedingNumber');
  const issueDate = cells.date('precedingIssueDate');
  if (number !== undefined) return [defined({ number, issueDate })];
  if (issueDate !== undefined) cells.report('CSV-VALUE-MISSING', 'precedingNumber');
  return [];
}
