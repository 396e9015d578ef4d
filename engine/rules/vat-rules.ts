import { isBlank, type Report, type Rule } from './rule.ts';
import { compareDecimals, decimal, isNegative, percentOf, type Decimal } from '../decimal.ts';
import type { Invoice, VatCategory, VatGroup } from '../invoice.ts';
import { absolute, formatAmount, sum, type Minor } from '../money.ts';

/**
 * What each VAT category asks for, by the rules BR-<category>-01 (its row in the breakdown), -02/-03/-04 (registration numbers), -05/-06/-07
 * (rate on lines, allowances, charges), -10 (reason of exemption), BR-IC-11/-12 (delivery) and BR-O-11 … -14 (nothing else beside O).
 */
export const vatCategoryRules: Rule = (invoice, report) => {
  const items = vatItemsOf(invoice);
  for (const code of new Set([...items.map((item) => item.vat.code), ...invoice.vatBreakdown.map((group) => group.code)])) {
    const category = vatCategoryRuleOf.get(code);
    if (category === undefined) continue;
    const own = items.filter((item) => item.vat.code === code);
    checkBreakdown(invoice, code, category, own, report);
    checkIds(invoice, code, category, own, report);
    for (const item of own) checkRate(item, category, report);
    checkReasons(invoice, code, category, report);
  }
  checkIntraCommunity(invoice, report);
  checkOutsideScope(invoice, items, report);
};

function checkBreakdown(
  invoice: Invoice,
  code: string,
  category: VatCategoryRule,
  own: readonly VatItem[],
  report: Report,
): void {
  const groups = invoice.vatBreakdown.filter((group) => group.code === code);
  const rule = `BR-${category.prefix}-01`;
  const wanted: readonly (string | undefined)[] = category.byRate ? [...new Set(own.map((item) => item.vat.rate))] : [undefined];
  for (const rate of wanted) {
    if (own.length > 0 && !groups.some((group) => !category.byRate || group.rate === rate)) {
      report('INV-VAT-GROUP-MISSING', 'vatBreakdown', rule, { value: code, facts: { category: code, rate: rate ?? '0' } });
    }
  }
  if (category.byRate && own.length === 0 && groups.length > 0) {
    report('INV-VAT-GROUP-ALONE', 'vatBreakdown', rule, { value: code, facts: { category: code } });
  }
  const twice = groups.findIndex((group, index) =>
    groups.slice(0, index).some((other) => !category.byRate || other.rate === group.rate),
  );
  if (twice >= 0) report('INV-VAT-GROUP-TWICE', 'vatBreakdown', rule, { value: code, facts: { category: code } });
}

const itemRules = { line: ['02', '05'], allowance: ['03', '06'], charge: ['04', '07'] } as const;

function checkIds(invoice: Invoice, code: string, category: VatCategoryRule, own: readonly VatItem[], report: Report): void {
  const rules = [...new Set(own.map((item) => `BR-${category.prefix}-${itemRules[item.kind][0]}`))].join(', ');
  if (rules === '') return;
  const { seller, buyer, taxRepresentative } = invoice;
  const facts = { category: code };
  if (category.ids === 'none') {
    const present = {
      'seller.vatId': seller.vatId,
      'taxRepresentative.vatId': taxRepresentative?.vatId,
      'buyer.vatId': buyer.vatId,
    };
    for (const [path, value] of Object.entries(present)) {
      if (!isBlank(value)) report('INV-VAT-ID-OUTSIDE-SCOPE', path, rules, { value });
    }
    return;
  }
  const sellerHasVatId = !isBlank(seller.vatId) || !isBlank(taxRepresentative?.vatId);
  const vatIdOnly = category.ids === 'seller-vat' || category.ids === 'seller-vat-and-buyer-vat';
  if (!sellerHasVatId && (vatIdOnly || isBlank(seller.taxRegistration)))
    report('INV-SELLER-VAT-ID', 'seller.vatId', rules, { facts });
  const buyerFails =
    (category.ids === 'seller-and-buyer' && isBlank(buyer.vatId) && isBlank(buyer.legalId?.id)) ||
    (category.ids === 'seller-vat-and-buyer-vat' && isBlank(buyer.vatId));
  if (buyerFails) report('INV-BUYER-VAT-ID', 'buyer.vatId', rules, { facts });
}

const ZERO = decimal('0');

function checkRate({ kind, path, vat }: VatItem, category: VatCategoryRule, report: Report): void {
  if (rateFits(vat, category)) return;
  const rule = `BR-${category.prefix}-${itemRules[kind][1]}`;
  report('INV-VAT-RATE', `${path}.rate`, rule, { value: vat.rate, facts: { category: vat.code } });
}

function rateFits({ rate }: VatCategory, category: VatCategoryRule): boolean {
  if (category.rate === 'absent') return rate === undefined;
  if (rate === undefined) return false;
  const sign = compareDecimals(rate, ZERO);
  if (category.rate === 'zero') return sign === 0;
  return category.rate === 'positive' ? sign > 0 : sign >= 0;
}

function checkReasons(invoice: Invoice, code: string, category: VatCategoryRule, report: Report): void {
  const rule = `BR-${category.prefix}-10`;
  for (const [index, group] of invoice.vatBreakdown.entries()) {
    if (group.code !== code) continue;
    const given = !isBlank(group.exemptionReason) || !isBlank(group.exemptionReasonCode);
    const path = `vatBreakdown[${index}].exemptionReason`;
    if (category.reason === 'required' && !given) report('INV-EXEMPTION-MISSING', path, rule, { facts: { category: code } });
    if (category.reason === 'forbidden' && given) {
      report('INV-EXEMPTION-FORBIDDEN', path, rule, {
        value: group.exemptionReason ?? group.exemptionReasonCode,
        facts: { category: code },
      });
    }
  }
}

/** Goods that leave for another member state: when and where to. */
function checkIntraCommunity({ vatBreakdown, delivery, period }: Invoice, report: Report): void {
  if (!vatBreakdown.some((group) => group.code === 'K')) return;
  if (delivery?.date === undefined && period?.start === undefined && period?.end === undefined) {
    report('INV-DELIVERY-MISSING', 'delivery.date', 'BR-IC-11');
  }
  if (isBlank(delivery?.address?.country)) report('INV-DELIVERY-MISSING', 'delivery.address.country', 'BR-IC-12');
}

function checkOutsideScope({ vatBreakdown }: Invoice, items: readonly VatItem[], report: Report): void {
  if (!vatBreakdown.some((group) => group.code === 'O')) return;
  const other = vatBreakdown.findIndex((group) => group.code !== 'O');
  if (other >= 0) report('INV-OUTSIDE-SCOPE-MIXED', `vatBreakdown[${other}]`, 'BR-O-11', { value: vatBreakdown[other]!.code });
  const rules = { line: 'BR-O-12', allowance: 'BR-O-13', charge: 'BR-O-14' } as const;
  const item = items.find(({ vat }) => vat.code !== 'O');
  if (item) report('INV-OUTSIDE-SCOPE-MIXED', `${item.path}.code`, rules[item.kind], { value: item.vat.code });
}

/**
 * The VAT breakdown: BR-48, BR-CO-17 and, by category, the rules -08 (taxable amount) and -09 (tax). Categories with rates have a slack of
 * less than one unit of currency, for senders that sum the VAT of each line; the others none.
 */
export const vatAmountRules: Rule = (invoice, report) => {
  const items = vatItemsOf(invoice);
  for (const [index, group] of invoice.vatBreakdown.entries()) {
    const path = `vatBreakdown[${index}]`;
    const category = vatCategoryRuleOf.get(group.code);
    if (group.rate === undefined && category?.rate !== 'absent')
      report('INV-VAT-RATE', `${path}.rate`, 'BR-48', rateFacts(group));
    checkTax(group, path, report);
    if (category) checkBase({ group, path, items, byRate: category.byRate, prefix: category.prefix }, report);
  }
};

/** One unit of currency, exclusive. */
const WIDE_SLACK: Minor = 100n;
const HALF_PERCENT = decimal('0.5');

function checkTax(group: VatGroup, path: string, report: Report): void {
  const category = vatCategoryRuleOf.get(group.code);
  const rate = group.rate ?? decimal('0');
  const zeroRated = category !== undefined && !category.byRate;
  const fails = zeroRated || roundsToZero(rate) ? group.vatAmount !== 0n : exceedsSlack(group, rate);
  if (!fails) return;
  const expected = zeroRated ? 0n : percentOf(group.baseAmount, rate);
  const rule = category ? `BR-${category.prefix}-09, BR-CO-17` : 'BR-CO-17';
  const facts = { expected: formatAmount(expected), base: formatAmount(group.baseAmount), rate };
  report('INV-VAT-AMOUNT', `${path}.vatAmount`, rule, { value: formatAmount(group.vatAmount), facts });
}

/** The rule rounds the rate to a whole percentage first: below half a percent there is no tax. */
const roundsToZero = (rate: Decimal): boolean => !isNegative(rate) && compareDecimals(rate, HALF_PERCENT) < 0;

const exceedsSlack = (group: VatGroup, rate: Decimal): boolean =>
  absolute(absolute(group.vatAmount) - percentOf(absolute(group.baseAmount), rate)) >= WIDE_SLACK;

interface BaseQuestion {
  readonly group: VatGroup;
  readonly path: string;
  readonly items: readonly VatItem[];
  readonly byRate: boolean;
  readonly prefix: string;
}

function checkBase({ group, path, items, byRate, prefix }: BaseQuestion, report: Report): void {
  const own = items.filter((item) => item.vat.code === group.code && (!byRate || item.vat.rate === group.rate));
  const expected = sum(own.map((item) => item.amount));
  const difference = absolute(group.baseAmount - expected);
  if (difference === 0n || (byRate && difference < WIDE_SLACK)) return;
  const facts = { expected: formatAmount(expected), ...rateFacts(group).facts };
  report('INV-VAT-BASE', `${path}.baseAmount`, `BR-${prefix}-08`, { value: formatAmount(group.baseAmount), facts });
}

const rateFacts = ({ code, rate }: VatGroup) => ({ value: rate ?? '', facts: { category: code, rate: rate ?? '' } });

/** Something with a VAT category: a line, or an allowance or charge of the document. */
interface VatItem {
  readonly kind: 'line' | 'allowance' | 'charge';
  readonly path: string;
  readonly vat: VatCategory;
  /** What it adds to the taxable amount. */
  readonly amount: Minor;
}

/** Everything that the VAT breakdown sums up. */
export function vatItemsOf(invoice: Invoice): readonly VatItem[] {
  const lines = invoice.lines.map((line, index): VatItem => ({
    kind: 'line',
    path: `lines[${index}].vat`,
    vat: line.vat,
    amount: line.netAmount,
  }));
  const others = invoice.allowancesAndCharges.flatMap((item, index): VatItem[] => {
    if (item.vat === undefined) return [];
    const path = `allowancesAndCharges[${index}].vat`;
    return item.charge
      ? [{ kind: 'charge', path, vat: item.vat, amount: item.amount }]
      : [{ kind: 'allowance', path, vat: item.vat, amount: -item.amount }];
  });
  return [...lines, ...others];
}

/** What EN 16931 asks of a VAT category (reference/einvoice.md §1.5, table of category rules). */
interface VatCategoryRule {
  /** As in the rules' ids: `BR-IC-05`. */
  readonly prefix: string;
  /** The rate on lines, allowances, charges and in the breakdown. */
  readonly rate: 'positive' | 'any' | 'zero' | 'absent';
  /** Several rows of the breakdown, one for each rate; otherwise exactly one. */
  readonly byRate: boolean;
  /** Must the breakdown say why no VAT is charged? */
  readonly reason: 'required' | 'forbidden';
  /** Registration numbers that must be there: the seller's (or its representative's) and the buyer's; `none`: no VAT number at all. */
  readonly ids: 'seller' | 'seller-vat' | 'seller-and-buyer' | 'seller-vat-and-buyer-vat' | 'none';
}

const vatCategoryRuleOf: ReadonlyMap<string, VatCategoryRule> = new Map([
  ['S', { prefix: 'S', rate: 'positive', byRate: true, reason: 'forbidden', ids: 'seller' }],
  ['Z', { prefix: 'Z', rate: 'zero', byRate: false, reason: 'forbidden', ids: 'seller' }],
  ['E', { prefix: 'E', rate: 'zero', byRate: false, reason: 'required', ids: 'seller' }],
  ['AE', { prefix: 'AE', rate: 'zero', byRate: false, reason: 'required', ids: 'seller-and-buyer' }],
  ['K', { prefix: 'IC', rate: 'zero', byRate: false, reason: 'required', ids: 'seller-vat-and-buyer-vat' }],
  ['G', { prefix: 'G', rate: 'zero', byRate: false, reason: 'required', ids: 'seller-vat' }],
  ['O', { prefix: 'O', rate: 'absent', byRate: false, reason: 'required', ids: 'none' }],
  ['L', { prefix: 'AF', rate: 'any', byRate: true, reason: 'forbidden', ids: 'seller' }],
  ['M', { prefix: 'AG', rate: 'any', byRate: true, reason: 'forbidden', ids: 'seller' }],
]);
