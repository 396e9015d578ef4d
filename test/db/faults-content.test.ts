import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { archivedPath } from '#jobs/intake/archive.ts';
import { waterFile } from '#jobs/demo/files/water-file.ts';
import { openInnerHouse, type InnerHouse, type TakenIn } from '../house/inner-house.ts';
import { trialCsv, trialRow, TRIAL_HEADINGS, type TrialRow } from '../house/trial-csv.ts';

let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse();
});
afterAll(() => inner.close());

let serial = 0;
/** A new number for every document, so that no case meets another. */
const number = (): string => `C-${(serial += 1)}`;
const row = (cells: TrialRow = {}): string => trialRow({ Number: number(), ...cells });
const lines = (...parts: readonly string[]): string => [...parts, ''].join('\r\n');
const water = (change: (text: string) => string = (text) => text): Buffer => {
  const file = waterFile({ consumers: 3, issueDate: '2026-11-20', firstNumber: 500_000 + (serial += 10) });
  return iconv.encode(change(iconv.decode(file, 'iso-8859-1')), 'iso-8859-1');
};

const takeIn = (client: string, content: string | Uint8Array): Promise<TakenIn> =>
  inner.takeIn(client, `fault-${(serial += 1)}.csv`, content);

/** What is stored of a file beside its own row, its findings and its receipts. */
const traces = ({ file }: TakenIn): Promise<unknown[]> =>
  inner.rows(
    `select (select count(*) from invoice where file_id = $1) as invoices, (select count(*) from document d join invoice i on i.id = d.invoice_id
       where i.file_id = $1) as documents, (select count(*) from outbound where file_id = $1 and kind <> 'receipt') as others`,
    [file.id],
  );
const NOTHING = [{ invoices: 0n, documents: 0n, others: 0n }];

type Damage = readonly [title: string, code: string, client: string, content: () => string | Uint8Array, place: object];

describe('structural damage refuses the whole file before anything is booked, and says where', () => {
  test.each<Damage>([
    // XC1
    [
      'Latin-1 where UTF-8 is agreed',
      'TEXT-NOT-UTF-8',
      'provet',
      () => iconv.encode(trialCsv({ Number: number() }), 'latin1'),
      { line: 2 },
    ],
    [
      'UTF-8 where Latin-1 is agreed',
      'TEXT-LOOKS-UTF-8',
      'vattnet',
      () => iconv.encode(iconv.decode(water(), 'latin1'), 'utf8'),
      { line: 1 },
    ],
    ['UTF-16', 'TEXT-UTF-16', 'provet', () => iconv.encode(trialCsv({ Number: number() }), 'utf16le', { addBOM: true }), {}],
    [
      'UTF-8 that turns into Latin-1 on line 3',
      'TEXT-NOT-UTF-8',
      'provet',
      () => Buffer.concat([Buffer.from(lines(TRIAL_HEADINGS, row())), iconv.encode(lines(row()), 'latin1')]),
      { line: 3 },
    ],
    ['a byte order mark inside', 'TEXT-MARK-INSIDE', 'provet', () => lines(TRIAL_HEADINGS, row(), `\uFEFF${row()}`), { line: 3 }],
    ['a NUL', 'TEXT-NUL', 'provet', () => lines(TRIAL_HEADINGS, row(), row({ Name: 'Sken\0firman' })), { line: 3 }],
    // XC2
    [
      'a quote on line 3 of 20,000 that is never closed',
      'CSV-QUOTE-OPEN',
      'provet',
      () => lines(TRIAL_HEADINGS, row(), row({ Name: '"Skenfirman AB' }), ...Array.from({ length: 20_000 }, () => row())),
      { line: 3 },
    ],
    [
      'a quote inside a field',
      'CSV-QUOTE-INSIDE',
      'provet',
      () => lines(TRIAL_HEADINGS, row({ Item: 'Skruv 3/4" tum' })),
      { line: 2 },
    ],
    [
      'text after a closing quote',
      'CSV-QUOTE-CLOSED',
      'provet',
      () => lines(TRIAL_HEADINGS, row({ Item: '"Skruv" tum' })),
      { line: 2 },
    ],
    [
      'a lone carriage return',
      'CSV-LONE-RETURN',
      'provet',
      () => lines(TRIAL_HEADINGS, row({ Item: 'Skruv\rtum' })),
      { line: 2 },
    ],
    [
      '10,000 columns',
      'CSV-TOO-MANY-COLUMNS',
      'provet',
      () => lines(Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(';')),
      { line: 1 },
    ],
    [
      'a field of 200,000 characters',
      'CSV-RECORD-TOO-LONG',
      'provet',
      () => lines(TRIAL_HEADINGS, row({ Item: 'x'.repeat(200_000) })),
      { line: 2 },
    ],
    ['another separator announced', 'CSV-SEPARATOR', 'provet', () => lines('sep=,', TRIAL_HEADINGS, row()), { line: 1 }],
    [
      'a heading twice',
      'CSV-HEADING-TWICE',
      'provet',
      () => lines(TRIAL_HEADINGS.replace('Street', 'Name'), row()),
      { value: 'Name' },
    ],
    [
      'a heading missing',
      'CSV-HEADING-MISSING',
      'provet',
      () => lines(TRIAL_HEADINGS.replace(';Payable', ''), row()),
      { field: 'Payable' },
    ],
    [
      'a heading nobody agreed on',
      'CSV-HEADING-UNKNOWN',
      'provet',
      () => lines(TRIAL_HEADINGS.replace('Street', 'Sreet'), row()),
      { value: 'Sreet' },
    ],
    ['the closing row missing', 'CSV-NO-TRAILER', 'vattnet', () => water((text) => text.replace(/SLUT.*\r\n/, '')), { line: 13 }],
    [
      'rows after the closing row',
      'CSV-AFTER-TRAILER',
      'vattnet',
      () => water((text) => `${text}${text.split('\r\n')[1]}\r\n`),
      { line: 15 },
    ],
    [
      'a closing row with another count',
      'CSV-TRAILER-COUNT',
      'vattnet',
      () => water((text) => text.replace('SLUT;3;', 'SLUT;4;')),
      { line: 14, value: '4' },
    ],
    [
      'a closing row with another sum',
      'CSV-TRAILER-SUM',
      'vattnet',
      () => water((text) => text.replace(/,00\r\n$/, ',01\r\n')),
      { line: 14 },
    ],
    // XU8
    ['one byte', 'CSV-HEADING-UNKNOWN', 'provet', () => 'x', { line: 1 }],
    ['only headings', 'CSV-NO-ROWS', 'provet', () => lines(TRIAL_HEADINGS), { line: 1 }],
    ['only a byte order mark', 'FILE-EMPTY', 'provet', () => '\uFEFF', {}],
    ['no line end at the end', 'CSV-NO-FINAL-NEWLINE', 'provet', () => [TRIAL_HEADINGS, row()].join('\r\n'), { line: 2 }],
    // XC4, for the client that sends XML
    [
      'an entity that reads a file',
      'XML-DOCTYPE',
      'byra',
      () => '<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice>&x;</Invoice>',
      {},
    ],
    [
      'XML that ends too soon',
      'XML-TRUNCATED',
      'byra',
      () => '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">',
      {},
    ],
    ['text where XML is agreed', 'XML-NOT-WELL-FORMED', 'byra', () => trialCsv({ Number: number() }), {}],
  ])('%s: %s', async (_title, code, client, content, place) => {
    const bytes = Buffer.from(content());
    const taken = await takeIn(client, bytes);
    expect(taken.file.state).toBe('rejected');
    expect(taken.receipt.accepted).toEqual({ count: 0, amount: '0.00' });
    expect(taken.receipt.findings.at(-1)).toMatchObject({ code, severity: 'error', ...place });
    expect(taken.postings).toBe(0n);
    expect(await traces(taken)).toEqual(NOTHING);
    // What was received stays as it was received.
    expect(await readFile(archivedPath(inner.house.home, taken.file.sha256))).toEqual(bytes);
  });
});

describe('what looks like damage and is none is booked', () => {
  test.each<readonly [string, string, () => string | Uint8Array, number]>([
    ['a byte order mark at the beginning', 'provet', () => `\uFEFF${trialCsv({ Number: number() })}`, 1],
    ['the agreed separator announced', 'provet', () => lines('sep=;', TRIAL_HEADINGS, row()), 1],
    ['line feeds and CRLF mixed', 'provet', () => `${TRIAL_HEADINGS}\n${row()}\r\n${row()}\n`, 2],
    [
      'a delimiter and a line end inside quotes',
      'provet',
      () => lines(TRIAL_HEADINGS, row({ Item: '"Råd; och\r\ndåd"' }), row()),
      2,
    ],
    [
      'columns in another order',
      'provet',
      () => lines(...[TRIAL_HEADINGS, row()].map((line) => line.split(';').toReversed().join(';'))),
      1,
    ],
    ['separators at the end of rows', 'provet', () => lines(`${TRIAL_HEADINGS};;`, `${row()};;`, `${row()};`), 2],
    ['a closing row in Latin-1', 'vattnet', () => water(), 3],
  ])('%s', async (_title, client, content, count) => {
    const { file, receipt } = await takeIn(client, content());
    expect(receipt.findings).toEqual([]);
    expect(file).toMatchObject({ state: 'booked', counts: { accepted: count, rejected: 0 } });
  });
});

describe('a wrong field refuses its document; the others are booked', () => {
  test.each<readonly [cells: TrialRow, code: string, field: string]>([
    // XC6
    [{ Price: '1,000.00' }, 'CSV-NOT-A-NUMBER', 'Price'],
    [{ Price: '1.000,00' }, 'CSV-NOT-A-NUMBER', 'Price'],
    [{ Price: '10 00,00' }, 'CSV-NOT-A-NUMBER', 'Price'],
    [{ Price: '1e3' }, 'CSV-NOT-A-NUMBER', 'Price'],
    [{ Price: 'NaN' }, 'CSV-NOT-A-NUMBER', 'Price'],
    [{ Price: '1000,00-' }, 'CSV-NOT-A-NUMBER', 'Price'],
    [{ Price: '+1000,00' }, 'CSV-NOT-A-NUMBER', 'Price'],
    [{ Payable: '1250,005' }, 'CSV-AMOUNT-DECIMALS', 'Payable'],
    [{ Payable: '1000000000000000,00' }, 'CSV-AMOUNT-TOO-LARGE', 'Payable'],
    [{ Payable: '1250,01' }, 'CSV-STATED-PAYABLE', 'Payable'],
    [{ Payable: '1251,00' }, 'CSV-STATED-PAYABLE', 'Payable'],
    [{ VAT: '24', Payable: '1240,00' }, 'INV-SE-VAT-RATE', 'VAT'],
    [{ Kind: 'I', Quantity: '-1', Payable: '-1250,00' }, 'CSV-KIND-SIGN', 'Kind'],
    [{ Kind: 'X' }, 'CSV-NOT-ALLOWED', 'Kind'],
    // XC7
    [{ Issued: '2027-02-29' }, 'CSV-NOT-A-DATE', 'Issued'],
    [{ Issued: '27-02-10' }, 'CSV-NOT-A-DATE', 'Issued'],
    [{ Issued: '20270332' }, 'CSV-NOT-A-DATE', 'Issued'],
    [{ Issued: '1900-01-01' }, 'CSV-NOT-A-DATE', 'Issued'],
    [{ Issued: '9999-12-31' }, 'CSV-NOT-A-DATE', 'Issued'],
    [{ Due: '2026-11-19' }, 'INV-DUE-BEFORE-ISSUE', 'Due'],
    // XC8, XC9
    [{ Company: '559998-1115' }, 'CSV-CHECK-DIGIT', 'Company'],
    [{ City: '' }, 'INV-ADDRESS', 'City'],
    [{ Kind: 'C' }, 'INV-CREDIT-REFERENCE', 'Credits'],
  ])('%o: %s', async (cells, code, field) => {
    const { file, receipt, postings } = await takeIn('provet', lines(TRIAL_HEADINGS, row(), row(cells), row()));
    expect(file).toMatchObject({ state: 'booked', counts: { accepted: 2, rejected: 1 } });
    expect(receipt.findings).toMatchObject([{ code, line: 3, field, severity: 'error' }]);
    expect(postings).toBe(6n);
  });

  test.each<readonly [cells: TrialRow, payable: string]>([
    [{ Price: '1 000,00', Payable: '1 250,00' }, '1250.00'],
    [{ Price: '1000' }, '1250.00'],
    [{ Price: '0,005', Quantity: '200', Payable: '1,25' }, '1.25'],
    [{ Price: '-0,00', Payable: '-0,00' }, '0.00'],
  ])('%o is a number like any other', async (cells, payable) => {
    const { receipt } = await takeIn('provet', lines(TRIAL_HEADINGS, row(cells)));
    expect(receipt).toMatchObject({ accepted: { count: 1, amount: payable }, findings: [] });
  });
});

describe('what is no file of invoices goes to quarantine unread (XU7, XU15)', () => {
  test.each<readonly [string, string, Uint8Array]>([
    ['nothing at all', 'FILE-EMPTY', Buffer.alloc(0)],
    ['gzip', 'FILE-ALIEN', gzipSync(trialCsv({ Number: 'Q-1' }))],
    ['a zip archive', 'FILE-ALIEN', Buffer.from('PK\u0003\u0004rest')],
    ['a PDF', 'FILE-ALIEN', Buffer.from('%PDF-1.7 rest')],
    ['a program', 'FILE-ALIEN', Buffer.from('\u007fELF rest', 'latin1')],
  ])('%s', async (_title, code, content) => {
    const taken = await takeIn('provet', content);
    expect(taken.file).toMatchObject({ state: 'quarantined', agreementVersion: null });
    expect(taken.receipt.findings).toMatchObject([{ code, severity: 'error' }]);
    expect(taken.receipt.received.count).toBe(0);
    expect(await traces(taken)).toEqual(NOTHING);
    const folder = join(inner.house.home, 'quarantine', 'provet', taken.file.claimId);
    const [name = ''] = (await readdir(folder)).filter((each) => !each.startsWith('.'));
    expect(await readFile(join(folder, name))).toEqual(Buffer.from(content));
  });

  test('and the same again is not called a repetition: nothing of it was ever read', async () => {
    const first = await takeIn('provet', Buffer.from('%PDF-1.7 again'));
    const second = await takeIn('provet', Buffer.from('%PDF-1.7 again'));
    expect([first.file.state, second.file.state]).toEqual(['quarantined', 'quarantined']);
  });
});

const FIELD_BYTES = 256 * 1024 * 1024;
const CHUNK = Buffer.alloc(1024 * 1024, 'x');

test('a field of 256 MB is refused after its first characters, in little memory', async () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${TRIAL_HEADINGS}\r\n`);
    for (let sent = 0; sent < FIELD_BYTES; sent += CHUNK.byteLength) yield CHUNK;
  }
  const id = await inner.receive('provet', 'endless.csv', endless());
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const taken = await inner.settle(id);
  const grown = process.memoryUsage().rss - before;
  console.log(`settled in ${Math.round(performance.now() - began)} ms, ${Math.round(grown / 1024 / 1024)} MB more memory`);
  expect(taken.file.state).toBe('rejected');
  expect(taken.receipt.findings).toMatchObject([{ code: 'CSV-RECORD-TOO-LONG', line: 2 }]);
  expect(grown).toBeLessThan(FIELD_BYTES / 4);
});

test('after all that every invariant holds, and the out-folders hold receipts only', async () => {
  expect(await inner.violations()).toEqual([]);
  const names = await readdir(join(inner.house.home, 'outbox'), { recursive: true, withFileTypes: true });
  for (const entry of names.filter((each) => each.isFile())) expect(entry.name).toMatch(/\.receipt\.(?:json|csv)$/);
});
