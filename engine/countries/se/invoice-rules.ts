import { hasValidModulus10 } from '../../check-digits.ts';
import type { DatedTable } from '../../dated-table.ts';
import { compareDecimals, decimal, type Decimal } from '../../decimal.ts';
import type { Address, Invoice, PaymentAccount, Period } from '../../invoice.ts';
import type { IsoDate } from '../../iso-date.ts';
import { isBlank, type NationalRules, type Report, type Rule, type RuleContext } from '../../rules/rule.ts';
import { vatItemsOf } from '../../rules/vat-rules.ts';

/** What is asked of the invoices of Swedish sellers. */
export const invoiceRules: NationalRules = {
  core: (invoice, report, context) => contentRules(invoice, report, context),
  einvoice: (invoice, report, context) => networkRules(invoice, report, context),
};

/**
 * What Swedish law asks of an invoice on paper as well (ML 2023:200 17:22–29; reference/collection-rules.md §9.1), as far as data can show
 * it, and the VAT rates of the date of supply (ML 9 kap.; SE-R-006). The documents of a print bureau are full invoices: the simplified
 * contents of 17:26–28 are not used.
 */
const contentRules: Rule = (invoice, report, context) => {
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

/** Peppol's rules for Swedish sellers: SE-R-001 … SE-R-013 but SE-R-006, which `contentRules` keep for paper as well. */
const networkRules: Rule = (invoice, report) => {
  checkNumbers(invoice, report);
  for (const [index, { code, account }] of invoice.paymentMeans.entries()) {
    if (account) checkGiro(account, `paymentMeans[${index}].account.id`, report);
    const path = `paymentMeans[${index}].code`;
    if (code === '50' || code === '56') report('INV-SE-MEANS', path, 'SE-R-011', { value: code });
    if (code === '31' && invoice.buyer.address.country === 'SE') report('INV-SE-MEANS', path, 'SE-R-012', { value: code });
  }
};

function checkNumbers({ seller }: Invoice, report: Report): void {
  const { vatId, legalId, taxRegistration } = seller;
  if (vatId !== undefined && vatId.length !== 14) report('INV-SE-VAT-ID', 'seller.vatId', 'SE-R-001', { value: vatId });
  else if (vatId !== undefined && !/^\d{12}$/.test(vatId.slice(2)))
    report('INV-SE-VAT-ID', 'seller.vatId', 'SE-R-002', { value: vatId });
  const number = legalId?.id ?? '';
  const faults = [
    ...(/^\d+$/.test(number) ? [] : ['SE-R-003']),
    ...(number.length === 10 ? [] : ['SE-R-004']),
    ...(hasValidModulus10(number) ? [] : ['SE-R-013']),
  ];
  if (legalId && faults.length > 0) report('INV-SE-LEGAL-ID', 'seller.legalId', faults.join(', '), { value: number });
  if (!isBlank(taxRegistration) && !isBlank(number) && taxRegistration?.trim().toUpperCase() !== 'GODKÄND FÖR F-SKATT') {
    report('INV-SE-TAX-APPROVAL', 'seller.taxRegistration', 'SE-R-005', { value: taxRegistration });
  }
}

function checkGiro({ id, branch }: PaymentAccount, path: string, report: Report): void {
  const kind = branch === 'SE:BANKGIRO' ? 'bankgiro' : branch === 'SE:PLUSGIRO' ? 'plusgiro' : undefined;
  if (kind === undefined) return;
  const digits = /^\d+$/.test(id);
  const long = kind === 'bankgiro' ? /^.{7,8}$/.test(id) : /^.{2,8}$/.test(id);
  const rules = kind === 'bankgiro' ? ['SE-R-008', 'SE-R-009'] : ['SE-R-007', 'SE-R-010'];
  if (!digits) report('INV-SE-GIRO', path, rules[0]!, { value: id, facts: { kind } });
  else if (!long) report('INV-SE-GIRO', path, rules[1]!, { value: id, facts: { kind } });
}
