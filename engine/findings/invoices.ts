import { error, warning } from './declaration.ts';

/**
 * Findings of the content of invoices, by outside rules. One code may serve a family of rules: the finding's own `rule` names the one that was
 * broken.
 */
export const invoiceCodes = {
  // Of invoices beside agreements and earlier invoices.
  'INV-REPEATED': warning('IF4'),
  'INV-NUMBER-REUSED': error('ML 17:24 2'),
  'INV-REFERENCE-REUSED': error('F32'),
  'INV-OTHER-SELLER': error('agreement', 'agreed'),
  'INV-OTHER-CURRENCY': error('agreement', 'agreed'),
  'INV-REFERENCE-WRONG': error('OCR'),

  // Of mandatory terms, periods, lines, allowances and charges (reference/einvoice.md §1.5, §1.6).
  'INV-TERM-MISSING': error('EN 16931'),
  'INV-NO-LINES': error('BR-16'),
  'INV-PERIOD-ORDER': error('BR-29, BR-30', 'start'),
  'INV-PERIOD-EMPTY': error('BR-CO-19, BR-CO-20'),
  'INV-TAX-POINT': error('BR-CO-03'),
  'INV-DUE-BEFORE-ISSUE': error('house', 'issueDate'),
  'INV-LINE-PERIOD': error('PEPPOL-EN16931-R110', 'limit'),
  'INV-PRICE-NEGATIVE': error('BR-27, BR-28'),
  'INV-PRICE-DISCOUNT': error('PEPPOL-EN16931-R046', 'gross', 'discount'),
  'INV-BASE-QUANTITY': error('PEPPOL-EN16931-R121'),
  'INV-BASE-QUANTITY-UNIT': error('PEPPOL-EN16931-R130', 'unit'),
  'INV-LINE-NET': error('PEPPOL-EN16931-R120', 'expected'),
  'INV-CHARGE-VAT': error('BR-32, BR-37'),
  'INV-REASON-MISSING': error('BR-33, BR-38, BR-42, BR-44'),
  'INV-PERCENT-MISSING': error('PEPPOL-EN16931-R042'),
  'INV-BASE-MISSING': error('PEPPOL-EN16931-R041'),
  'INV-PERCENT-AMOUNT': error('PEPPOL-EN16931-R040', 'percent', 'base', 'expected'),

  // Of totals, the VAT breakdown and VAT categories (reference/einvoice.md §1.5).
  'INV-TOTAL': error('BR-CO-10', 'formula', 'expected'),
  'INV-VAT-BREAKDOWN-MISSING': error('BR-CO-18'),
  'INV-VAT-CURRENCY': error('PEPPOL-EN16931-R005, -R054'),
  'INV-VAT-CURRENCY-AMOUNT': error('BR-53', 'vatCurrency'),
  'INV-VAT-CURRENCY-SIGN': error('PEPPOL-EN16931-R055'),
  'INV-VAT-RATE': error('BR-48', 'category'),
  'INV-VAT-AMOUNT': error('BR-CO-17', 'rate', 'base', 'expected'),
  'INV-VAT-BASE': error('BR-S-08', 'category', 'rate', 'expected'),
  'INV-VAT-GROUP-MISSING': error('BR-S-01', 'category', 'rate'),
  'INV-VAT-GROUP-TWICE': error('BR-Z-01', 'category'),
  'INV-VAT-GROUP-ALONE': error('BR-S-01', 'category'),
  'INV-SELLER-VAT-ID': error('BR-S-02', 'category'),
  'INV-BUYER-VAT-ID': error('BR-AE-02, BR-IC-02', 'category'),
  'INV-VAT-ID-OUTSIDE-SCOPE': error('BR-O-02'),
  'INV-OUTSIDE-SCOPE-MIXED': error('BR-O-11'),
  'INV-EXEMPTION-MISSING': error('BR-E-10', 'category'),
  'INV-EXEMPTION-FORBIDDEN': error('BR-S-10', 'category'),
  'INV-EXEMPTION-CATEGORY': error('PEPPOL-EN16931-P0104', 'category', 'stated'),
  'INV-DELIVERY-MISSING': error('BR-IC-11, BR-IC-12'),

  // Of parties, codes and what the law asks of an invoice (reference/einvoice.md §1.5, collection-rules.md §9).
  'INV-PAYEE-IS-SELLER': error('BR-17'),
  'INV-VAT-ID-PREFIX': error('BR-CO-09'),
  'INV-SELLER-IDENTITY': error('BR-CO-26'),
  'INV-CODE': error('BR-CL'),
  'INV-ADDRESS': error('ML 17:24'),
  'INV-VAT-IN-KRONOR': error('ML 17:29', 'currency'),
  'INV-CREDIT-REFERENCE': error('ML 17:22'),
  'INV-SE-VAT-RATE': error('SE-R-006'),
  'INV-VAT-RATE-AT-DATE': error('ML 9 kap.', 'date'),

  // What stops an e-invoice but not a letter: addresses, identifiers, payment means, the network's national rules (reference/einvoice.md §1.6, §1.7).
  'INV-BUYER-REFERENCE': error('PEPPOL-EN16931-R003'),
  'INV-ENDPOINT': error('PEPPOL-EN16931-R010'),
  'INV-ENDPOINT-SCHEME': error('BR-62, BR-63'),
  'INV-IDENTIFIER-FORM': error('PEPPOL-COMMON', 'scheme'),
  'INV-ACCOUNT-MISSING': error('BR-50, BR-61'),
  'INV-MANDATE-MISSING': error('PEPPOL-EN16931-R061'),
  'INV-CARD-NUMBER': warning('BR-51'),
  'INV-MEANS-DIFFER': error('UBL-SR-47', 'first'),
  'INV-REFERENCES-DIFFER': error('UBL-SR-44', 'first'),
  'INV-SE-VAT-ID': error('SE-R-001, SE-R-002'),
  'INV-SE-LEGAL-ID': error('SE-R-003, SE-R-004, SE-R-013'),
  'INV-SE-TAX-APPROVAL': error('SE-R-005'),
  'INV-SE-GIRO': warning('SE-R-007', 'kind'),
  'INV-SE-MEANS': warning('SE-R-011, SE-R-012'),
  'PEPPOL-RECHECK': error('house', 'expected'),
};
