import { isBlank, type Report, type Rule } from './rule.ts';
import type { Invoice } from '../invoice.ts';

/** Terms that every invoice has (BR-02 … BR-26, BR-49, BR-52, BR-54, BR-55, BR-65). */
export const mandatoryTerms: Rule = (invoice, report) => {
  const need = (rule: string, path: string, value: string | undefined): void => {
    if (isBlank(value)) report('INV-TERM-MISSING', path, rule);
  };
  need('BR-02', 'number', invoice.number);
  need('BR-04', 'typeCode', invoice.typeCode);
  need('BR-06', 'seller.name', invoice.seller.name);
  need('BR-07', 'buyer.name', invoice.buyer.name);
  need('BR-09', 'seller.address.country', invoice.seller.address.country);
  need('BR-11', 'buyer.address.country', invoice.buyer.address.country);
  if (invoice.lines.length === 0) report('INV-NO-LINES', 'lines', 'BR-16');
  for (const [index, line] of invoice.lines.entries()) {
    need('BR-21', `lines[${index}].id`, line.id);
    need('BR-23', `lines[${index}].unit`, line.unit);
    need('BR-25', `lines[${index}].name`, line.name);
    need('BR-CO-04', `lines[${index}].vat.code`, line.vat.code);
  }
  invoice.precedingInvoices.forEach((item, index) => need('BR-55', `precedingInvoices[${index}].number`, item.number));
  invoice.attachments.forEach((item, index) => need('BR-52', `attachments[${index}].id`, item.id));
  invoice.paymentMeans.forEach((item, index) => need('BR-49', `paymentMeans[${index}].code`, item.code));
  namesAndValues(invoice, report);
};

/** BR-18, BR-20, BR-54, BR-56, BR-57 and BR-65: terms of groups that need not be there at all. */
function namesAndValues(invoice: Invoice, report: Report): void {
  const need = (rule: string, path: string, value: string | undefined): void => {
    if (isBlank(value)) report('INV-TERM-MISSING', path, rule);
  };
  const { taxRepresentative, delivery } = invoice;
  if (taxRepresentative) {
    need('BR-18', 'taxRepresentative.name', taxRepresentative.name);
    need('BR-20', 'taxRepresentative.address.country', taxRepresentative.address.country);
    need('BR-56', 'taxRepresentative.vatId', taxRepresentative.vatId);
  }
  if (delivery?.address) need('BR-57', 'delivery.address.country', delivery.address.country);
  for (const [index, line] of invoice.lines.entries()) {
    const path = `lines[${index}]`;
    line.attributes.forEach(({ name, value }, at) => need('BR-54', `${path}.attributes[${at}]`, isBlank(name) ? name : value));
    line.classifications.forEach((item, at) => need('BR-65', `${path}.classifications[${at}].list`, item.list));
    if (line.standardItemId) need('BR-64', `${path}.standardItemId.scheme`, line.standardItemId.scheme);
  }
}
