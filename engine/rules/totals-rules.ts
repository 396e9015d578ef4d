import type { Report, Rule } from './rule.ts';
import type { Invoice, Totals } from '../invoice.ts';
import { formatAmount, sum, type Minor } from '../money.ts';

/** Document totals: BR-CO-10 … BR-CO-16, BR-CO-18, BR-53, PEPPOL-EN16931-R005, -R054, -R055. */
export const totalsRules: Rule = (invoice, report) => {
  const { totals, lines, vatBreakdown } = invoice;
  const compare = (rule: string, field: keyof Totals, expected: Minor): void => {
    const value = totals[field];
    if (value === expected) return;
    const facts = { expected: formatAmount(expected), formula: formulas[rule] ?? '' };
    report('INV-TOTAL', `totals.${field}`, rule, { value: value === undefined ? '' : formatAmount(value), facts });
  };
  compare('BR-CO-10', 'linesAmount', sum(lines.map((line) => line.netAmount)));
  checkAllowanceTotals(invoice, compare);
  compare('BR-CO-13', 'netAmount', totals.linesAmount - (totals.allowancesAmount ?? 0n) + (totals.chargesAmount ?? 0n));
  compare('BR-CO-14', 'vatAmount', sum(vatBreakdown.map((group) => group.vatAmount)));
  compare('BR-CO-15', 'grossAmount', totals.netAmount + totals.vatAmount);
  compare('BR-CO-16', 'payableAmount', totals.grossAmount - (totals.prepaidAmount ?? 0n) + (totals.roundingAmount ?? 0n));
  if (vatBreakdown.length === 0) report('INV-VAT-BREAKDOWN-MISSING', 'vatBreakdown', 'BR-CO-18');
  checkVatCurrency(invoice, report);
};

const formulas: Readonly<Record<string, string>> = {
  'BR-CO-10': 'Σ BT-131',
  'BR-CO-11': 'Σ BT-92',
  'BR-CO-12': 'Σ BT-99',
  'BR-CO-13': 'BT-106 − BT-107 + BT-108',
  'BR-CO-14': 'Σ BT-117',
  'BR-CO-15': 'BT-109 + BT-110',
  'BR-CO-16': 'BT-112 − BT-113 + BT-114',
};

/** The totals are present exactly when there is something to total. */
function checkAllowanceTotals(
  { allowancesAndCharges, totals }: Invoice,
  compare: (rule: string, field: keyof Totals, expected: Minor) => void,
): void {
  const charges = allowancesAndCharges.filter((item) => item.charge);
  const allowances = allowancesAndCharges.filter((item) => !item.charge);
  if (allowances.length > 0 || totals.allowancesAmount !== undefined) {
    compare('BR-CO-11', 'allowancesAmount', sum(allowances.map((item) => item.amount)));
  }
  if (charges.length > 0 || totals.chargesAmount !== undefined) {
    compare('BR-CO-12', 'chargesAmount', sum(charges.map((item) => item.amount)));
  }
}

/** VAT in the accounting currency: stated exactly when there is such a currency, another one than the document's, with the same sign. */
function checkVatCurrency({ currency, vatCurrency, totals }: Invoice, report: Report): void {
  const { vatAmount, vatInVatCurrencyAmount } = totals;
  if (vatCurrency === currency) report('INV-VAT-CURRENCY', 'vatCurrency', 'PEPPOL-EN16931-R005', { value: vatCurrency });
  if (vatCurrency !== undefined && vatInVatCurrencyAmount === undefined) {
    report('INV-VAT-CURRENCY-AMOUNT', 'totals.vatInVatCurrencyAmount', 'BR-53, PEPPOL-EN16931-R054, PEPPOL-EN16931-R055', {
      facts: { vatCurrency },
    });
  }
  if (vatCurrency === undefined && vatInVatCurrencyAmount !== undefined) {
    report('INV-VAT-CURRENCY', 'vatCurrency', 'PEPPOL-EN16931-R054');
  }
  if (vatInVatCurrencyAmount !== undefined && vatAmount < 0n !== vatInVatCurrencyAmount < 0n && vatAmount !== 0n) {
    const value = formatAmount(vatInVatCurrencyAmount);
    report('INV-VAT-CURRENCY-SIGN', 'totals.vatInVatCurrencyAmount', 'PEPPOL-EN16931-R055', { value });
  }
}
