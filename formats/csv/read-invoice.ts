import type { CellReader } from './cell-reader.ts';
import { readBuyer } from './read-buyer.ts';
import type { CsvReadContext } from './read-document.ts';
import { readTerms } from './read-terms.ts';
import { compareTotals, type StatedTotals } from './stated-totals.ts';
import { totalsOf, vatGroupsOf } from './totals.ts';
import { rescale, unscale } from '#engine/decimal.ts';
import type { Invoice, InvoiceLine } from '#engine/invoice.ts';
import { isCurrency, type Currency } from '#engine/money.ts';

export interface InvoiceSource {
  /** Of the document's first row. */
  readonly cells: CellReader;
  /** One per row; undefined where a line could not be read. */
  readonly lines: readonly (InvoiceLine | undefined)[];
  readonly stated: StatedTotals;
  readonly context: CsvReadContext;
  readonly number: string | undefined;
}

/**
 * The canonical invoice of one document's rows, or undefined if a term it cannot do without is missing. A document whose payable
 * amount is negative becomes a credit note with positive amounts, since that is what a credit note carries (reference/einvoice.md §1.2).
 */
export function readInvoice({ cells, lines, stated, context, number }: InvoiceSource): Invoice | undefined {
  const kind = cells.choice('kind', ['invoice', 'creditNote'] as const);
  const currency = readCurrency(cells, context.currency);
  const buyer = readBuyer(cells, context.country);
  const terms = readTerms(cells);
  const read = lines.flatMap((line) => line ?? []);
  if (number === undefined || !terms || !currency || !buyer || read.length < lines.length) return undefined;
  const fileTotals = totalsOf(vatGroupsOf(read), stated.roundingAmount);
  const negative = (stated.payableAmount ?? fileTotals.payableAmount) < 0n;
  if (negative && kind === 'invoice') cells.report('CSV-KIND-SIGN', 'kind');
  compareTotals(fileTotals, stated, cells);
  const vatBreakdown = vatGroupsOf(negative ? read.map(negated) : read, context.mapping.exemptionReasons);
  const rounding = negative && stated.roundingAmount !== undefined ? -stated.roundingAmount : stated.roundingAmount;
  const credit = kind === 'creditNote' || negative;
  // Nothing falls due on a credit note, though files repeat the column.
  const { dueDate, ...others } = terms;
  return {
    kind: credit ? 'creditNote' : 'invoice',
    typeCode: credit ? '381' : '380',
    number,
    currency,
    ...others,
    ...(credit || dueDate === undefined ? {} : { dueDate }),
    attachments: [],
    seller: context.seller,
    buyer,
    allowancesAndCharges: [],
    vatBreakdown,
    totals: totalsOf(vatBreakdown, rounding),
    lines: negative ? read.map(negated) : read,
  };
}

/** Only the agreed currency: an amount in another one would be booked as if it were this one (reliability.md XC6). */
function readCurrency(cells: CellReader, agreed: Currency): Currency | undefined {
  const stated = cells.text('currency');
  if (stated === undefined || stated === agreed) return agreed;
  cells.report(isCurrency(stated) ? 'CSV-CURRENCY-NOT-AGREED' : 'CSV-NOT-ALLOWED', 'currency', {
    value: stated,
    facts: { agreed, allowed: agreed },
  });
  return undefined;
}

function negated(line: InvoiceLine): InvoiceLine {
  const { unscaled, scale } = unscale(line.quantity);
  return { ...line, quantity: rescale(-unscaled, scale), netAmount: -line.netAmount };
}
