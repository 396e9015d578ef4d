import type { Report, Rule } from './rule.ts';
import { compareDecimals, decimal, extend, isNegative, subtractDecimals, unscale } from '../decimal.ts';
import type { InvoiceLine } from '../invoice.ts';
import { absolute, formatAmount, sum, type Minor } from '../money.ts';

const ZERO = decimal('0');
const ONE = decimal('1');

/** Slack of computed line amounts, in minor units (PEPPOL-EN16931-R120, -R040). */
export const SLACK: Minor = 2n;

/** Prices and line amounts: BR-27, BR-28, PEPPOL-EN16931-R046, -R120, -R121, -R130. */
export const lineRules: Rule = (invoice, report) => {
  for (const [index, line] of invoice.lines.entries()) {
    const path = `lines[${index}]`;
    const baseIsSound = checkPrice(line, path, report);
    if (baseIsSound) checkNetAmount(line, path, report);
  }
};

/** Tells whether the base quantity can be divided by. */
function checkPrice({ price, unit }: InvoiceLine, path: string, report: Report): boolean {
  const { net, gross, discount, baseQuantity, baseQuantityUnit } = price;
  if (isNegative(net)) report('INV-PRICE-NEGATIVE', `${path}.price.net`, 'BR-27', { value: net });
  if (gross !== undefined && isNegative(gross)) report('INV-PRICE-NEGATIVE', `${path}.price.gross`, 'BR-28', { value: gross });
  if (gross !== undefined && compareDecimals(net, subtractDecimals(gross, discount ?? ZERO)) !== 0) {
    const facts = { gross, discount: discount ?? '0' };
    report('INV-PRICE-DISCOUNT', `${path}.price.net`, 'PEPPOL-EN16931-R046', { value: net, facts });
  }
  if (baseQuantityUnit !== undefined && baseQuantityUnit !== unit) {
    const details = { value: baseQuantityUnit, facts: { unit } };
    report('INV-BASE-QUANTITY-UNIT', `${path}.price.baseQuantityUnit`, 'PEPPOL-EN16931-R130', details);
  }
  const sound = baseQuantity === undefined || compareDecimals(baseQuantity, ZERO) > 0;
  if (!sound) report('INV-BASE-QUANTITY', `${path}.price.baseQuantity`, 'PEPPOL-EN16931-R121', { value: baseQuantity });
  return sound;
}

/** Net amount = quantity × price ÷ base quantity + charges − allowances; the product is compared unrounded, by cross-multiplication. */
function checkNetAmount(line: InvoiceLine, path: string, report: Report): void {
  const base = line.price.baseQuantity ?? ONE;
  const signed = line.allowancesAndCharges.map((item) => (item.charge ? item.amount : -item.amount));
  const quantity = unscale(line.quantity);
  const price = unscale(line.price.net);
  const divisor = unscale(base);
  const numerator = quantity.unscaled * price.unscaled * 100n * 10n ** BigInt(divisor.scale);
  const denominator = divisor.unscaled * 10n ** BigInt(quantity.scale + price.scale);
  const product = line.netAmount - sum(signed);
  if (absolute(product * denominator - numerator) <= SLACK * denominator) return;
  const expected = formatAmount(extend(line.quantity, line.price.net, base) + sum(signed));
  const details = { value: formatAmount(line.netAmount), facts: { expected } };
  report('INV-LINE-NET', `${path}.netAmount`, 'PEPPOL-EN16931-R120', details);
}
