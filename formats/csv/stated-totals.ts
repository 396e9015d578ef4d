import type { CellReader } from './cell-reader.ts';
import type { Totals } from '#engine/invoice.ts';
import { absolute, formatAmount, MAX_AMOUNT, type Minor } from '#engine/money.ts';
import type { CsvField } from '#engine/csv-mapping.ts';
import type { FindingCodeTelling } from '#engine/finding.ts';

/** The totals that a file states for a document, with the file's signs. */
export interface StatedTotals {
  readonly netAmount: Minor | undefined;
  readonly vatAmount: Minor | undefined;
  readonly roundingAmount: Minor | undefined;
  readonly payableAmount: Minor | undefined;
}

export const readStatedTotals = (cells: CellReader): StatedTotals => ({
  netAmount: cells.amount('statedNetAmount'),
  vatAmount: cells.amount('statedVatAmount'),
  roundingAmount: cells.amount('roundingAmount'),
  payableAmount: cells.amount('statedPayableAmount'),
});

/** Öresavrundning goes to the nearest krona: at most half of one (reference/einvoice.md §1.10). */
export const MAX_ROUNDING: Minor = 50n;

/** Each stated total must be what the lines add up to, to the minor unit: the debtor will be asked for the stated one. */
export function compareTotals(totals: Totals, stated: StatedTotals, cells: CellReader): void {
  const compare = (
    code: FindingCodeTelling<'expected' | 'difference'>,
    field: CsvField,
    value: Minor | undefined,
    expected: Minor,
  ): void => {
    if (value === undefined || value === expected) return;
    const facts = { expected: formatAmount(expected), difference: formatAmount(value - expected) };
    cells.report(code, field, { value: formatAmount(value), facts });
  };
  compare('CSV-STATED-NET', 'statedNetAmount', stated.netAmount, totals.netAmount);
  compare('CSV-STATED-VAT', 'statedVatAmount', stated.vatAmount, totals.vatAmount);
  compare('CSV-STATED-PAYABLE', 'statedPayableAmount', stated.payableAmount, totals.payableAmount);
  if (absolute(totals.grossAmount) > MAX_AMOUNT) {
    cells.report('CSV-AMOUNT-TOO-LARGE', 'statedPayableAmount', { value: formatAmount(totals.grossAmount) });
  }
  if (stated.roundingAmount !== undefined && absolute(stated.roundingAmount) > MAX_ROUNDING) {
    cells.report('CSV-ROUNDING', 'roundingAmount', { value: formatAmount(stated.roundingAmount) });
  }
}
