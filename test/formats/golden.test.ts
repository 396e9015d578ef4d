import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chunksOf } from './chunks.ts';
import { sampleContext } from './csv/sample-mapping.ts';
import type { CsvMapping } from '#engine/csv-mapping.ts';
import type { ReadItem } from '#engine/submission.ts';
import { writeReadItem } from './write-read-item.ts';
import { readCsvInvoices } from '#formats/csv/read-csv-invoices.ts';
import { readPeppolInvoice } from '#formats/peppol/peppol.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);
const mapping = JSON.parse(readFileSync(new URL('findings/mapping.json', fixtures), 'utf8')) as CsvMapping;

const readers = {
  'csv/invoices': (bytes: Uint8Array): AsyncIterable<ReadItem> =>
    readCsvInvoices(chunksOf(bytes, 10), { ...sampleContext, mapping }),
  'einvoice/peppol': (bytes: Uint8Array): AsyncIterable<ReadItem> =>
    readPeppolInvoice(chunksOf(bytes, 10), { encoding: 'utf-8' }),
} as const;

/** What each sound sample gives, as `kuvert read` prints it; beside the file as `.expected.jsonl`. */
describe.each(Object.entries(readers))('%s', (folder, read) => {
  const names = readdirSync(new URL(`${folder}/`, fixtures)).filter((name) => !name.endsWith('.jsonl'));

  test.each(names)('%s', async (name) => {
    const url = new URL(`${folder}/${name}`, fixtures);
    const lines: string[] = [];
    for await (const item of read(readFileSync(url))) lines.push(writeReadItem(item));
    await expect(lines.join('')).toMatchFileSnapshot(`${url.pathname}.expected.jsonl`);
  });
});
