import { isBlank, type Report, type Rule, type RuleContext } from './rule.ts';
import { vatItemsOf } from './vat-items.ts';
import type { DatedTable } from '../dated-table.ts';
import { compareDecimals, decimal, type Decimal } from '../decimal.ts';
import type { Address, Invoice, Period } from '../invoice.ts';
import type { IsoDate } from '../iso-date.ts';

/**
 * What Swedish law asks of an invoice on paper as well (ML 2023:200 17:22–29; reference/collection-rules.md §9.1), as far as data can show
 * it, and the VAT rates of the date of supply (ML 9 kap.; SE-R-006). The documents of a print bureau are full invoices: the simplified
 * contents of 17:26–28 are not used.
 */
export const swedishContentRules: Rule = (invoice, report, context) => {
  if (invoice.seller.address.country !== 'SE') return;
  const { seller, buyer, vatBreakdown, totals } = invoice;
  checkAddress(seller.address, 'seller.address', 'ML 17:24 5', report);
  checkAddress(buyer.address, 'buyer.address', 'ML 17:24 6', report);
  const taxed = vatBreakdown.some((group) => group.code === 'S');
  if (taxed && isBlank(seller.vatId)) report('INV-SELLER-VAT-ID', 'seller.vatId', 'ML 17:24 3', { facts: { category: 'S' } });
  if (invoice.currency !== 'SEK' && totals.vatAmount !== 0n && invoice.vatCurrency !== 'SEK') {
    report('INV-VAT-IN-KRONOR', 'vatCurrency', 'ML 17:29', {
      value: invoice.vatCurrency ?? '',
      facts: { currency: invoice.currency },
    });
  }
  const refersBack = invoice.precedingInvoices.some((item) => !isBlank(item.number));
  if (invoice.kind === 'creditNote' && !refersBack) report('INV-CREDIT-REFERENCE', 'precedingInvoices', 'ML 17:22');
  checkRates(invoice, report, context);
};

/** A name and a place are not yet an address. */
function checkAddress(
  { line1, line2, line3, city, postcode, country }: Address,
  path: string,
  rule: string,
  report: Report,
): void {
  if (isBlank(city)) report('INV-ADDRESS', `${path}.city`, rule);
  else if (country === 'SE' && isBlank(postcode)) report('INV-ADDRESS', `${path}.postcode`, rule);
  else if (isBlank(postcode) && isBlank(line1) && isBlank(line2) && isBlank(line3)) report('INV-ADDRESS', `${path}.line1`, rule);
}

/** Rates of category S that Peppol allows Swedish sellers at all. */
const swedishRates = ['25', '12', '6'].map(decimal);

function checkRates(invoice: Invoice, report: Report, { vatRates }: RuleContext): void {
  for (const { path, vat } of vatItemsOf(invoice)) {
    if (vat.code !== 'S' || vat.rate === undefined) continue;
    const rate = vat.rate;
    const lineIndex = /^lines\[(\d+)\]/.exec(path)?.[1];
    const supplied = datesOfSupply(invoice, lineIndex === undefined ? undefined : invoice.lines[Number(lineIndex)]?.period);
    if (!includes(swedishRates, rate)) report('INV-SE-VAT-RATE', `${path}.rate`, 'SE-R-006', { value: rate });
    else if (vatRates && !supplied.some((date) => includes(ratesOn(vatRates, date), rate))) {
      report('INV-VAT-RATE-AT-DATE', `${path}.rate`, 'ML 9 kap.', {
        value: rate,
        facts: { date: supplied[0] ?? invoice.issueDate },
      });
    }
  }
}

const includes = (rates: readonly Decimal[], rate: Decimal): boolean => rates.some((item) => compareDecimals(item, rate) === 0);

/** The rates in force on a day, over all kinds of supply: which kind a line is the invoice does not say. */
const ratesOn = (tables: readonly DatedTable<Decimal>[], date: IsoDate): readonly Decimal[] =>
  tables.flatMap(({ rows }) => {
    const row = rows.findLast((item) => item.from <= date);
    return row === undefined || (row.to !== undefined && row.to < date) ? [] : [row.value];
  });

/**
 * The days whose rates may apply: of the line's period, else of delivery, tax point or the document's period, else of issue. A credit note
 * follows the invoice that it corrects, so that one's day counts as well.
 */
function datesOfSupply(invoice: Invoice, linePeriod: Period | undefined): readonly IsoDate[] {
  const stated = [
    daysOf(linePeriod),
    invoice.delivery?.date === undefined ? [] : [invoice.delivery.date],
    invoice.taxPointDate === undefined ? [] : [invoice.taxPointDate],
    daysOf(invoice.period),
  ].find((days) => days.length > 0) ?? [invoice.issueDate];
  return [...stated, ...invoice.precedingInvoices.flatMap((item) => item.issueDate ?? [])];
}

const daysOf = (period: Period | undefined): readonly IsoDate[] => [period?.start, period?.end].flatMap((day) => day ?? []);
