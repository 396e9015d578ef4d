import { type Report, type Rule, isBlank } from './rule.ts';
import {
  allowanceReasons,
  attachmentTypes,
  chargeReasons,
  countryCodes,
  creditNoteTypes,
  endpointSchemes,
  identifierSchemes,
  invoiceTypes,
  itemClassifications,
  noteSubjects,
  objectSchemes,
  paymentMeansCodes,
  taxPointCodes,
  unitCodes,
  vatCategories,
  vatExemptionCodes,
} from '../code-lists.ts';
import type { AllowanceOrCharge, Identifier, Invoice } from '../invoice.ts';
import { hasValidModulus10, isGln, isNorwegianOrganisationNumber } from '../check-digits.ts';

/** Codes that mean something on paper as well: units, countries, VAT, kinds of document. Each list is in `engine/code-lists`. */
export const codeRules: Rule = (invoice, report) => {
  const check = checker(report);
  if (invoice.kind === 'invoice') check(invoiceTypes, 'typeCode', invoice.typeCode, 'BR-CL-01, PEPPOL-EN16931-P0100');
  else check(creditNoteTypes, 'typeCode', invoice.typeCode, 'BR-CL-01, PEPPOL-EN16931-P0101');
  checkGermanTypes(invoice, report);
  check(taxPointCodes, 'taxPointDateCode', invoice.taxPointDateCode, 'BR-CL-06, PEPPOL-EN16931-CL006');
  const countries = [
    ['seller.address.country', invoice.seller.address.country],
    ['buyer.address.country', invoice.buyer.address.country],
    ['taxRepresentative.address.country', invoice.taxRepresentative?.address.country],
    ['delivery.address.country', invoice.delivery?.address?.country],
  ] as const;
  for (const [path, code] of countries) check(countryCodes, path, code, 'BR-CL-14');
  for (const [index, line] of invoice.lines.entries()) {
    const path = `lines[${index}]`;
    check(unitCodes, `${path}.unit`, line.unit, 'BR-CL-23');
    check(vatCategories, `${path}.vat.code`, line.vat.code, 'BR-CL-18');
    check(countryCodes, `${path}.originCountry`, line.originCountry, 'BR-CL-15');
    line.allowancesAndCharges.forEach((item, at) => checkReason(item, `${path}.allowancesAndCharges[${at}]`, report));
  }
  for (const [index, item] of invoice.allowancesAndCharges.entries()) {
    checkReason(item, `allowancesAndCharges[${index}]`, report);
    check(vatCategories, `allowancesAndCharges[${index}].vat.code`, item.vat?.code, 'BR-CL-18');
  }
  checkVatCodes(invoice, report);
};

/** Codes that only the network reads: schemes of identifiers, payment means, types of attachments. */
export const networkCodeRules: Rule = (invoice, report) => {
  const check = checker(report);
  const { seller, buyer, payee, delivery } = invoice;
  check(noteSubjects, 'note', /^[^#]*#([^#]{3})#/.exec(invoice.note ?? '')?.[1], 'BR-CL-08');
  const scheme = (list: ReadonlySet<string>, path: string, item: Identifier | undefined, rule: string): void =>
    check(list, `${path}.scheme`, item?.scheme, rule);
  scheme(endpointSchemes, 'seller.endpoint', seller.endpoint, 'BR-CL-25, PEPPOL-EN16931-CL008');
  scheme(endpointSchemes, 'buyer.endpoint', buyer.endpoint, 'BR-CL-25, PEPPOL-EN16931-CL008');
  for (const [index, item] of seller.identifiers.entries()) {
    if (item.scheme !== 'SEPA') scheme(identifierSchemes, `seller.identifiers[${index}]`, item, 'BR-CL-10');
  }
  scheme(identifierSchemes, 'buyer.identifier', buyer.identifier, 'BR-CL-10');
  if (payee?.identifier?.scheme !== 'SEPA') scheme(identifierSchemes, 'payee.identifier', payee?.identifier, 'BR-CL-10');
  scheme(identifierSchemes, 'seller.legalId', seller.legalId, 'BR-CL-11');
  scheme(identifierSchemes, 'buyer.legalId', buyer.legalId, 'BR-CL-11');
  scheme(identifierSchemes, 'payee.legalId', payee?.legalId, 'BR-CL-11');
  scheme(identifierSchemes, 'delivery.location', delivery?.location, 'BR-CL-26');
  scheme(objectSchemes, 'invoicedObject', invoice.invoicedObject, 'BR-CL-07');
  invoice.paymentMeans.forEach((means, index) => check(paymentMeansCodes, `paymentMeans[${index}].code`, means.code, 'BR-CL-16'));
  invoice.attachments.forEach((item, index) =>
    check(attachmentTypes, `attachments[${index}].content.mimeCode`, item.content?.mimeCode, 'BR-CL-24, PEPPOL-EN16931-CL001'),
  );
  for (const [index, line] of invoice.lines.entries()) {
    scheme(objectSchemes, `lines[${index}].object`, line.object, 'BR-CL-07');
    scheme(identifierSchemes, `lines[${index}].standardItemId`, line.standardItemId, 'BR-CL-21');
    line.classifications.forEach((item, at) =>
      check(itemClassifications, `lines[${index}].classifications[${at}].list`, item.list, 'BR-CL-13'),
    );
  }
};

const checker =
  (report: Report) =>
  (list: ReadonlySet<string>, path: string, code: string | undefined, rule: string): void => {
    if (code !== undefined && !list.has(code)) report('INV-CODE', path, rule, { value: code });
  };

function checkReason(item: AllowanceOrCharge, path: string, report: Report): void {
  const list = item.charge ? chargeReasons : allowanceReasons;
  const rule = item.charge ? 'BR-CL-20, PEPPOL-EN16931-CL003' : 'BR-CL-19, PEPPOL-EN16931-CL002';
  checker(report)(list, `${path}.reasonCode`, item.reasonCode, rule);
}

/** Corrected and partial invoices exist between German parties only. */
function checkGermanTypes({ typeCode, seller, buyer }: Invoice, report: Report): void {
  const german = seller.address.country === 'DE' && buyer.address.country === 'DE';
  if (['384', '326'].includes(typeCode) && !german) report('INV-CODE', 'typeCode', 'PEPPOL-EN16931-P0112', { value: typeCode });
}

/** VATEX codes that belong to one category (PEPPOL-EN16931-P0104 … P0111). */
const categoryOfExemption: Readonly<Record<string, readonly [category: string, rule: string]>> = {
  'VATEX-EU-G': ['G', 'PEPPOL-EN16931-P0104'],
  'VATEX-EU-O': ['O', 'PEPPOL-EN16931-P0105'],
  'VATEX-EU-IC': ['K', 'PEPPOL-EN16931-P0106'],
  'VATEX-EU-AE': ['AE', 'PEPPOL-EN16931-P0107'],
  'VATEX-EU-D': ['E', 'PEPPOL-EN16931-P0108'],
  'VATEX-EU-F': ['E', 'PEPPOL-EN16931-P0109'],
  'VATEX-EU-I': ['E', 'PEPPOL-EN16931-P0110'],
  'VATEX-EU-J': ['E', 'PEPPOL-EN16931-P0111'],
};

function checkVatCodes(invoice: Invoice, report: Report): void {
  const check = checker(report);
  for (const [index, group] of invoice.vatBreakdown.entries()) {
    const path = `vatBreakdown[${index}]`;
    check(vatCategories, `${path}.code`, group.code, 'BR-CL-17');
    const code = group.exemptionReasonCode?.toUpperCase();
    check(vatExemptionCodes, `${path}.exemptionReasonCode`, code, 'BR-CL-22');
    const [category, rule = ''] = categoryOfExemption[code ?? ''] ?? [];
    if (category !== undefined && category !== group.code) {
      report('INV-EXEMPTION-CATEGORY', `${path}.exemptionReasonCode`, rule, {
        value: code,
        facts: { category, stated: group.code },
      });
    }
  }
}

/**
 * What the Peppol network asks beyond the invoice itself: a reference for the buyer (R003), both electronic addresses (R010, R020, BR-62,
 * BR-63), terms that UBL cannot leave out beside others (BT-13, BT-147, a credit note's BT-9 in its payment means), and identifiers that have the form of their scheme (COMMON-R040 … -R053). None of this may stop a letter on paper.
 */
export const networkRules: Rule = (invoice, report) => {
  if (isBlank(invoice.buyerReference) && isBlank(invoice.orderReference)) {
    report('INV-BUYER-REFERENCE', 'buyerReference', 'PEPPOL-EN16931-R003');
  }
  if (invoice.salesOrderReference !== undefined && isBlank(invoice.orderReference)) {
    report('INV-TERM-MISSING', 'orderReference', 'BT-13 1..1');
  }
  if (invoice.kind === 'creditNote' && invoice.dueDate !== undefined && invoice.paymentMeans.length === 0) {
    report('INV-TERM-MISSING', 'paymentMeans', 'BT-9 in BG-16');
  }
  for (const [index, { price }] of invoice.lines.entries()) {
    if (price.gross !== undefined && price.discount === undefined) {
      report('INV-TERM-MISSING', `lines[${index}].price.discount`, 'BT-147 1..1');
    }
  }
  checkEndpoint(invoice.seller.endpoint, 'seller.endpoint', ['PEPPOL-EN16931-R020', 'BR-62'], report);
  checkEndpoint(invoice.buyer.endpoint, 'buyer.endpoint', ['PEPPOL-EN16931-R010', 'BR-63'], report);
  for (const [path, identifier] of schemedIdentifiers(invoice)) checkForm(identifier, path, report);
};

function checkEndpoint(endpoint: Identifier | undefined, path: string, rules: readonly [string, string], report: Report): void {
  if (isBlank(endpoint?.id)) report('INV-ENDPOINT', path, rules[0]);
  else if (isBlank(endpoint?.scheme)) report('INV-ENDPOINT-SCHEME', path, rules[1], { value: endpoint?.id });
}

/** The identifiers whose form the network checks: addresses, party identifiers, legal registrations. */
function schemedIdentifiers({ seller, buyer, payee }: Invoice): readonly (readonly [string, Identifier])[] {
  const candidates: readonly (readonly [string, Identifier | undefined])[] = [
    ['seller.endpoint', seller.endpoint],
    ...seller.identifiers.map((item, index) => [`seller.identifiers[${index}]`, item] as const),
    ['seller.legalId', seller.legalId],
    ['buyer.endpoint', buyer.endpoint],
    ['buyer.identifier', buyer.identifier],
    ['buyer.legalId', buyer.legalId],
    ['payee.identifier', payee?.identifier],
    ['payee.legalId', payee?.legalId],
  ];
  return candidates.filter((item): item is readonly [string, Identifier] => item[1]?.scheme !== undefined);
}

interface Form {
  readonly rule: string;
  readonly fits: (id: string) => boolean;
}

/** Forms of identifiers by scheme (reference/einvoice.md §1.6); schemes of countries that Kuvert's clients do not meet are left out. */
const forms: Readonly<Record<string, Form>> = {
  '0088': { rule: 'PEPPOL-COMMON-R040', fits: isGln },
  '0192': { rule: 'PEPPOL-COMMON-R041', fits: isNorwegianOrganisationNumber },
  '0184': { rule: 'PEPPOL-COMMON-R042', fits: (id) => /^(?:DK)?\d{8}$/.test(id) },
  '0208': { rule: 'PEPPOL-COMMON-R043', fits: isBelgianEnterpriseNumber },
  '0007': { rule: 'PEPPOL-COMMON-R049', fits: (id) => /^\d{10}$/.test(id) && hasValidModulus10(id) },
  '0096': { rule: 'PEPPOL-COMMON-R052', fits: (id) => /^\d{10}$/.test(id) },
  '0198': { rule: 'PEPPOL-COMMON-R053', fits: (id) => /^DK\d{8}$/.test(id) },
};

function checkForm({ id, scheme = '' }: Identifier, path: string, report: Report): void {
  const form = forms[scheme];
  if (form === undefined || form.fits(id)) return;
  report('INV-IDENTIFIER-FORM', path, form.rule, { value: id, facts: { scheme } });
}

/** Ten digits of which the last two are 97 less the first eight modulo 97. */
function isBelgianEnterpriseNumber(id: string): boolean {
  return /^\d{10}$/.test(id) && 97n - (BigInt(id.slice(0, 8)) % 97n) === BigInt(id.slice(8));
}
