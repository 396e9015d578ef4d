/** Names and identifiers of Peppol BIS Billing 3.0 (reference/einvoice.md §1.2, §1.12). */
export const CAC = 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2';
export const CBC = 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2';
export const SBDH = 'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader';

/** BT-24 */
export const CUSTOMIZATION_ID = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0';
/** BT-23 */
export const PROFILE_ID = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0';

export const rootNamespaces = {
  Invoice: 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2',
  CreditNote: 'urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2',
} as const;
export type RootName = keyof typeof rootNamespaces;

/** Identifier of the document type in the network, scheme `busdox-docid-qns`. */
export const documentTypeId = (root: RootName): string => `${rootNamespaces[root]}::${root}##${CUSTOMIZATION_ID}::2.1`;
