import {
  allowanceRules,
  lineRules,
  mandatoryTerms,
  partyRules,
  paymentRules,
  periodRules,
  totalsRules,
} from './content-rules.ts';
import { codeRules, networkCodeRules, networkRules } from './code-rules.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { vatAmountRules, vatCategoryRules } from './vat-rules.ts';
import { finding, type Finding } from '../finding.ts';
import type { Invoice } from '../invoice.ts';

const coreRules: readonly Rule[] = [
  mandatoryTerms,
  periodRules,
  lineRules,
  allowanceRules,
  totalsRules,
  vatAmountRules,
  vatCategoryRules,
  partyRules,
  codeRules,
];

const einvoiceRules: readonly Rule[] = [networkRules, networkCodeRules, paymentRules];

/**
 * Checks an invoice by the rules of EN 16931 (CEN 1.3.16), Peppol BIS Billing 3.0.21 and the seller's country, in our own words
 * (reference/einvoice.md §1.5–1.7, reference/collection-rules.md §9.1). The findings' `rule` is the outside rule's id and their
 * `field` the canonical path, which `placeFindings` turns into the sender's line and column. Rules that the canonical form makes
 * impossible to break are not here: the readers keep them.
 */
export function validateInvoice(invoice: Invoice, context: RuleContext): readonly Finding[] {
  const findings: Finding[] = [];
  const report: Report = (code, field, rule, ...details) => {
    findings.push({ ...finding(code, ...details), document: invoice.number, field, rule });
  };
  const { ruleSet, countries } = context;
  const national = countries[invoice.seller.address.country]?.invoiceRules;
  const rules = [
    ...coreRules,
    ...(national ? [national.core] : []),
    ...(ruleSet === 'einvoice' ? [...einvoiceRules, ...(national ? [national.einvoice] : [])] : []),
  ];
  for (const rule of rules) rule(invoice, report, context);
  return findings;
}
