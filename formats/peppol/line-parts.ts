import { group, list, record, type Constant } from './group-parts.ts';
import { elementAt, nodeAt, reportAt, type Part, type PartsOf, type RequiredPart } from './part.ts';
import { amount, attribute, date, flag, identifier, must, number, price, text, textWith } from './value-parts.ts';
import type { AllowanceOrCharge, Classification, Identifier, InvoiceLine, Period, Price, VatCategory } from '#engine/invoice.ts';
import type { Decimal } from '#engine/decimal.ts';
import type { RootName } from './names.ts';

/** Invoice lines in UBL (reference/einvoice.md §1.3), in schema order. */

const vat: Constant = { path: 'TaxScheme/ID', value: 'VAT', rule: 'BR-CO-04' };

const category = (path: string, rule: string): Part<VatCategory> =>
  group(path, record<VatCategory>({ code: must(text('ID'), 'ID', rule), rate: number('Percent') }, [vat]));

/** BG-20, BG-21 and, without VAT category, BG-27 and BG-28. */
export const allowanceOrCharge: Part<AllowanceOrCharge> = record<AllowanceOrCharge>({
  charge: must(flag('ChargeIndicator'), 'ChargeIndicator', 'PEPPOL-EN16931-R043'),
  reasonCode: text('AllowanceChargeReasonCode'),
  reason: text('AllowanceChargeReason'),
  percent: number('MultiplierFactorNumeric'),
  amount: must(amount('Amount'), 'Amount', 'BR-31, BR-36, BR-41, BR-43'),
  baseAmount: amount('BaseAmount'),
  vat: category('TaxCategory', 'BR-32, BR-37'),
});

export const period: Part<Period> = group('InvoicePeriod', record<Period>({ start: date('StartDate'), end: date('EndDate') }));

/** BT-147: the discount stands in an allowance of the price, which never is a charge (PEPPOL-EN16931-R044). */
const discount: Part<Decimal> = {
  read: (from) => {
    const indicator = elementAt({ ...from, path: `${from.path}#indicator` }, 'AllowanceCharge/ChargeIndicator');
    if (indicator !== undefined && indicator.text.trim() !== 'false') {
      reportAt(from, indicator, 'XML-NOT-ALLOWED', {
        value: indicator.text,
        rule: 'PEPPOL-EN16931-R044',
        facts: { allowed: 'false' },
      });
    }
    return price('AllowanceCharge/Amount').read(from);
  },
  write: (value, into) => {
    nodeAt(into, 'AllowanceCharge/ChargeIndicator').text = 'false';
    price('AllowanceCharge/Amount').write(value, into);
  },
};

const priceParts: PartsOf<Price> = {
  net: must(price('PriceAmount'), 'PriceAmount', 'BR-26'),
  baseQuantity: number('BaseQuantity', ['unitCode']),
  baseQuantityUnit: attribute('BaseQuantity', 'unitCode'),
  discount,
  gross: price('AllowanceCharge/BaseAmount'),
};

/** BT-128: a document reference of type 130 (PEPPOL-EN16931-R101). */
const object: Part<Identifier> = group(
  'DocumentReference',
  record<Identifier>({ id: must(textWith('ID', ['schemeID']), 'ID', 'BR-52'), scheme: attribute('ID', 'schemeID') }, [
    { path: 'DocumentTypeCode', value: '130', rule: 'PEPPOL-EN16931-R101' },
  ]),
);

const classification: Part<Classification> = record<Classification>({
  code: must(textWith('ItemClassificationCode', ['listID', 'listVersionID']), 'ItemClassificationCode', 'BT-158'),
  list: attribute('ItemClassificationCode', 'listID'),
  listVersion: attribute('ItemClassificationCode', 'listVersionID'),
});

const itemAttribute = record<InvoiceLine['attributes'][number]>({
  name: must(text('Name'), 'Name', 'BR-54'),
  value: must(text('Value'), 'Value', 'BR-54'),
});

/** Item terms stand in the container Item; the list parts need the container itself. */
const inItem = <T>(part: RequiredPart<readonly T[]>): RequiredPart<readonly T[]> => ({
  required: true,
  read: (from) => {
    const item = from.element.children.find((child) => child.name === 'Item');
    return item === undefined ? [] : part.read({ ...from, element: item });
  },
  write: (values, into) => {
    if (values.length > 0) part.write(values, { ...into, node: nodeAt(into, 'Item', 'cac') });
  },
});

function lineParts(root: RootName): PartsOf<InvoiceLine> {
  const quantity = root === 'Invoice' ? 'InvoicedQuantity' : 'CreditedQuantity';
  return {
    id: must(text('ID'), 'ID', 'BR-21'),
    note: text('Note'),
    quantity: must(number(quantity, ['unitCode']), quantity, 'BR-22'),
    unit: must(attribute(quantity, 'unitCode'), `${quantity}/@unitCode`, 'BR-23'),
    netAmount: must(amount('LineExtensionAmount'), 'LineExtensionAmount', 'BR-24'),
    buyerAccountingReference: text('AccountingCost'),
    period,
    orderLineReference: text('OrderLineReference/LineID'),
    object,
    allowancesAndCharges: list('AllowanceCharge', allowanceOrCharge),
    description: text('Item/Description'),
    name: must(text('Item/Name'), 'Item/Name', 'BR-25'),
    buyersItemId: text('Item/BuyersItemIdentification/ID'),
    sellersItemId: text('Item/SellersItemIdentification/ID'),
    standardItemId: identifier('Item/StandardItemIdentification/ID'),
    originCountry: text('Item/OriginCountry/IdentificationCode'),
    classifications: inItem(list('CommodityClassification', classification)),
    vat: must(category('Item/ClassifiedTaxCategory', 'BR-CO-04'), 'Item/ClassifiedTaxCategory', 'BR-CO-04'),
    attributes: inItem(list('AdditionalItemProperty', itemAttribute)),
    price: must(group('Price', record(priceParts)), 'Price/PriceAmount', 'BR-26'),
  };
}

export const lines = (root: RootName): RequiredPart<readonly InvoiceLine[]> => list(`${root}Line`, record(lineParts(root)));
