import { isBlank, type Report, type Rule } from './rule.ts';
import { hasValidModulus10, isGln, isNorwegianOrganisationNumber } from '../check-digits.ts';
import type { Identifier, Invoice } from '../invoice.ts';

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
