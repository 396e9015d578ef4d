import type { Report, Rule } from './rule.ts';
import { vatCategoryRuleOf } from './vat-categories.ts';
import { vatItemsOf, type VatItem } from './vat-items.ts';
import { compareDecimals, decimal, isNegative, percentOf, type Decimal } from '../decimal.ts';
import type { VatGroup } from '../invoice.ts';
import { absolute, formatAmount, sum, type Minor } from '../money.ts';

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
