import { documentParts } from './document-parts.ts';
import { CAC, CBC, CUSTOMIZATION_ID, PROFILE_ID, rootNamespaces, type RootName } from './names.ts';
import { writeXml, XML_DECLARATION, xmlNode } from '../xml/write-xml.ts';
import type { Invoice } from '#engine/invoice.ts';

/**
 * Writes an invoice or credit note as Peppol BIS Billing 3.0 (UBL 2.1): every term, in schema order, the same bytes each time. Nothing is
 * checked here: `recheckPeppol` decides whether the result may leave the house.
 */
export function writePeppolInvoice(invoice: Invoice): string {
  const root = rootOf(invoice);
  const node = xmlNode(root);
  Object.assign(node.attributes, { xmlns: rootNamespaces[root], 'xmlns:cac': CAC, 'xmlns:cbc': CBC });
  node.children.push(xmlNode('cbc:CustomizationID', CUSTOMIZATION_ID), xmlNode('cbc:ProfileID', PROFILE_ID));
  documentParts[root].write(invoice, { node, currency: invoice.currency, vatCurrency: invoice.vatCurrency });
  return `${XML_DECLARATION}${writeXml(node, { empty: 'drop' })}\n`;
}

export const rootOf = (invoice: Pick<Invoice, 'kind'>): RootName => (invoice.kind === 'invoice' ? 'Invoice' : 'CreditNote');
