import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { chunksOf } from '../formats/chunks.ts';
import { headings, row, sampleContext } from '../formats/csv/sample-mapping.ts';
import { decodeText } from '#formats/text/decode.ts';
import { readRows } from '#formats/csv/rows.ts';
import { readCsvInvoices } from '#formats/csv/read-csv-invoices.ts';

const DOCUMENTS = 30_000;
const LINES = 4;
const CHUNK_BYTES = 64 * 1024;
const MEBIBYTE = 1024 * 1024;

/** A file of documents of four lines; one text in ten is quoted. */
function* rows(): Generator<string> {
  for (let document = 0; document < DOCUMENTS; document += 1) {
    for (let line = 0; line < LINES; line += 1) {
      const text = (document + line) % 10 === 0 ? '"Städning; kväll ""extra"""' : `Städning nr ${line}`;
      yield row({ Fakturanr: String(100_000 + document), Benämning: text, Antal: `${line + 1},5` });
    }
  }
}

async function seconds(work: () => Promise<number>): Promise<{ readonly seconds: number; readonly result: number }> {
  const begun = performance.now();
  const result = await work();
  return { seconds: (performance.now() - begun) / 1000, result };
}

test('rows a second, beside bare PapaParse in the same run', async () => {
  const content = Buffer.from(`${headings}\r\n${[...rows()].join('\r\n')}\r\n`, 'utf8');
  const count = DOCUMENTS * LINES;
  const bare = await seconds(async () =>
    Promise.resolve(Papa.parse(content.toString('utf8'), { delimiter: ';', newline: '\r\n' }).data.length),
  );
  const split = await seconds(async () => {
    let total = 0;
    const texts = decodeText(chunksOf(content, CHUNK_BYTES), { encoding: 'utf-8', maxBytes: content.length });
    for await (const block of readRows(texts, { delimiter: ';', quote: '"' }))
      if (block.kind === 'rows') total += block.rows.length;
    return total;
  });
  let peak = 0;
  const read = await seconds(async () => {
    let total = 0;
    for await (const item of readCsvInvoices(chunksOf(content, CHUNK_BYTES), sampleContext)) {
      if (item.kind === 'submission') total += item.submission.invoice.lines.length;
      if (total % 20_000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed);
    }
    return total;
  });
  const speed = (run: { seconds: number }): string => `${Math.round(count / run.seconds).toLocaleString('sv')} rows/s`;
  const size = (content.length / MEBIBYTE).toFixed(0);
  console.log(
    `CSV ${count} rows, ${size} MiB: bare PapaParse ${speed(bare)}, rows with places and strict quoting ${speed(split)} ` +
      `(${(split.seconds / bare.seconds).toFixed(2)}×), invoices ${speed(read)} (${(read.seconds / bare.seconds).toFixed(2)}×), ` +
      `heap at most ${(peak / MEBIBYTE).toFixed(0)} MiB`,
  );
  expect([bare.result, split.result, read.result]).toEqual([count + 2, count + 1, count]);
});
