import type { PurchaseTerms } from '../agreement.ts';
import { percentOf, unscale, type Decimal } from '../decimal.ts';
import { principalOf, type LedgerAccount, type LedgerTransaction } from '../ledger.ts';
import type { Invoice } from '../invoice.ts';
import { divideRounded, type Minor } from '../money.ts';

/** What a bought receivable costs and brings: nominal = price + fee + VAT. Negative of a credit note. */
export interface PurchaseAmounts {
  readonly nominal: Minor;
  readonly price: Minor;
  readonly fee: Minor;
  readonly vat: Minor;
}

/**
 * The price of a receivable, and the bureau's consideration: nominal less price, VAT at the standard rate within it (Skatteverket
 * 2016-05-20; reference/collection-rules.md §10.1).
 */
export function purchaseAmounts(nominal: Minor, { pricePercent }: PurchaseTerms, vatRate: Decimal): PurchaseAmounts {
  const price = percentOf(nominal, pricePercent);
  const rate = unscale(vatRate);
  const hundred = 100n * 10n ** BigInt(rate.scale);
  const vat = divideRounded((nominal - price) * rate.unscaled, hundred + rate.unscaled);
  return { nominal, price, fee: nominal - price - vat, vat };
}

/**
 * The bureau buys the receivable of a document when it is issued (§10.4, last row): the client is owed the price. A credit note takes
 * the purchase back in its part; what the client then owes for it is its deficit, set off by the next settlement, since its liability
 * may have been paid out. Undefined for a document of zero.
 */
export function planPurchase(invoice: Invoice, terms: PurchaseTerms, vatRate: Decimal): LedgerTransaction | undefined {
  const { nominal, price, fee, vat } = purchaseAmounts(principalOf(invoice), terms, vatRate);
  if (nominal === 0n) return undefined;
  const amounts: readonly (readonly [LedgerAccount, Minor])[] = [
    ['withBureau', price],
    ['serviceCost', fee],
    ['inputVat', vat],
    ['soldReceivables', -nominal],
    ['purchasedReceivables', nominal],
    [nominal > 0n ? 'clientLiability' : 'clientDeficit', -price],
    ['feeIncome', -fee],
    ['feeVat', -vat],
  ];
  return {
    kind: 'purchase',
    effectKey: `purchase:${invoice.number}`,
    entryDate: invoice.issueDate,
    postings: amounts
      .filter(([, amount]) => amount !== 0n)
      .map(([account, amount]) => ({ account, amount, currency: invoice.currency })),
  };
}
