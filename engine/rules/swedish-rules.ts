import { isBlank, type Report, type Rule } from './rule.ts';
import { hasValidLuhn } from '../check-digits.ts';
import type { Invoice, PaymentAccount } from '../invoice.ts';

/** Peppol's rules for Swedish sellers: SE-R-001 … SE-R-013 but SE-R-006, which `swedishContentRules` keeps for paper as well. */
export const swedishRules: Rule = (invoice, report) => {
  if (invoice.seller.address.country !== 'SE') return;
  checkNumbers(invoice, report);
  for (const [index, { code, account }] of invoice.paymentMeans.entries()) {
    if (account) checkGiro(account, `paymentMeans[${index}].account.id`, report);
    const path = `paymentMeans[${index}].code`;
    if (code === '50' || code === '56') report('INV-SE-MEANS', path, 'SE-R-011', { value: code });
    if (code === '31' && invoice.buyer.address.country === 'SE') report('INV-SE-MEANS', path, 'SE-R-012', { value: code });
  }
};

function checkNumbers({ seller }: Invoice, report: Report): void {
  const { vatId, legalId, taxRegistration } = seller;
  if (vatId !== undefined && vatId.length !== 14) report('INV-SE-VAT-ID', 'seller.vatId', 'SE-R-001', { value: vatId });
  else if (vatId !== undefined && !/^\d{12}$/.test(vatId.slice(2)))
    report('INV-SE-VAT-ID', 'seller.vatId', 'SE-R-002', { value: vatId });
  const number = legalId?.id ?? '';
  const faults = [
    ...(/^\d+$/.test(number) ? [] : ['SE-R-003']),
    ...(number.length === 10 ? [] : ['SE-R-004']),
    ...(hasValidLuhn(number) ? [] : ['SE-R-013']),
  ];
  if (legalId && faults.length > 0) report('INV-SE-LEGAL-ID', 'seller.legalId', faults.join(', '), { value: number });
  if (!isBlank(taxRegistration) && !isBlank(number) && taxRegistration?.trim().toUpperCase() !== 'GODKÄND FÖR F-SKATT') {
    report('INV-SE-TAX-APPROVAL', 'seller.taxRegistration', 'SE-R-005', { value: taxRegistration });
  }
}

function checkGiro({ id, branch }: PaymentAccount, path: string, report: Report): void {
  const kind = branch === 'SE:BANKGIRO' ? 'bankgiro' : branch === 'SE:PLUSGIRO' ? 'plusgiro' : undefined;
  if (kind === undefined) return;
  const digits = /^\d+$/.test(id);
  const long = kind === 'bankgiro' ? /^.{7,8}$/.test(id) : /^.{2,8}$/.test(id);
  const rules = kind === 'bankgiro' ? ['SE-R-008', 'SE-R-009'] : ['SE-R-007', 'SE-R-010'];
  if (!digits) report('INV-SE-GIRO', path, rules[0]!, { value: id, facts: { kind } });
  else if (!long) report('INV-SE-GIRO', path, rules[1]!, { value: id, facts: { kind } });
}
