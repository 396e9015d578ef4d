import type { Invoice, VatCategory } from '../invoice.ts';
import type { Minor } from '../money.ts';

/** Something with a VAT category: a line, or an allowance or charge of the document. */
export interface VatItem {
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
