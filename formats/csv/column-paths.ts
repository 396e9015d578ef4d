import type { CsvField } from '#engine/csv-mapping.ts';

/**
 * Which CSV field a canonical path of `engine/invoice.ts` came from, for the place of a finding. Paths below `lines[n]` are looked up
 * without that prefix; a path that is not here is looked up by its beginning (`buyer.address.city`, then `buyer.address`, then `buyer`).
 */
export const documentPaths: Readonly<Record<string, CsvField>> = {
  number: 'number',
  kind: 'kind',
  typeCode: 'kind',
  issueDate: 'issueDate',
  dueDate: 'dueDate',
  currency: 'currency',
  buyerReference: 'buyerReference',
  orderReference: 'orderReference',
  contractReference: 'contractReference',
  projectReference: 'projectReference',
  buyerAccountingReference: 'buyerAccountingReference',
  note: 'note',
  period: 'periodStart',
  'period.end': 'periodEnd',
  delivery: 'deliveryDate',
  precedingInvoices: 'precedingNumber',
  'precedingInvoices[0].issueDate': 'precedingIssueDate',
  paymentMeans: 'paymentReference',
  paymentTerms: 'paymentTerms',
  'totals.netAmount': 'statedNetAmount',
  'totals.vatAmount': 'statedVatAmount',
  'totals.roundingAmount': 'roundingAmount',
  'totals.payableAmount': 'statedPayableAmount',
  buyer: 'buyerName',
  'buyer.identifier': 'debtorNumber',
  'buyer.legalId': 'buyerLegalId',
  'buyer.vatId': 'buyerVatId',
  'buyer.endpoint': 'buyerEndpoint',
  'buyer.address': 'buyerLine1',
  'buyer.address.line2': 'buyerLine2',
  'buyer.address.line3': 'buyerLine3',
  'buyer.address.postcode': 'buyerPostcode',
  'buyer.address.city': 'buyerCity',
  'buyer.address.country': 'buyerCountry',
  'buyer.contact': 'buyerContactName',
  'buyer.contact.email': 'buyerEmail',
  'buyer.contact.telephone': 'buyerTelephone',
};

export const linePaths: Readonly<Record<string, CsvField>> = {
  id: 'lineId',
  name: 'lineName',
  description: 'lineDescription',
  note: 'lineNote',
  quantity: 'lineQuantity',
  unit: 'lineUnit',
  price: 'linePrice',
  netAmount: 'lineNetAmount',
  vat: 'lineVatRate',
  'vat.code': 'lineVatCategory',
  period: 'linePeriodStart',
  'period.end': 'linePeriodEnd',
  sellersItemId: 'lineItemId',
};

/** The field of the longest known beginning of a path. */
export function fieldOfPath(paths: Readonly<Record<string, CsvField>>, path: string): CsvField | undefined {
  for (let known = path; known !== ''; known = known.replace(/(?:^|\.|\[)[^.[]*$/, '')) {
    const field = paths[known];
    if (field !== undefined) return field;
  }
  return undefined;
}
