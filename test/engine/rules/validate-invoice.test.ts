import { describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { atRate, paperInvoice } from './sample-invoice.ts';
import { datedTable } from '#engine/dated-table.ts';
import { decimal, type Decimal } from '#engine/decimal.ts';
import type { Invoice } from '#engine/invoice.ts';
import { isoDate } from '#engine/iso-date.ts';
import { placeFindings, type RuleSet } from '#engine/rules/rule.ts';
import { validateInvoice } from '#engine/rules/validate-invoice.ts';

const table = (name: string, rows: readonly (readonly [from: string, value: string, to?: string])[]) =>
  datedTable<Decimal>(
    name,
    rows.map(([from, value, to]) => ({
      from: isoDate(from),
      value: decimal(value),
      source: 'test',
      confidence: 'V',
      ...(to === undefined ? {} : { to: isoDate(to) }),
    })),
  );

/** Rates of an imaginary law, so that each date can tell. */
const vatRates = [
  table('standard', [['2000-01-01', '25']]),
  table('reduced', [
    ['2020-01-01', '12', '2026-03-31'],
    ['2026-04-01', '6'],
  ]),
];

/** Rules that are broken, each with the path of the term. */
const broken = (invoice: Invoice, ruleSet: RuleSet = 'core'): readonly string[] =>
  validateInvoice(invoice, { ruleSet, countries: { SE: sweden }, vatRates }).map((item) => `${item.rule} ${item.field}`);

test('a sound invoice on paper breaks no core rule', () => expect(broken(paperInvoice)).toEqual([]));

test('what only the network asks for does not stop a letter', () => {
  expect(broken(paperInvoice, 'einvoice')).toEqual([
    'PEPPOL-EN16931-R003 buyerReference',
    'PEPPOL-EN16931-R020 seller.endpoint',
    'PEPPOL-EN16931-R010 buyer.endpoint',
  ]);
});

describe('VAT rates by the date of supply', () => {
  const rule = 'ML 9 kap. lines[0].vat.rate';
  const { lines } = atRate('12', 9600n);
  const period = (start: string, end: string): Partial<Invoice> => ({ period: { start: isoDate(start), end: isoDate(end) } });
  test.each<[name: string, invoice: Invoice, expected: readonly string[]]>([
    ['the old rate on its last day', atRate('12', 9600n, { delivery: { date: isoDate('2026-03-31') } }), []],
    ['the old rate the day after', atRate('12', 9600n, { delivery: { date: isoDate('2026-04-01') } }), [rule]],
    ['the new rate the day before', atRate('6', 4800n, { delivery: { date: isoDate('2026-03-31') } }), [rule]],
    ['the new rate from its first day', atRate('6', 4800n, { delivery: { date: isoDate('2026-04-01') } }), []],
    ['the day of issue where no other is stated', atRate('12', 9600n), [rule]],
    ['a period across the change, old rate', atRate('12', 9600n, period('2026-03-01', '2026-04-30')), []],
    ['a period across the change, new rate', atRate('6', 4800n, period('2026-03-01', '2026-04-30')), []],
    ['the tax point', atRate('12', 9600n, { taxPointDate: isoDate('2026-03-01') }), []],
    [
      'the line before the document',
      atRate('12', 9600n, {
        ...period('2026-01-01', '2026-06-30'),
        lines: lines.map((line) => ({ ...line, period: { start: isoDate('2026-05-01') } })),
      }),
      [rule],
    ],
    [
      'a credit note by the invoice that it corrects',
      atRate('12', 9600n, {
        kind: 'creditNote',
        typeCode: '381',
        precedingInvoices: [{ number: '9', issueDate: isoDate('2026-02-01') }],
      }),
      [],
    ],
  ])('%s', (_name, invoice, expected) => expect(broken(invoice)).toEqual(expected));
});

describe('what Swedish law asks of every invoice', () => {
  const { buyer, seller } = paperInvoice;
  const { vatId: _vatId, ...noVatId } = seller;
  test.each<[name: string, change: Partial<Invoice>, expected: readonly string[]]>([
    [
      'a buyer without town',
      { buyer: { ...buyer, address: { line1: 'Storgatan 1', country: 'SE' } } },
      ['ML 17:24 6 buyer.address.city'],
    ],
    [
      'a buyer without postcode',
      { buyer: { ...buyer, address: { city: 'Storstad', country: 'SE' } } },
      ['ML 17:24 6 buyer.address.postcode'],
    ],
    [
      'a buyer abroad with a town only',
      { buyer: { ...buyer, address: { city: 'Oslo', country: 'NO' } } },
      ['ML 17:24 6 buyer.address.line1'],
    ],
    ['taxed without VAT number', { seller: noVatId }, ['BR-S-02 seller.vatId', 'ML 17:24 3 seller.vatId']],
    [
      'F-tax alone is not enough by law',
      { seller: { ...noVatId, taxRegistration: 'Godkänd för F-skatt' } },
      ['ML 17:24 3 seller.vatId'],
    ],
    ['euro without kronor', { currency: 'EUR' }, ['ML 17:29 vatCurrency']],
    [
      'euro with kronor',
      { currency: 'EUR', vatCurrency: 'SEK', totals: { ...paperInvoice.totals, vatInVatCurrencyAmount: 230_000n } },
      [],
    ],
    ['a credit note to nothing', { kind: 'creditNote', typeCode: '381' }, ['ML 17:22 precedingInvoices']],
    ['due before issue', { dueDate: isoDate('2026-11-01') }, ['house dueDate']],
    ['due at once', { dueDate: isoDate('2026-11-02') }, []],
    ['a rate that does not exist', { ...atRate('24', 19_200n) }, ['SE-R-006 lines[0].vat.rate']],
  ])('%s', (_name, change, expected) => expect(broken({ ...paperInvoice, ...change })).toEqual(expected));

  test('a Norwegian seller is not asked for it', () => {
    const norwegian = { ...seller, vatId: 'NO987654321MVA', address: { city: 'Oslo', country: 'NO' } };
    expect(broken({ ...atRate('15', 12_000n), seller: norwegian, buyer: { ...buyer, address: { country: 'NO' } } })).toEqual([]);
  });
});

describe('slack where the rules have it, and none where they have not', () => {
  const line = paperInvoice.lines[0]!;
  const withLine = (change: Partial<typeof line>): Invoice => ({ ...paperInvoice, lines: [{ ...line, ...change }] });
  test.each<[name: string, invoice: Invoice, expected: readonly string[]]>([
    ['VAT 0.99 off', { ...atRate('25', 20_099n) }, []],
    ['VAT 1.00 off', { ...atRate('25', 20_100n) }, ['BR-S-09, BR-CO-17 vatBreakdown[0].vatAmount']],
    ['line 0.02 off', withLine({ price: { net: decimal('399.99') } }), []],
    ['line 0.03 off, unrounded', withLine({ price: { net: decimal('399.985') } }), ['PEPPOL-EN16931-R120 lines[0].netAmount']],
    ['a price per thousand', withLine({ price: { net: decimal('400000'), baseQuantity: decimal('1000') } }), []],
    ['a third, unrounded', withLine({ quantity: decimal('3'), price: { net: decimal('800'), baseQuantity: decimal('3') } }), []],
  ])('%s', (_name, invoice, expected) => expect(broken(invoice)).toEqual(expected));
});

test('findings get the place by which the sender knows the field', () => {
  const origin = { locate: (path: string) => ({ line: 7, column: 3, field: `Kolumn för ${path}` }) };
  const [item] = placeFindings(
    validateInvoice({ ...paperInvoice, dueDate: isoDate('2026-11-01') }, { ruleSet: 'core', countries: { SE: sweden } }),
    origin,
  );
  expect(item).toMatchObject({
    code: 'INV-DUE-BEFORE-ISSUE',
    document: '1001',
    line: 7,
    column: 3,
    field: 'Kolumn för dueDate',
    value: '2026-11-01',
  });
});
