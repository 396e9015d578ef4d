import { isBlank, type Report, type Rule } from './rule.ts';
import type { Invoice } from '../invoice.ts';

const CREDIT_TRANSFERS = ['30', '58'];
const DIRECT_DEBITS = ['49', '59'];

/** First six and last four digits, the most of a card number that may be shown (PCI DSS; BR-51). */
const MAX_CARD_DIGITS = 10;

/** Payment instructions: BR-50, BR-51, BR-61, UBL-SR-44, UBL-SR-47, PEPPOL-EN16931-R061. */
export const paymentRules: Rule = (invoice, report) => {
  for (const [index, means] of invoice.paymentMeans.entries()) {
    const path = `paymentMeans[${index}]`;
    if (CREDIT_TRANSFERS.includes(means.code) && isBlank(means.account?.id)) {
      report('INV-ACCOUNT-MISSING', `${path}.account`, means.account ? 'BR-50' : 'BR-61', { value: means.code });
    }
    if (DIRECT_DEBITS.includes(means.code) && isBlank(means.mandate?.id)) {
      report('INV-MANDATE-MISSING', `${path}.mandate`, 'PEPPOL-EN16931-R061', { value: means.code });
    }
    if (means.card && means.card.number.length > MAX_CARD_DIGITS) report('INV-CARD-NUMBER', `${path}.card.number`, 'BR-51');
  }
  checkAlike(invoice, report);
};

/** All payment means of a document have one code and one payment reference. */
function checkAlike({ paymentMeans }: Invoice, report: Report): void {
  const [first, ...others] = paymentMeans;
  if (first === undefined) return;
  const code = others.findIndex((means) => means.code !== first.code);
  if (code >= 0) {
    report('INV-MEANS-DIFFER', `paymentMeans[${code + 1}].code`, 'UBL-SR-47', {
      value: others[code]!.code,
      facts: { first: first.code },
    });
  }
  const references = paymentMeans.flatMap((means) => means.reference ?? []);
  const reference = paymentMeans.findIndex((means) => means.reference !== undefined && means.reference !== references[0]);
  if (reference >= 0) {
    const value = paymentMeans[reference]!.reference;
    report('INV-REFERENCES-DIFFER', `paymentMeans[${reference}].reference`, 'UBL-SR-44', {
      value,
      facts: { first: references[0]! },
    });
  }
}
