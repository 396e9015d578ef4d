import { parseCsvDecimal } from './cell-values.ts';
import type { CsvRow } from './read-rows.ts';
import type { CsvMapping } from '#engine/csv-mapping.ts';
import { finding, type Finding } from '#engine/finding.ts';
import { formatAmount, parseAmount, type Minor } from '#engine/money.ts';

/** What was read, for comparison with the closing row. */
export interface FileTally {
  /** Documents, refused ones included. */
  readonly documents: number;
  /** Sum of payable amounts with the file's signs; undefined if the amount of any document could not be read. */
  readonly payableAmount: Minor | undefined;
}

export type Trailer = Extract<CsvMapping['ending'], { readonly kind: 'trailer' }>;

export const isTrailer = (row: CsvRow, ending: CsvMapping['ending']): boolean =>
  ending.kind === 'trailer' && row.cells[0]?.trim() === ending.marker;

/**
 * Compares the closing row with what was read: it proves that nothing was lost on the way. Where a document's amount could not be read
 * the sum cannot be compared, and the count alone proves.
 */
export function trailerProblem(row: CsvRow, trailer: Trailer, mapping: CsvMapping, tally: FileTally): Finding | undefined {
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
