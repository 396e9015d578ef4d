import { isBlank, type Report, type Rule } from './rule.ts';
import type { Invoice, Totals, InvoiceLine, AllowanceOrCharge, Period } from '../invoice.ts';
import { formatAmount, sum, type Minor, absolute } from '../money.ts';
import { compareDecimals, decimal, extend, isNegative, subtractDecimals, unscale, percentOf } from '../decimal.ts';
import { countryCodes } from '../code-lists.ts';

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

const ZERO = decimal('0');
const ONE = decimal('1');

/** Slack of computed line amounts, in minor units (PEPPOL-EN16931-R120, -R040). */
const SLACK: Minor = 2n;

/** Prices and line amounts: BR-27, BR-28, PEPPOL-EN16931-R046, -R120, -R121, -R130. */
export const lineRules: Rule = (invoice, report) => {
  for (const [index, line] of invoice.lines.entries()) {
    const path = `lines[${index}]`;
    const baseIsSound = checkPrice(line, path, report);
    if (baseIsSound) checkNetAmount(line, path, report);
  }
};

/** Tells whether the base quantity can be divided by. */
function checkPrice({ price, unit }: InvoiceLine, path: string, report: Report): boolean {
  const { net, gross, discount, baseQuantity, baseQuantityUnit } = price;
  if (isNegative(net)) report('INV-PRICE-NEGATIVE', `${path}.price.net`, 'BR-27', { value: net });
  if (gross !== undefined && isNegative(gross)) report('INV-PRICE-NEGATIVE', `${path}.price.gross`, 'BR-28', { value: gross });
  if (gross !== undefined && compareDecimals(net, subtractDecimals(gross, discount ?? ZERO)) !== 0) {
    const facts = { gross, discount: discount ?? '0' };
    report('INV-PRICE-DISCOUNT', `${path}.price.net`, 'PEPPOL-EN16931-R046', { value: net, facts });
  }
  if (baseQuantityUnit !== undefined && baseQuantityUnit !== unit) {
    const details = { value: baseQuantityUnit, facts: { unit } };
    report('INV-BASE-QUANTITY-UNIT', `${path}.price.baseQuantityUnit`, 'PEPPOL-EN16931-R130', details);
  }
  const sound = baseQuantity === undefined || compareDecimals(baseQuantity, ZERO) > 0;
  if (!sound) report('INV-BASE-QUANTITY', `${path}.price.baseQuantity`, 'PEPPOL-EN16931-R121', { value: baseQuantity });
  return sound;
}

/** Net amount = quantity × price ÷ base quantity + charges − allowances; the product is compared unrounded, by cross-multiplication. */
function checkNetAmount(line: InvoiceLine, path: string, report: Report): void {
  const base = line.price.baseQuantity ?? ONE;
  const signed = line.allowancesAndCharges.map((item) => (item.charge ? item.amount : -item.amount));
  const quantity = unscale(line.quantity);
  const price = unscale(line.price.net);
  const divisor = unscale(base);
  const numerator = quantity.unscaled * price.unscaled * 100n * 10n ** BigInt(divisor.scale);
  const denominator = divisor.unscaled * 10n ** BigInt(quantity.scale + price.scale);
  const product = line.netAmount - sum(signed);
  if (absolute(product * denominator - numerator) <= SLACK * denominator) return;
  const expected = formatAmount(extend(line.quantity, line.price.net, base) + sum(signed));
  const details = { value: formatAmount(line.netAmount), facts: { expected } };
  report('INV-LINE-NET', `${path}.netAmount`, 'PEPPOL-EN16931-R120', details);
}

/** Allowances and charges: BR-32, -33, -37, -38, -42, -44 (BR-CO-21 … -24), PEPPOL-EN16931-R040, -R041, -R042. */
export const allowanceRules: Rule = (invoice, report) => {
  for (const [index, item] of invoice.allowancesAndCharges.entries()) {
    const path = `allowancesAndCharges[${index}]`;
    if (isBlank(item.vat?.code)) report('INV-CHARGE-VAT', `${path}.vat`, item.charge ? 'BR-37' : 'BR-32');
    checkItem(item, path, item.charge ? 'BR-38, BR-CO-22' : 'BR-33, BR-CO-21', report);
  }
  for (const [index, line] of invoice.lines.entries()) {
    for (const [at, item] of line.allowancesAndCharges.entries()) {
      checkItem(item, `lines[${index}].allowancesAndCharges[${at}]`, item.charge ? 'BR-44, BR-CO-24' : 'BR-42, BR-CO-23', report);
    }
  }
};

function checkItem(item: AllowanceOrCharge, path: string, reasonRule: string, report: Report): void {
  const { amount, baseAmount, percent } = item;
  if (isBlank(item.reason) && isBlank(item.reasonCode)) report('INV-REASON-MISSING', path, reasonRule);
  if (baseAmount !== undefined && percent === undefined) report('INV-PERCENT-MISSING', path, 'PEPPOL-EN16931-R042');
  if (baseAmount === undefined && percent !== undefined) report('INV-BASE-MISSING', path, 'PEPPOL-EN16931-R041');
  if (baseAmount === undefined || percent === undefined) return;
  const rate = unscale(percent);
  const denominator = 100n * 10n ** BigInt(rate.scale);
  if (absolute(amount * denominator - baseAmount * rate.unscaled) <= SLACK * denominator) return;
  const facts = { expected: formatAmount(percentOf(baseAmount, percent)), base: formatAmount(baseAmount), percent };
  report('INV-PERCENT-AMOUNT', `${path}.amount`, 'PEPPOL-EN16931-R040', { value: formatAmount(amount), facts });
}

/** Parties: BR-17 and UBL-SR-19 … -21 (payee), BR-CO-09 (VAT numbers), BR-CO-26 (seller's identity). */
export const partyRules: Rule = (invoice, report) => {
  checkPayee(invoice, report);
  const { seller, buyer, taxRepresentative } = invoice;
  checkVatId(seller.vatId, 'seller.vatId', report);
  checkVatId(buyer.vatId, 'buyer.vatId', report);
  checkVatId(taxRepresentative?.vatId, 'taxRepresentative.vatId', report);
  const identified =
    !isBlank(seller.vatId) ||
    !isBlank(seller.legalId?.id) ||
    seller.identifiers.some((item) => item.scheme !== 'SEPA' && !isBlank(item.id));
  if (!identified) report('INV-SELLER-IDENTITY', 'seller', 'BR-CO-26');
};

/** A payee is somebody else than the seller, by name and by number. */
function checkPayee({ payee, seller }: Invoice, report: Report): void {
  if (payee === undefined) return;
  if (isBlank(payee.name)) report('INV-TERM-MISSING', 'payee.name', 'BR-17');
  const sameName = payee.name === seller.name || payee.name === seller.tradingName;
  const sameId =
    seller.identifiers.some((item) => item.id === payee.identifier?.id) ||
    (payee.legalId && payee.legalId.id === seller.legalId?.id);
  if (sameName) report('INV-PAYEE-IS-SELLER', 'payee.name', 'BR-17, UBL-SR-19', { value: payee.name });
  else if (sameId) report('INV-PAYEE-IS-SELLER', 'payee.identifier', 'BR-17, UBL-SR-20, UBL-SR-21', { value: payee.name });
}

/** A VAT number begins with its country; Greece is EL there. */
function checkVatId(vatId: string | undefined, path: string, report: Report): void {
  if (vatId === undefined) return;
  const country = vatId.slice(0, 2);
  if (country !== 'EL' && !countryCodes.has(country)) report('INV-VAT-ID-PREFIX', path, 'BR-CO-09', { value: vatId });
}

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

/** Dates and periods: BR-29, BR-30, BR-CO-03, BR-CO-19, BR-CO-20, PEPPOL-EN16931-R110 and -R111, and a due date after the issue date. */
export const periodRules: Rule = (invoice, report) => {
  const { period, issueDate, dueDate, taxPointDate, taxPointDateCode } = invoice;
  checkOrder(period, 'period', 'BR-29', report);
  if (period && !period.start && !period.end && taxPointDateCode === undefined) report('INV-PERIOD-EMPTY', 'period', 'BR-CO-19');
  if (taxPointDate !== undefined && taxPointDateCode !== undefined) report('INV-TAX-POINT', 'taxPointDateCode', 'BR-CO-03');
  if (invoice.kind === 'invoice' && dueDate !== undefined && dueDate < issueDate) {
    report('INV-DUE-BEFORE-ISSUE', 'dueDate', 'house', { value: dueDate, facts: { issueDate } });
  }
  for (const [index, line] of invoice.lines.entries()) {
    const path = `lines[${index}].period`;
    checkOrder(line.period, path, 'BR-30', report);
    if (line.period && !line.period.start && !line.period.end) report('INV-PERIOD-EMPTY', path, 'BR-CO-20');
    checkInside(line.period, period, path, report);
  }
};

function checkOrder(period: Period | undefined, path: string, rule: string, report: Report): void {
  if (period?.start !== undefined && period.end !== undefined && period.end < period.start) {
    report('INV-PERIOD-ORDER', `${path}.end`, rule, { value: period.end, facts: { start: period.start } });
  }
}

function checkInside(line: Period | undefined, whole: Period | undefined, path: string, report: Report): void {
  if (line?.start !== undefined && whole?.start !== undefined && line.start < whole.start) {
    report('INV-LINE-PERIOD', `${path}.start`, 'PEPPOL-EN16931-R110', { value: line.start, facts: { limit: whole.start } });
  }
  if (line?.end !== undefined && whole?.end !== undefined && line.end > whole.end) {
    report('INV-LINE-PERIOD', `${path}.end`, 'PEPPOL-EN16931-R111', { value: line.end, facts: { limit: whole.end } });
  }
}
