import type { Agreement } from '#engine/agreement.ts';
import { at } from '#engine/dated-table.ts';
import type { EnrichedInvoice } from '#engine/enrich.ts';
import { planIssue } from '#engine/ledger.ts';
import { planPurchase } from '#engine/settlement/plan-settlement.ts';
import type { StoredInvoice } from '#engine/store/invoices.ts';
import type { BookedTransaction } from '#engine/store/ledger.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import type { House } from '../house.ts';

/**
 * What an issued document puts into the ledger: its issue and, of a client whose receivables the bureau buys, the purchase, at the VAT rate
 * of the day of issue. A document of zero has nothing to post; one that is only delivered is not ours to book.
 */
export function issueTransactions(
  { config }: House,
  agreement: Agreement,
  { invoice, mode }: EnrichedInvoice,
  stored: StoredInvoice,
): readonly BookedTransaction[] {
  const issue = planIssue(invoice);
  if (mode === 'distribute-only' || issue.postings.length === 0) return [];
  const { vatRates } = countryOf(config.parts, agreement.country);
  const bought = agreement.purchase && planPurchase(invoice, agreement.purchase, at(vatRates.standard, invoice.issueDate));
  return [{ ...issue, ...stored }, ...(bought ? [{ ...bought, invoice: stored.invoice, receivable: null }] : [])];
}
