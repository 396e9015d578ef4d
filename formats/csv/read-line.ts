import type { CellReader } from './cells.ts';
import { readPeriod } from './read-invoice.ts';
import { defined } from '../defined.ts';
import { decimal, decimalOfAmount, extend, isNegative, rescale, unscale, type Decimal } from '#engine/decimal.ts';
import type { InvoiceLine, VatCategory } from '#engine/invoice.ts';
import { absolute, formatAmount, MAX_AMOUNT, type Minor } from '#engine/money.ts';

/** Stated and computed line amounts may differ so much: the slack of PEPPOL-EN16931-R120, in minor units. */
export const LINE_SLACK: Minor = 2n;

const ONE = decimal('1');

/** One row as an invoice line, or undefined if it has no name, quantity, unit, price or VAT rate that can be read. */
export function readLine(cells: CellReader, index: number): InvoiceLine | undefined {
  const name = required(cells, 'lineName', cells.text('lineName'));
  const unit = required(cells, 'lineUnit', cells.text('lineUnit'));
  const vat = readVat(cells);
  const amounts = readAmounts(cells);
  const optional = defined({
    note: cells.text('lineNote'),
    period: readPeriod(cells, 'linePeriodStart', 'linePeriodEnd'),
    description: cells.text('lineDescription'),
    sellersItemId: cells.text('lineItemId'),
  });
  const id = cells.text('lineId') ?? String(index + 1);
  if (name === undefined || unit === undefined || !vat || !amounts) return undefined;
  const { quantity, netAmount, price } = amounts;
  return {
    id,
    ...optional,
    quantity,
    unit,
    netAmount,
    allowancesAndCharges: [],
    name,
    classifications: [],
    vat,
    attributes: [],
    price: { net: price },
  };
}

function required<T>(cells: CellReader, field: 'lineName' | 'lineUnit' | 'lineQuantity' | 'lineVatRate', value: T | undefined) {
  if (value === undefined && cells.text(field) === undefined) cells.report('CSV-VALUE-MISSING', field);
  return value;
}

/** A rate above zero is the standard category S; a rate of zero says nothing, so its category must be stated (UNCL5305). */
function readVat(cells: CellReader): VatCategory | undefined {
  const code = cells.choice('lineVatCategory', ['S', 'Z', 'E', 'AE', 'K', 'G', 'O'] as const);
  if (code === 'O') return { code };
  const rate = required(cells, 'lineVatRate', cells.decimal('lineVatRate'));
  if (rate === undefined) return undefined;
  if (code !== undefined) return { code, rate };
  if (rate !== '0' && !isNegative(rate)) return { code: 'S', rate };
  cells.report('CSV-VAT-CATEGORY', 'lineVatCategory', { facts: { rate } });
  return undefined;
}

interface LineAmounts {
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly netAmount: Minor;
}

/**
 * Quantity, price and net amount. A stated net amount stands if it is quantity × price within the slack; without a price it is the price
 * of a single piece. A negative price becomes a negative quantity, since a price never is negative (BR-27).
 */
function readAmounts(cells: CellReader): LineAmounts | undefined {
  const quantity = required(cells, 'lineQuantity', cells.decimal('lineQuantity'));
  const price = cells.decimal('linePrice');
  const stated = cells.amount('lineNetAmount');
  if (quantity === undefined) return undefined;
  if (price === undefined) return amountsWithoutPrice(cells, quantity, stated);
  const netAmount = extend(quantity, price, ONE);
  if (absolute(netAmount) > MAX_AMOUNT) {
    cells.report('CSV-AMOUNT-TOO-LARGE', 'lineQuantity', { value: `${quantity} × ${price}` });
    return undefined;
  }
  if (stated !== undefined && absolute(stated - netAmount) > LINE_SLACK) {
    const facts = { expected: formatAmount(netAmount), quantity, price };
    cells.report('CSV-LINE-NET', 'lineNetAmount', { value: formatAmount(stated), facts });
  }
  if (!isNegative(price)) return { quantity, price, netAmount: stated ?? netAmount };
  cells.report('CSV-NEGATIVE-PRICE', 'linePrice', { value: price });
  return { quantity: opposite(quantity), price: opposite(price), netAmount: stated ?? netAmount };
}

function amountsWithoutPrice(cells: CellReader, quantity: Decimal, stated: Minor | undefined): LineAmounts | undefined {
  const unreadable = cells.text('linePrice') ?? (stated === undefined ? cells.text('lineNetAmount') : undefined);
  if (unreadable !== undefined) return undefined;
  if (stated === undefined || quantity !== ONE) {
    cells.report('CSV-VALUE-MISSING', 'linePrice');
    return undefined;
  }
  const price = decimalOfAmount(absolute(stated));
  return { quantity: stated < 0n ? opposite(quantity) : quantity, price, netAmount: stated };
}

function opposite(value: Decimal): Decimal {
  const { unscaled, scale } = unscale(value);
  return rescale(-unscaled, scale);
}
