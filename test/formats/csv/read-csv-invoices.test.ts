import { expect, test } from 'vitest';
import { file, headings, outcome, read, row, sampleMapping } from './sample-mapping.ts';
import { decimal } from '#engine/decimal.ts';
import type { CsvMapping } from '#engine/csv-mapping.ts';
import type { Invoice } from '#engine/invoice.ts';

async function invoiceOf(content: string, mapping?: Partial<CsvMapping>): Promise<Invoice> {
  const [item] = await read(content, mapping ? { mapping } : {});
  if (item?.kind !== 'submission')
    throw new Error(JSON.stringify(item, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)));
  return item.submission.invoice;
}

test('a document of several rows, with its totals by hand', async () => {
  // 2 × 400 = 800,00 and 3 × 33,333 = 100,00 at 25 %, 1 × 49 at 6 %: VAT 225,00 + 2,94; 1176,94 rounded to 1177.
  const invoice = await invoiceOf(
    file(
      row({ Avrundning: '0,06', 'Att betala': '1 177' }),
      row({ Benämning: 'Medel', Antal: '3', Enhet: 'st', 'À-pris': '33,333' }),
      row({ Benämning: 'Bok', Antal: '1', Enhet: 'st', 'À-pris': '49', Moms: '6,00' }),
    ),
  );
  expect(invoice).toMatchObject({
    kind: 'invoice',
    typeCode: '380',
    number: '1001',
    issueDate: '2026-11-02',
    dueDate: '2026-12-02',
    currency: 'SEK',
    paymentTerms: '30 dagar netto',
    seller: { name: 'Gröna Dalens Städ AB' },
    buyer: {
      name: 'Åsa Berg',
      identifier: { id: '77' },
      address: { line1: 'Storgatan 1', postcode: '111 22', city: 'Storstad', country: 'SE' },
    },
    vatBreakdown: [
      { code: 'S', rate: '25', baseAmount: 90_000n, vatAmount: 22_500n },
      { code: 'S', rate: '6', baseAmount: 4900n, vatAmount: 294n },
    ],
    totals: {
      linesAmount: 94_900n,
      netAmount: 94_900n,
      vatAmount: 22_794n,
      grossAmount: 117_694n,
      roundingAmount: 6n,
      payableAmount: 117_700n,
    },
  });
  expect(invoice.lines.map(({ id, quantity, unit, netAmount, price }) => [id, quantity, unit, netAmount, price.net])).toEqual([
    ['1', '2', 'HUR', 80_000n, '400'],
    ['2', '3', 'C62', 10_000n, '33.333'],
    ['3', '1', 'C62', 4900n, '49'],
  ]);
});

test('a negative document becomes a credit note with positive amounts', async () => {
  const invoice = await invoiceOf(file(row({ Antal: '-2', Avser: '900', Avrundning: '-0,5', 'Att betala': '-1 000,50' })));
  expect(invoice).toMatchObject({
    kind: 'creditNote',
    typeCode: '381',
    precedingInvoices: [{ number: '900' }],
    totals: { netAmount: 80_000n, vatAmount: 20_000n, roundingAmount: 50n, payableAmount: 100_050n },
    lines: [{ quantity: '2', netAmount: 80_000n, price: { net: '400' } }],
  });
});

test('nothing falls due on a credit note', async () => {
  const invoice = await invoiceOf(file(row({ Typ: 'K', Avser: '900', Förfaller: '2026-12-02' })));
  expect(invoice).not.toHaveProperty('dueDate');
});

test('a document that is called a credit note keeps its positive amounts', async () => {
  const invoice = await invoiceOf(file(row({ Typ: 'K', Avser: '900' })));
  expect(invoice).toMatchObject({ kind: 'creditNote', totals: { payableAmount: 100_000n }, lines: [{ quantity: '2' }] });
});

test('a negative price is read as a negative quantity, with a warning', async () => {
  const [item] = await read(file(row(), row({ Benämning: 'Rabatt', Antal: '1', 'À-pris': '-50' })));
  if (item?.kind !== 'submission') throw new Error('refused');
  expect(item.submission.findings.map((one) => [one.code, one.line])).toEqual([['CSV-NEGATIVE-PRICE', 3]]);
  expect(item.submission.invoice.lines[1]).toMatchObject({ quantity: '-1', price: { net: '50' }, netAmount: -5000n });
});

test('a line without price is one piece at its net amount', async () => {
  const invoice = await invoiceOf(file(row({ Antal: '1', 'À-pris': '', Radbelopp: '99,90' })));
  expect(invoice.lines[0]).toMatchObject({ quantity: decimal('1'), price: { net: '99.9' }, netAmount: 9990n });
});

test('exempt lines take their reason from the mapping, reverse charge its code', async () => {
  const exempt = await invoiceOf(file(row({ Moms: '0', Momskod: 'E' })));
  expect(exempt.vatBreakdown).toEqual([
    { code: 'E', rate: '0', baseAmount: 80_000n, vatAmount: 0n, exemptionReason: 'ML 10 kap. 14 §' },
  ]);
  const reverse = await invoiceOf(file(row({ Moms: '0', Momskod: 'AE' })));
  expect(reverse.vatBreakdown).toMatchObject([{ code: 'AE', exemptionReasonCode: 'VATEX-EU-AE' }]);
});

test.each([
  ['556000-4615', { id: '5560004615', scheme: '0007' }],
  ['165560004615', { id: '5560004615', scheme: '0007' }],
  ['19850709-9805', { id: '8507099805' }],
])('registration number %s', async (stated, legalId) => {
  const invoice = await invoiceOf(file(row({ Orgnr: stated })));
  expect(invoice.buyer.legalId).toEqual(legalId);
});

test('columns by position, another dialect, dates and marks', async () => {
  const mapping: Partial<CsvMapping> = {
    delimiter: '|',
    quote: 'none',
    decimalMark: '.',
    thousandsMark: ',',
    dateFormat: 'DD.MM.YYYY',
    columnsBy: 'positions',
    columns: { number: 1, issueDate: 2, buyerName: 3, lineName: 4, linePrice: 5, lineVatRate: 6 },
    constants: { lineQuantity: '1', lineUnit: 'C62' },
    values: {},
    ending: { kind: 'trailer', marker: 'END', documentsPosition: 2, payablePosition: 3 },
  };
  const [item] = await read('7|02.11.2026|Bo "Bosse" Ek|Hyra|1,200.50|25\nEND|1|1,500.63', { mapping });
  expect(item).toMatchObject({
    kind: 'submission',
    submission: {
      invoice: { number: '7', issueDate: '2026-11-02', buyer: { name: 'Bo "Bosse" Ek' }, totals: { payableAmount: 150_063n } },
    },
  });
});

test('an origin tells line, column and heading of canonical paths', async () => {
  const [item] = await read(file(row(), row({ Benämning: 'Medel' })));
  if (item?.kind !== 'submission') throw new Error('refused');
  const { locate, line, lastLine } = item.submission.origin;
  expect([line, lastLine]).toEqual([2, 3]);
  expect(locate('dueDate')).toEqual({ line: 2, column: 4, field: 'Förfaller' });
  expect(locate('lines[1].price.net')).toEqual({ line: 3, column: 15, field: 'À-pris' });
  expect(locate('lines[1].vat.rate')).toEqual({ line: 3, column: 17, field: 'Moms' });
  expect(locate('totals.payableAmount')).toEqual({ line: 2, column: 20, field: 'Att betala' });
  expect(locate('buyer.address.city')).toEqual({ line: 2, column: 11, field: 'Ort' });
  expect(locate('paymentTerms')).toEqual({ line: 2, field: 'paymentTerms' });
  expect(locate('lines[1]')).toEqual({ line: 3 });
});

const structure: readonly (readonly [name: string, content: string, expected: readonly string[]])[] = [
  ['LF instead of CRLF', `${headings}\n${row()}\n`, ['1001']],
  ['CRLF and LF mixed', `${headings}\n${row()}\r\n${row({ Fakturanr: '2' })}\n`, ['1001', '2']],
  ['a sep= line', `sep=;\r\n${file(row())}`, ['1001']],
  ['a sep= line with another delimiter', `sep=,\r\n${file(row())}`, ['broken CSV-SEPARATOR line 1']],
  ['a byte order mark', `\uFEFF${file(row())}`, ['1001']],
  ['only a byte order mark', '\uFEFF', ['broken FILE-EMPTY line -']],
  ['nothing', '', ['broken FILE-EMPTY line -']],
  ['one byte', 'x', ['broken CSV-HEADING-UNKNOWN line 1']],
  ['blank lines only', '\r\n\r\n', ['broken FILE-EMPTY line -']],
  ['only headings', `${headings}\r\n`, ['broken CSV-NO-ROWS line 1']],
  ['blank rows between', file(row(), '', ';;;', row({ Fakturanr: '2' }), ''), ['1001', '2']],
  ['no line end at the end', file(row()).trimEnd(), ['broken CSV-NO-FINAL-NEWLINE line 2']],
  ['a heading twice', `${headings};Ort\r\n${row()};\r\n`, ['broken CSV-HEADING-TWICE line 1']],
  ['a heading missing', file(row()).replace('Datum;', 'Intern;'), ['broken CSV-HEADING-MISSING line 1']],
  ['an unknown heading', file(row()).replace('Datum;', 'Date;'), ['broken CSV-HEADING-UNKNOWN line 1']],
  ['an ignored column', `${headings};Intern\r\n${row()};x\r\n`, ['1001']],
  [
    'headings in another order',
    file(row())
      .split('\r\n')
      .map((line) => line.split(';').toReversed().join(';'))
      .join('\r\n'),
    ['1001'],
  ],
  ['trailing delimiters', `${headings};;\r\n${row()};;\r\n`, ['1001']],
  ['a row with a cell too few', file(row().slice(0, -1)), ['1001 refused CSV-ROW-SHORT']],
  ['a row with a cell too many', file(`${row()};x`), ['1001 refused CSV-ROW-LONG']],
  ['delimiter and line end in quotes', file(row({ Benämning: '"a;b\r\nc"' })), ['1001']],
  [
    'a quote that is never closed',
    file(row(), row({ Fakturanr: '2', Namn: '"Bo' }), ...Array<string>(60).fill(row({ Fakturanr: '3' }))),
    ['broken CSV-QUOTE-OPEN line 3'],
  ],
  ['a quote that is never closed in a short file', file(row({ Namn: '"Bo' })), ['broken CSV-QUOTE-OPEN line 2']],
  ['a quote inside an unquoted field', file(row({ Namn: 'Bo "B" Ek' })), ['broken CSV-QUOTE-INSIDE line 2']],
  ['text after a closing quote', file(row({ Namn: '"Bo" Ek' })), ['broken CSV-QUOTE-CLOSED line 2']],
  ['a lone carriage return', file(row()).replaceAll('\r\n', '\r'), ['broken CSV-LONE-RETURN line 1']],
  ['ten thousand columns', `${'a;'.repeat(10_000)}\r\n`, ['broken CSV-TOO-MANY-COLUMNS line 1']],
  ['a record without end', `${headings}\r\n${'x'.repeat(300_000)}`, ['broken CSV-RECORD-TOO-LONG line 2']],
  ['a number that comes back', file(row(), row({ Fakturanr: '2' }), row()), ['1001', '2', '1001 refused CSV-NUMBER-AGAIN']],
  ['rows of one invoice that differ', file(row(), row({ Förfaller: '2027-01-01' })), ['1001 refused CSV-ROW-DIFFERS']],
  ['document fields on the first row only', file(row(), row({ Förfaller: '', Namn: '', Kundnr: '' })), ['1001']],
  ['no number', file(row({ Fakturanr: '' })), ['- refused CSV-VALUE-MISSING']],
];

test.each(structure)('structure: %s', async (_name, content, expected) => {
  for (const chunk of [1_000_000, 64, 7]) {
    if (content.length > 50_000 && chunk < 1000) continue;
    expect(outcome(await read(content, { chunk }))).toEqual(expected);
  }
});

const trailer: Partial<CsvMapping> = { ending: { kind: 'trailer', marker: 'SLUT', documentsPosition: 2, payablePosition: 3 } };
test.each([
  ['whole', ['SLUT;2;2 000,00'], ['1001', '2']],
  ['without line end', ['SLUT;2;2 000,00'], ['1001', '2']],
  ['missing', [], ['1001', 'broken CSV-NO-TRAILER line 3']],
  ['one document too few', ['SLUT;3;2 000,00'], ['1001', '2', 'broken CSV-TRAILER-COUNT line 4']],
  ['one öre off', ['SLUT;2;2 000,01'], ['1001', '2', 'broken CSV-TRAILER-SUM line 4']],
  ['unreadable', ['SLUT;två;2000'], ['1001', '2', 'broken CSV-TRAILER-UNREADABLE line 4']],
  ['followed by a row', ['SLUT;2;2000', row({ Fakturanr: '3' })], ['1001', '2', 'broken CSV-AFTER-TRAILER line 5']],
  ['followed by blanks', ['SLUT;2;2000', ''], ['1001', '2']],
])('closing row: %s', async (name, closing, expected) => {
  const content = file(row(), row({ Fakturanr: '2' }), ...closing);
  expect(outcome(await read(name === 'without line end' ? content.trimEnd() : content, { mapping: trailer }))).toEqual(expected);
});

test('the closing sum counts refused documents too, and credit notes with the sign of the file', async () => {
  const rows = [
    row(),
    row({ Fakturanr: '2', Antal: '-1', Avser: '1001' }),
    row({ Fakturanr: '3', Kundnr: '5', Moms: '25', Orgnr: '556000-4616' }),
  ];
  expect(outcome(await read(file(...rows, 'SLUT;3;1500'), { mapping: trailer }))).toEqual([
    '1001',
    '2',
    '3 refused CSV-CHECK-DIGIT',
  ]);
});

const values: readonly (readonly [name: string, cells: Readonly<Record<string, string>>, code: string | undefined])[] = [
  ['1 234,50', { 'À-pris': '1 234,50' }, undefined],
  ['with no-break space', { 'À-pris': '1\u00a0234,50' }, undefined],
  ['1,234.50', { 'À-pris': '1,234.50' }, 'CSV-NOT-A-NUMBER'],
  ['1.234,50', { 'À-pris': '1.234,50' }, 'CSV-NOT-A-NUMBER'],
  ['12 34,50', { 'À-pris': '12 34,50' }, 'CSV-NOT-A-NUMBER'],
  ['-0,00', { Radbelopp: '-0,00', Antal: '0' }, undefined],
  ['1e3', { 'À-pris': '1e3' }, 'CSV-NOT-A-NUMBER'],
  ['NaN', { 'À-pris': 'NaN' }, 'CSV-NOT-A-NUMBER'],
  ['Infinity', { Antal: 'Infinity' }, 'CSV-NOT-A-NUMBER'],
  ['a trailing sign', { Antal: '2-' }, 'CSV-NOT-A-NUMBER'],
  ['a plus sign', { Antal: '+2' }, 'CSV-NOT-A-NUMBER'],
  ['half an öre', { Radbelopp: '800,005' }, 'CSV-AMOUNT-DECIMALS'],
  ['two decimals and a zero', { Radbelopp: '800,000' }, undefined],
  ['10^15', { Antal: '1', 'À-pris': '', Radbelopp: '1000000000000000' }, 'CSV-AMOUNT-TOO-LARGE'],
  ['a currency word', { 'À-pris': '400 kr' }, 'CSV-NOT-A-NUMBER'],
  ['fullwidth digits', { Antal: '２' }, 'CSV-NOT-A-NUMBER'],
  ['a date in February that is not', { Datum: '2027-02-29' }, 'CSV-NOT-A-DATE'],
  ['a short year', { Datum: '27-02-10' }, 'CSV-NOT-A-DATE'],
  ['20270332', { Datum: '20270332' }, 'CSV-NOT-A-DATE'],
  ['1900', { Datum: '1900-01-01' }, 'CSV-NOT-A-DATE'],
  ['9999', { Datum: '9999-12-31' }, 'CSV-NOT-A-DATE'],
  ['no date', { Datum: '' }, 'CSV-VALUE-MISSING'],
  ['VAT one öre off', { 'Att betala': '1000,01' }, 'CSV-STATED-PAYABLE'],
  ['one krona off', { 'Att betala': '1001' }, 'CSV-STATED-PAYABLE'],
  ['line amount two öre off', { Radbelopp: '800,02', 'Att betala': '1000,03' }, undefined],
  ['line amount three öre off', { Radbelopp: '800,03' }, 'CSV-LINE-NET'],
  ['rounding above half a krona', { Avrundning: '0,51', 'Att betala': '1000,51' }, 'CSV-ROUNDING'],
  ['a unit outside the table', { Enhet: 'låda' }, 'CSV-NOT-ALLOWED'],
  ['an invoice that is negative', { Typ: 'F', Antal: '-2' }, 'CSV-KIND-SIGN'],
  ['zero VAT without category', { Moms: '0' }, 'CSV-VAT-CATEGORY'],
  ['a wrong check digit', { Orgnr: '556000-4616' }, 'CSV-CHECK-DIGIT'],
  ['a spreadsheet number', { Orgnr: '5,56E+09' }, 'CSV-CHECK-DIGIT'],
  ['a product of 10^15', { Antal: '1000000000', 'À-pris': '1000000' }, 'CSV-AMOUNT-TOO-LARGE'],
  ['no name', { Namn: '' }, 'CSV-VALUE-MISSING'],
  ['no price', { 'À-pris': '' }, 'CSV-VALUE-MISSING'],
];

test.each(values)('value: %s', async (_name, cells, code) => {
  const [item] = await read(file(row(cells)));
  const expected =
    code === undefined
      ? { kind: 'submission' }
      : { kind: 'refusal', refusal: { findings: [{ code, line: 2, document: '1001' }] } };
  expect(item).toMatchObject(expected);
});

test('all faults of a document are told at once, each at its place', async () => {
  const [item] = await read(file(row({ Datum: 'igår' }), row({ Datum: 'igår', Antal: 'två', Moms: '' })));
  if (item?.kind !== 'refusal') throw new Error('accepted');
  expect(item.refusal.findings.map(({ code, line, column, field, value }) => [code, line, column, field, value])).toEqual([
    ['CSV-VALUE-MISSING', 3, 17, 'Moms', undefined],
    ['CSV-NOT-A-NUMBER', 3, 13, 'Antal', 'två'],
    ['CSV-NOT-A-DATE', 2, 3, 'Datum', 'igår'],
  ]);
});

test('a currency that was not agreed is refused', async () => {
  const mapping = { columns: { ...sampleMapping.columns, currency: 'Intern' }, ignoredColumns: [] };
  const content = `${headings};Intern\r\n${row()};EUR\r\n${row({ Fakturanr: '2' })};SEK\r\n`;
  expect(outcome(await read(content, { mapping }))).toEqual(['1001 refused CSV-CURRENCY-NOT-AGREED', '2']);
});

test('more lines than an invoice may have are refused, not kept', async () => {
  const rows = Array<string>(100_001).fill(row());
  expect(outcome(await read(file(...rows), { chunk: 65_536 }))).toEqual(['1001 refused CSV-TOO-MANY-LINES']);
});
