import * as fc from 'fast-check';
import { rescale, type Decimal } from '#engine/decimal.ts';
import type { AllowanceOrCharge, Invoice, InvoiceLine, Price } from '#engine/invoice.ts';
import { addDays, isoDate, type IsoDate } from '#engine/iso-date.ts';
import { currencies, type Minor } from '#engine/money.ts';

/** Any invoice that the canonical form allows, whether or not a rule would refuse it. */

/** Texts as readers leave them: trimmed, not empty, lines ending in line feeds, nothing that XML cannot hold; full of what must be escaped. */
const text: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 3, arbitrary: fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'å ä ö & <b>',
        ']]>',
        '"quoted"',
        "it's",
        'a\nb',
        '=1+1',
        '#AAI#',
        '👩‍🚀 ﷽',
        '&amp;',
        '\u0085x',
        '0',
      ),
    },
  )
  // oxlint-disable-next-line no-control-regex -- these are the characters that are left out
  .map((value) => value.replaceAll(/[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/gu, '').trim())
  .filter((value) => value !== '');

const amount: fc.Arbitrary<Minor> = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n });
const decimalNumber: fc.Arbitrary<Decimal> = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 6 }))
  .map(([unscaled, scale]) => rescale(unscaled, scale));
const date: fc.Arbitrary<IsoDate> = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays(isoDate('1990-01-01'), days));
const code = fc.constantFrom('380', '381', 'S', 'Z', '30', 'FC', '95', 'ZZZ');
const country = fc.constantFrom('SE', 'NO', 'DK', 'FI', 'DE');

/** An object of which any key may be absent, but not all. */
const some = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(model, { requiredKeys: [] }).filter((value) => Object.keys(value).length > 0) as fc.Arbitrary<Partial<T>>;

/** An object with some keys that are always there. */
const withKeys = <T extends object>(
  model: { [K in keyof T]-?: fc.Arbitrary<NonNullable<T[K]>> },
  required: (keyof T)[],
): fc.Arbitrary<T> => fc.record(model, { requiredKeys: required as never[] }) as unknown as fc.Arbitrary<T>;

const identifier = fc.record({ id: text, scheme: fc.constantFrom('0007', '0088', '0192') }, { requiredKeys: ['id'] });
const address = fc.record(
  { line1: text, line2: text, line3: text, city: text, postcode: text, subdivision: text, country },
  { requiredKeys: ['country'] },
);
const contact = some({ name: text, telephone: text, email: text });
const period = some({ start: date, end: date });
const vat = fc.record({ code, rate: decimalNumber }, { requiredKeys: ['code'] });

const item = withKeys<AllowanceOrCharge>(
  { charge: fc.boolean(), amount, baseAmount: amount, percent: decimalNumber, reason: text, reasonCode: code, vat },
  ['charge', 'amount'],
);

const price: fc.Arbitrary<Price> = fc
  .record(
    { net: decimalNumber, gross: decimalNumber, discount: decimalNumber, baseQuantity: decimalNumber, baseQuantityUnit: text },
    { requiredKeys: ['net'] },
  )
  .map(({ baseQuantityUnit, ...rest }) =>
    rest.baseQuantity === undefined || baseQuantityUnit === undefined ? rest : { ...rest, baseQuantityUnit },
  );

const line = withKeys<InvoiceLine>(
  {
    id: text,
    note: text,
    quantity: decimalNumber,
    unit: text,
    netAmount: amount,
    buyerAccountingReference: text,
    period,
    orderLineReference: text,
    object: identifier,
    allowancesAndCharges: fc.array(
      item.map(({ vat: _vat, ...rest }) => rest),
      { maxLength: 2 },
    ),
    name: text,
    description: text,
    buyersItemId: text,
    sellersItemId: text,
    standardItemId: identifier,
    originCountry: country,
    classifications: fc.array(fc.record({ code: text, list: text, listVersion: text }, { requiredKeys: ['code'] }), {
      maxLength: 2,
    }),
    vat,
    attributes: fc.array(fc.record({ name: text, value: text }), { maxLength: 2 }),
    price,
  },
  ['id', 'quantity', 'unit', 'netAmount', 'allowancesAndCharges', 'name', 'classifications', 'vat', 'attributes', 'price'],
);

const seller = withKeys<Invoice['seller']>(
  {
    name: text,
    tradingName: text,
    identifiers: fc.array(identifier, { maxLength: 2 }),
    legalId: identifier,
    vatId: text,
    taxRegistration: text,
    legalForm: text,
    endpoint: identifier,
    address,
    contact,
  },
  ['name', 'identifiers', 'address'],
);
const buyer = withKeys<Invoice['buyer']>(
  { name: text, tradingName: text, identifier, legalId: identifier, vatId: text, endpoint: identifier, address, contact },
  ['name', 'address'],
);

const means = withKeys<Invoice['paymentMeans'][number]>(
  {
    code,
    name: text,
    reference: text,
    account: fc.record({ id: text, name: text, branch: text }, { requiredKeys: ['id'] }),
    card: fc.record({ number: text, network: text, holder: text }, { requiredKeys: ['number', 'network'] }),
    mandate: some({ id: text, debitedAccount: text }),
  },
  ['code'],
);

const group = withKeys<Invoice['vatBreakdown'][number]>(
  { code, rate: decimalNumber, baseAmount: amount, vatAmount: amount, exemptionReason: text, exemptionReasonCode: text },
  ['code', 'baseAmount', 'vatAmount'],
);

const attachment = withKeys<Invoice['attachments'][number]>(
  {
    id: text,
    description: text,
    location: text,
    content: fc.record({ mimeCode: text, filename: text, base64: fc.base64String({ minLength: 4, maxLength: 40 }) }),
  },
  ['id'],
);

const totals = withKeys<Invoice['totals']>(
  {
    linesAmount: amount,
    allowancesAmount: amount,
    chargesAmount: amount,
    netAmount: amount,
    vatAmount: amount,
    vatInVatCurrencyAmount: amount,
    grossAmount: amount,
    prepaidAmount: amount,
    roundingAmount: amount,
    payableAmount: amount,
  },
  ['linesAmount', 'netAmount', 'vatAmount', 'grossAmount', 'payableAmount'],
);

const anyTerms = withKeys<Invoice>(
  {
    kind: fc.constantFrom('invoice', 'creditNote'),
    typeCode: code,
    number: text,
    issueDate: date,
    dueDate: date,
    taxPointDate: date,
    taxPointDateCode: text,
    currency: fc.constantFrom(...currencies),
    vatCurrency: fc.constantFrom(...currencies),
    note: text,
    buyerAccountingReference: text,
    buyerReference: text,
    period,
    orderReference: text,
    salesOrderReference: text,
    precedingInvoices: fc.array(fc.record({ number: text, issueDate: date }, { requiredKeys: ['number'] }), { maxLength: 2 }),
    despatchReference: text,
    receivingReference: text,
    tenderReference: text,
    contractReference: text,
    projectReference: text,
    invoicedObject: identifier,
    attachments: fc.array(attachment, { maxLength: 2 }),
    seller,
    buyer,
    payee: fc.record({ name: text, identifier, legalId: identifier }, { requiredKeys: ['name'] }),
    taxRepresentative: fc.record({ name: text, vatId: text, address }),
    delivery: some({ date, location: identifier, address, partyName: text }),
    paymentMeans: fc.array(means, { maxLength: 2 }),
    paymentTerms: text,
    allowancesAndCharges: fc.array(item, { maxLength: 2 }),
    vatBreakdown: fc.array(group, { maxLength: 2 }),
    totals,
    lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  },
  [
    'kind',
    'typeCode',
    'number',
    'issueDate',
    'currency',
    'precedingInvoices',
    'attachments',
    'seller',
    'buyer',
    'paymentMeans',
    'allowancesAndCharges',
    'vatBreakdown',
    'totals',
    'lines',
  ],
);

/** What UBL has no place for: a second VAT total in no or the same currency, and the due date of a credit note without payment means. */
function expressible(invoice: Invoice): Invoice {
  const { dueDate, ...rest } = invoice;
  const { vatInVatCurrencyAmount, ...sums } = rest.totals;
  const accounting = rest.vatCurrency !== undefined && rest.vatCurrency !== rest.currency && vatInVatCurrencyAmount !== undefined;
  const dated = dueDate !== undefined && (rest.kind === 'invoice' || rest.paymentMeans.length > 0);
  return { ...rest, ...(dated ? { dueDate } : {}), totals: { ...sums, ...(accounting ? { vatInVatCurrencyAmount } : {}) } };
}

export const arbitraryInvoice: fc.Arbitrary<Invoice> = anyTerms.map(expressible);
