import type { Agreement } from '#engine/agreement.ts';
import { senderReference } from '#engine/enrich.ts';
import { finding, type Finding } from '#engine/finding.ts';
import type { Invoice } from '#engine/invoice.ts';
import { placeFindings } from '#engine/rules/rule.ts';
import { validateInvoice } from '#engine/rules/validate-invoice.ts';
import { agreedReferences } from '#engine/sockets/reference-scheme.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import type { Submission } from '#engine/submission.ts';

/** Checks a document by the rules of invoices and by what was agreed with the client; findings have the sender's line and column. */
export function checkDocument(
  { invoice, origin }: Pick<Submission, 'invoice' | 'origin'>,
  parts: Parts,
  agreement: Agreement | undefined,
): readonly Finding[] {
  const { countries } = parts;
  const seller = countries[invoice.seller.address.country];
  const found = [
    ...validateInvoice(invoice, { ruleSet: 'core', countries, ...(seller ? { vatRates: Object.values(seller.vatRates) } : {}) }),
    ...(agreement ? checkAgreed(invoice, agreement, parts) : []),
  ];
  return placeFindings(found, origin);
}

function checkAgreed(invoice: Invoice, agreement: Agreement, parts: Parts): readonly Finding[] {
  const found: Finding[] = [];
  const { number: document, seller, currency } = invoice;
  const agreed = agreement.seller.legalId?.id;
  if (agreed !== undefined && seller.legalId?.id !== agreed) {
    const facts = { agreed };
    found.push(
      finding('INV-OTHER-SELLER', { document, field: 'seller.legalId', value: seller.legalId?.id ?? seller.name, facts }),
    );
  }
  if (currency !== agreement.currency) {
    const facts = { agreed: agreement.currency };
    found.push(finding('INV-OTHER-CURRENCY', { document, field: 'currency', value: currency, facts }));
  }
  const reference = senderReference(invoice, agreement);
  const [account] = agreement.paymentAccounts;
  if (reference !== undefined && account !== undefined && !agreedReferences(parts, account).isValid(reference)) {
    found.push(finding('INV-REFERENCE-WRONG', { document, field: 'paymentMeans[0].reference', value: reference }));
  }
  return found;
}
