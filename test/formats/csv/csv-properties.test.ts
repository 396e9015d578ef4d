import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { chunksOf } from '../chunks.ts';
import { file, headings, outcome, read, row, sampleMapping } from './sample-mapping.ts';
import { cleanText, decodeText } from '#formats/text/decode.ts';
import { readRows } from '#formats/csv/rows.ts';
import { rescale, type Decimal } from '#engine/decimal.ts';

/** A text that a cell may hold: anything but what no document can carry. */
const cellText = fc
  .string({ unit: 'binary', maxLength: 30 })
  .map((text) => cleanText(text.replaceAll('\r', '')).text)
  .filter((text) => !text.includes('\uFEFF'));

const name = cellText.filter((text) => text !== '');

/** RFC 4180 by the test's own hand: always quoted. */
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const swedish = (value: Decimal): string => value.replace('.', ',');

interface SimpleLine {
  readonly name: string;
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly rate: '25' | '12' | '6';
}

const simpleLine: fc.Arbitrary<SimpleLine> = fc.record({
  name,
  quantity: fc.bigInt({ min: 1n, max: 10_000n }).map((value) => rescale(value, 2)),
  price: fc.bigInt({ min: 0n, max: 10_000_000n }).map((value) => rescale(value, 3)),
  rate: fc.constantFrom('25', '12', '6'),
});
const simpleDocument = fc.record({ buyer: name, lines: fc.array(simpleLine, { minLength: 1, maxLength: 4 }) });

describe('documents that were written as CSV', () => {
  test('are read with every value, whatever the texts, chunks and line ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(simpleDocument, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom('\r\n', '\n'),
        async (documents, chunk, newline) => {
          const rows = documents.flatMap(({ buyer, lines }, index) =>
            lines.map((line) =>
              row({
                Fakturanr: String(index + 1),
                Namn: quoted(buyer),
                Benämning: quoted(line.name),
                Antal: swedish(line.quantity),
                'À-pris': swedish(line.price),
                Moms: line.rate,
              }),
            ),
          );
          const items = await read([headings, ...rows, ''].join(newline), { chunk });
          expect(items).toMatchObject(
            documents.map(({ buyer, lines }, index) => ({
              kind: 'submission',
              submission: {
                invoice: {
                  number: String(index + 1),
                  buyer: { name: buyer },
                  lines: lines.map((line) => ({
                    name: line.name,
                    quantity: line.quantity,
                    price: { net: line.price },
                    vat: { rate: line.rate },
                  })),
                },
              },
            })),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  test('are never accepted when the file was cut off, whatever its proof of wholeness', async () => {
    const rows = [row(), row({ Benämning: '"a;\r\nb"' }), row({ Fakturanr: '2', Antal: '5' }), row({ Fakturanr: '3' })];
    const withTrailer = {
      ...sampleMapping,
      ending: { kind: 'trailer', marker: 'SLUT', documentsPosition: 2, payablePosition: 3 },
    } as const;
    // 2 × 1000,00 + 2500,00 + 1000,00
    const files = [
      [file(...rows, 'SLUT;3;5500,00').trimEnd(), withTrailer],
      [file(...rows), sampleMapping],
    ] as const;
    for (const [content, mapping] of files) {
      expect(outcome(await read(content, { mapping }))).toEqual(['1001', '2', '3']);
      // A closing sum without its last zeros is the same sum.
      const zeros = mapping === withTrailer ? ',00'.length : 1;
      const cuts = Array.from({ length: content.length - zeros }, (_, cut) => cut);
      // A file that proves its end by its last line end alone cannot show that whole lines are gone.
      const telling = cuts.filter((cut) => mapping.ending.kind === 'trailer' || !content.slice(0, cut).endsWith('\n'));
      const unnoticed: number[] = [];
      for (const cut of telling) {
        const items = await read(content.slice(0, cut), { mapping });
        if (items.at(-1)?.kind !== 'broken') unnoticed.push(cut);
      }
      expect(unnoticed).toEqual([]);
    }
  });
});

describe('any input', () => {
  test('any bytes give a result and no exception, in every encoding', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('utf-8', 'iso-8859-1', 'windows-1252'),
        fc.integer({ min: 1, max: 64 }),
        async (bytes, encoding, chunk) => {
          const items = await read(bytes, { encoding, chunk });
          expect(items.at(-1)?.kind).toBe('broken');
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any text after sound headings gives a result, and no amount that the file does not prove', async () => {
    const fragment = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(';', '"', '\r\n', '\n', '1001', row(), '2026-11-02', '1e3', '-', ','),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fragment, { maxLength: 30 }), fc.integer({ min: 1, max: 64 }), async (parts, chunk) => {
        const items = await read(`${headings}\r\n${parts.join('')}`, { chunk });
        expect(items.slice(0, -1).every((item) => item.kind !== 'broken')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('our cutting of records and PapaParse agree on every text that is quoted soundly', async () => {
    const cell = cellText.chain((text) =>
      /[";\n]/.test(text) ? fc.constant(quoted(text)) : fc.constantFrom(text, quoted(text)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        async (cells) => {
          const text = `${cells.map((line) => line.join(';')).join('\n')}\n`;
          const bare = Papa.parse<string[]>(text, { delimiter: ';', newline: '\n' }).data;
          const ours: (readonly string[])[] = [];
          const texts = decodeText(chunksOf(text, 9), { encoding: 'utf-8', maxBytes: 1_000_000 });
          for await (const block of readRows(texts, { delimiter: ';', quote: '"' })) {
            expect(block.kind).not.toBe('broken');
            if (block.kind === 'rows') ours.push(...block.rows.map((one) => one.cells));
          }
          const filled = bare.filter((line) => line.some((one) => one.trim() !== ''));
          expect(ours).toEqual(filled);
        },
      ),
      { numRuns: 200 },
    );
  });
});
