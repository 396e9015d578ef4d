import { isBlank, type Report, type Rule } from './rule.ts';
import { vatCategoryRuleOf, type VatCategoryRule } from './vat-categories.ts';
import { vatItemsOf, type VatItem } from './vat-items.ts';
import { compareDecimals, decimal } from '../decimal.ts';
import type { Invoice, VatCategory } from '../invoice.ts';

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
