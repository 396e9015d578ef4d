import { SLACK } from './line-rules.ts';
import { isBlank, type Report, type Rule } from './rule.ts';
import { percentOf, unscale } from '../decimal.ts';
import type { AllowanceOrCharge } from '../invoice.ts';
import { absolute, formatAmount } from '../money.ts';

/** Allowances and charges: BR-32, -33, -37, -38, -42, -44 (BR-CO-21 … -24), PEPPOL-EN16931-R040, -R041, -R042. */
export const allowanceRules: Rule = (invoice, report) => {
  for (const [index, item] of invoice.allowancesAndCharges.entries()) {
    const path = `allowancesAndCharges[${index}]`;
    if (isBlank(item.vat?.code)) report('INV-CHARGE-VAT', `${path}.vat`, item.charge ? 'BR-37' : 'BR-32');
    checkItem(item, path, item.charge ? 'BR-38, BR-CO-22' : 'BR-33, BR-CO-21', report);
  }
  for (const [index, line] of invoice.lines.entries()) {
    for (const [at, item] of line.allowancesAndCharges.entries()) {
      checkItem(item, `lines[${index}].allowancesAndCharges[${at}]`, item.charge ? 'BR-44, BR-CO-24' : 'BR-42, BR-CO-23', report);
    }
  }
};

function checkItem(item: AllowanceOrCharge, path: string, reasonRule: string, report: Report): void {
  const { amount, baseAmount, percent } = item;
  if (isBlank(item.reason) && isBlank(item.reasonCode)) report('INV-REASON-MISSING', path, reasonRule);
  if (baseAmount !== undefined && percent === undefined) report('INV-PERCENT-MISSING', path, 'PEPPOL-EN16931-R042');
  if (baseAmount === undefined && percent !== undefined) report('INV-BASE-MISSING', path, 'PEPPOL-EN16931-R041');
  if (baseAmount === undefined || percent === undefined) return;
  const rate = unscale(percent);
  const denominator = 100n * 10n ** BigInt(rate.scale);
  if (absolute(amount * denominator - baseAmount * rate.unscaled) <= SLACK * denominator) return;
  const facts = { expected: formatAmount(percentOf(baseAmount, percent)), base: formatAmount(baseAmount), percent };
  report('INV-PERCENT-AMOUNT', `${path}.amount`, 'PEPPOL-EN16931-R040', { value: formatAmount(amount), facts });
}
