import { group, list, record } from './group-parts.ts';
import {
  addNode,
  childrenOf,
  elementAt,
  nodeAt,
  reportAt,
  reportMissing,
  type PartsOf,
  type Reading,
  type RequiredPart,
} from './part.ts';
import { amount, must, number, readAmount, text } from './value-parts.ts';
import { CAC, CBC } from './names.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { xmlNode } from '../xml/write-xml.ts';
import type { Totals, VatGroup } from '#engine/invoice.ts';
import { formatAmount } from '#engine/money.ts';

/** VAT breakdown and document totals in UBL (reference/einvoice.md §1.3). */

const vatGroup = record<VatGroup>(
  {
    baseAmount: must(amount('TaxableAmount'), 'TaxableAmount', 'BR-45'),
    vatAmount: must(amount('TaxAmount'), 'TaxAmount', 'BR-46'),
    code: must(text('TaxCategory/ID'), 'TaxCategory/ID', 'BR-47'),
    rate: number('TaxCategory/Percent'),
    exemptionReasonCode: text('TaxCategory/TaxExemptionReasonCode'),
    exemptionReason: text('TaxCategory/TaxExemptionReason'),
  },
  [{ path: 'TaxCategory/TaxScheme/ID', value: 'VAT', rule: 'BR-CO-04' }],
);

const subtotals = list('TaxSubtotal', vatGroup);

/** The tax total in the document's currency carries the breakdown; the other one, in the VAT accounting currency, only a sum. */
function taxTotals(from: Reading): { readonly main: readonly XmlElement[]; readonly accounting: readonly XmlElement[] } {
  const all = childrenOf(from.element, 'TaxTotal', CAC);
  const { currency, vatCurrency } = from.file;
  const isAccounting = (element: XmlElement): boolean =>
    vatCurrency !== undefined &&
    vatCurrency !== currency &&
    childrenOf(element, 'TaxAmount', CBC)[0]?.attributes['currencyID'] === vatCurrency;
  return { main: all.filter((element) => !isAccounting(element)), accounting: all.filter(isAccounting) };
}

export const vatBreakdown: RequiredPart<readonly VatGroup[]> = {
  required: true,
  read: (from) => {
    const [main] = taxTotals(from).main;
    return main === undefined ? [] : subtotals.read({ ...from, element: main });
  },
  write: (groups, into) => subtotals.write(groups, addNode(into, 'TaxTotal')),
};

type MonetaryTotals = Omit<Totals, 'vatAmount' | 'vatInVatCurrencyAmount'>;

const monetaryParts: PartsOf<MonetaryTotals> = {
  linesAmount: must(amount('LineExtensionAmount'), 'LineExtensionAmount', 'BR-12'),
  netAmount: must(amount('TaxExclusiveAmount'), 'TaxExclusiveAmount', 'BR-13'),
  grossAmount: must(amount('TaxInclusiveAmount'), 'TaxInclusiveAmount', 'BR-14'),
  allowancesAmount: amount('AllowanceTotalAmount'),
  chargesAmount: amount('ChargeTotalAmount'),
  prepaidAmount: amount('PrepaidAmount'),
  roundingAmount: amount('PayableRoundingAmount'),
  payableAmount: must(amount('PayableAmount'), 'PayableAmount', 'BR-15'),
};

const monetaryTotal = must(group('LegalMonetaryTotal', record(monetaryParts)), 'LegalMonetaryTotal', 'BR-12');

/** BG-22, with the VAT totals that stand in the tax totals before it; written after `vatBreakdown`. */
export const totals: RequiredPart<Totals> = {
  required: true,
  read: (from) => {
    const vat = readVatTotals(from);
    const monetary = monetaryTotal.read(from);
    return vat === undefined || monetary === undefined ? undefined : { ...monetary, ...vat };
  },
  write: (value, into) => {
    const main = nodeAt(into, 'TaxTotal', 'cac');
    main.children.unshift(taxAmount(value.vatAmount, into.currency));
    if (value.vatInVatCurrencyAmount !== undefined) {
      addNode(into, 'TaxTotal').node.children.push(taxAmount(value.vatInVatCurrencyAmount, into.vatCurrency ?? into.currency));
    }
    monetaryTotal.write(value, into);
  },
};

function taxAmount(value: bigint, currency: string) {
  const node = xmlNode('cbc:TaxAmount', formatAmount(value));
  node.attributes['currencyID'] = currency;
  return node;
}

function readVatTotals(from: Reading): Pick<Totals, 'vatAmount' | 'vatInVatCurrencyAmount'> | undefined {
  const { main, accounting } = taxTotals(from);
  const [first, second] = main;
  if (first === undefined) {
    reportMissing(from, 'TaxTotal/TaxAmount', 'PEPPOL-EN16931-R053');
    return undefined;
  }
  for (const extra of [second, accounting[1]]) {
    if (extra !== undefined) reportAt(from, extra, 'XML-REPEATED', { rule: 'BR-CO-15, PEPPOL-EN16931-R054' });
  }
  const vatAmount = readTaxAmount({ ...from, path: `${from.path}.vatAmount` }, first, from.file.currency);
  const other = accounting[0];
  const inVatCurrency =
    other && readTaxAmount({ ...from, path: `${from.path}.vatInVatCurrencyAmount` }, other, from.file.vatCurrency);
  if (vatAmount === undefined) return undefined;
  return { vatAmount, ...(inVatCurrency === undefined ? {} : { vatInVatCurrencyAmount: inVatCurrency }) };
}

function readTaxAmount(from: Reading, total: XmlElement, currency: string | undefined): bigint | undefined {
  from.file.used.add(total);
  const element = elementAt({ ...from, element: total }, 'TaxAmount');
  if (element === undefined) {
    reportMissing({ ...from, element: total }, 'TaxAmount', 'BR-CO-15');
    return undefined;
  }
  const value = readAmount(from, element, currency);
  if (value === undefined && element.text.trim() === '') reportMissing({ ...from, element: total }, 'TaxAmount', 'BR-CO-15');
  return value;
}
