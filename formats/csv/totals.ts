import { defined } from '../defined.ts';
import { percentOf } from '#engine/decimal.ts';
import type { InvoiceLine, Totals, VatGroup } from '#engine/invoice.ts';
import { sum, type Minor, absolute, formatAmount, MAX_AMOUNT } from '#engine/money.ts';
import type { CellReader } from './cells.ts';
import type { CsvField } from '#engine/csv-mapping.ts';
import type { FindingCodeTelling } from '#engine/finding.ts';

/** VATEX codes that belong to exactly one category (PEPPOL-EN16931-P0104 … P0107). */
const exemptionCodes: Readonly<Record<string, string>> = {
  AE: 'VATEX-EU-AE',
  K: 'VATEX-EU-IC',
  G: 'VATEX-EU-G',
  O: 'VATEX-EU-O',
};

/** Lines by category and rate, in order of appearance; VAT is computed once per group and rounded (reference/einvoice.md §1.10). */
export function vatGroupsOf(
  lines: readonly InvoiceLine[],
  exemptionReasons: Readonly<Record<string, string>> = {},
): readonly VatGroup[] {
  const groups = new Map<string, VatGroup>();
  for (const { vat, netAmount } of lines) {
    const key = `${vat.code} ${vat.rate ?? ''}`;
    const baseAmount = (groups.get(key)?.baseAmount ?? 0n) + netAmount;
    groups.set(key, { ...vat, baseAmount, vatAmount: 0n });
  }
  return [...groups.values()].map((group) => ({
    ...group,
    vatAmount: group.rate === undefined ? 0n : percentOf(group.baseAmount, group.rate),
    ...defined({ exemptionReason: exemptionReasons[group.code], exemptionReasonCode: exemptionCodes[group.code] }),
  }));
}

/** Totals by BR-CO-10, -13, -14, -15 and -16 of a document without allowances, charges and prepayment. */
export function totalsOf(groups: readonly VatGroup[], roundingAmount: Minor | undefined): Totals {
  const netAmount = sum(groups.map((group) => group.baseAmount));
  const vatAmount = sum(groups.map((group) => group.vatAmount));
  const grossAmount = netAmount + vatAmount;
  return {
    linesAmount: netAmount,
    netAmount,
    vatAmount,
    grossAmount,
    ...defined({ roundingAmount }),
    payableAmount: grossAmount + (roundingAmount ?? 0n),
  };
}

/** What the lines add up to; undefined if any could not be read. */
export function payableOf(lines: readonly (InvoiceLine | undefined)[], roundingAmount: Minor | undefined): Minor | undefined {
  const read = lines.flatMap((line) => line ?? []);
  return read.length < lines.length ? undefined : totalsOf(vatGroupsOf(read), roundingAmount).payableAmount;
}

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
