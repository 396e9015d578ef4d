import Papa from 'papaparse';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { finding, type Finding } from '#engine/finding.ts';
import type { Receipt } from '#engine/receipt.ts';
import { MAX_RECEIPT_FINDINGS, writeReceiptCsv, writeReceiptJson } from '#formats/receipt/receipt.ts';
import { writeTextCell } from '#formats/csv/write-cell.ts';

const receipt: Receipt = {
  bureau: 'Byrån Exempel',
  client: 'grona-dalen',
  clientName: 'Gröna Dalens Städ AB',
  language: 'sv',
  currency: 'SEK',
  file: {
    number: 17,
    name: '=cmd.csv',
    sha256: 'ab'.repeat(32),
    bytes: 1234,
    receivedAt: new Date('2026-11-02T06:00:00Z'),
    settledAt: new Date('2026-11-02T06:01:00Z'),
    state: 'booked',
  },
  documents: {
    accepted: { count: 2, amount: 200_050n },
    rejected: { count: 1, amount: 0n },
    duplicate: { count: 0, amount: 0n },
    held: { count: 1, amount: -5000n },
  },
  amountsUnknown: 1,
  findings: [
    finding('CSV-NOT-A-DATE', {
      line: 3,
      column: 4,
      field: 'Förfaller',
      value: '=HYPERLINK("http://x")',
      document: '1001',
      facts: { format: 'YYYY-MM-DD' },
    }),
  ],
  findingsInAll: 1,
};

/** Cells as a spreadsheet would read them. */
const cellsOf = (text: string): string[][] =>
  Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimiter: ';', newline: '\r\n' }).data;

test('for people: a summary that adds up, then each finding with place, value, rule and what to do', () => {
  const text = writeReceiptCsv(receipt);
  expect(text.startsWith('\uFEFF')).toBe(true);
  const rows = cellsOf(text);
  const amounts = Object.fromEntries(rows.map(([name = '', ...rest]) => [name, rest]));
  expect(amounts['Inkomna']).toEqual(['4', '1950,50', 'SEK']);
  expect(amounts['Mottagna']).toEqual(['2', '2000,50', 'SEK']);
  expect(amounts['Avvisade']).toEqual(['1', '0,00', 'SEK']);
  expect(amounts['Väntande']).toEqual(['1', '-50,00', 'SEK']);
  expect(amounts['Varav utan läsbart belopp']).toEqual(['1']);
  expect(amounts['Fil']).toEqual(["'=cmd.csv"]);
  expect(amounts['1001']).toEqual([
    'fel',
    'CSV-NOT-A-DATE',
    'contract',
    '3',
    '4',
    'Förfaller',
    `'=HYPERLINK("http://x")`,
    'Förfaller är inget datum: "=HYPERLINK("http://x")".',
    'Skriv datum som YYYY-MM-DD. Dagen måste finnas, mellan 1990 och 2100.',
  ]);
});

test('for programs: the same, with amounts as texts', () => {
  const parsed = JSON.parse(writeReceiptJson({ ...receipt, language: 'en' })) as Record<string, unknown>;
  expect(parsed).toMatchObject({
    client: { id: 'grona-dalen' },
    file: { number: 17, name: '=cmd.csv', receivedAt: '2026-11-02T06:00:00.000Z', state: 'booked' },
    received: { count: 4, amount: '1950.50' },
    rejected: { count: 1, amount: '0.00' },
    amountsUnknown: 1,
    findings: [
      {
        code: 'CSV-NOT-A-DATE',
        line: 3,
        column: 4,
        field: 'Förfaller',
        document: '1001',
        severity: 'error',
        hint: expect.stringContaining('YYYY-MM-DD'),
      },
    ],
  });
});

test('the same receipt gives the same bytes', () => {
  expect(writeReceiptCsv(structuredClone(receipt))).toBe(writeReceiptCsv(receipt));
  expect(writeReceiptJson(structuredClone(receipt))).toBe(writeReceiptJson(receipt));
});

test('a long list is cut, and says so', () => {
  const findings = Array<Finding>(MAX_RECEIPT_FINDINGS + 5).fill(receipt.findings[0]!);
  const long = { ...receipt, findings, findingsInAll: MAX_RECEIPT_FINDINGS + 500 };
  expect((JSON.parse(writeReceiptJson(long)) as { findings: unknown[] }).findings).toHaveLength(MAX_RECEIPT_FINDINGS);
  expect(cellsOf(writeReceiptCsv(long)).at(-2)).toEqual(['Fler anmärkningar än de uppräknade; rätta dessa först.']);
});

test.each<[string, Partial<Receipt>]>([
  ['more findings listed than there are', { findingsInAll: 0 }],
  ['more unread amounts than documents', { amountsUnknown: 5 }],
  ['a negative count', { amountsUnknown: -1 }],
  ['an amount without documents', { documents: { ...receipt.documents, duplicate: { count: 0, amount: 1n } } }],
  ['no hash', { file: { ...receipt.file, sha256: 'x' } }],
])('a receipt with %s is our mistake and is not written', (_name, change) => {
  expect(() => writeReceiptCsv({ ...receipt, ...change })).toThrow(/receipt of/);
  expect(() => writeReceiptJson({ ...receipt, ...change })).toThrow(/receipt of/);
});

test('no cell can become a formula, whatever a file held', () => {
  const dangerous = fc
    .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' =', '\n=', '＝', ''), fc.string({ unit: 'binary' }))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(dangerous, dangerous, dangerous, (name, field, value) => {
      const item = finding('CSV-NOT-ALLOWED', { document: name, field, value, facts: { allowed: value } });
      const text = writeReceiptCsv({ ...receipt, file: { ...receipt.file, name }, findings: [item] });
      for (const cell of cellsOf(text).flat()) {
        if (/^-?\d+([.,]\d+)?$/.test(cell)) continue;
        expect(cell).not.toMatch(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/);
        expect(cell).not.toMatch(/^[\t\r\n]/);
      }
    }),
  );
  expect(writeTextCell('Åsa "A"')).toBe('"Åsa ""A"""');
});
