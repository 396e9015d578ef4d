import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import type { Minor } from '#engine/money.ts';
import { readCamt } from '#formats/iso20022/read-camt.ts';
import { camt054Chunks, type DemoPayment } from '#jobs/demo/files/bank-file.ts';

const PAYMENTS = 200_000;
const MEBIBYTE = 1024 * 1024;
const AMOUNT: Minor = 12_345n;

/** One day's deposit of a large client: all in one entry, one payment in ten with three invoices and a text. */
const payments: readonly DemoPayment[] = Array.from({ length: PAYMENTS }, (_, index) => ({
  amount: AMOUNT,
  bankgiro: '9912346',
  payerName: `Betalare ${index} & Söner AB`,
  payerAccount: '50501055',
  servicerReference: `BK2026112000001${String(index).padStart(8, '0')}`,
  ...(index % 10 === 0
    ? {
        text: 'Fakturor enligt avi',
        documentNumbers: [1, 2, 3].map((part) => ({ number: `${index}${part}`, amount: AMOUNT / 3n })),
      }
    : { ocr: `1234${index}` }),
}));

function file(): readonly Uint8Array[] {
  return [
    ...camt054Chunks({
      messageId: 'M-20261120-01',
      account: { iban: 'SE4550000000058398257466', currency: 'SEK' },
      bookingDate: isoDate('2026-11-20'),
      createdAt: '2026-11-20T17:05:00+01:00',
      payments,
    }),
  ];
}

/** Nothing but the parser, with a listener for every event. */
function bareSaxes(chunks: readonly Uint8Array[]): number {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let elements = 0;
  let characters = 0;
  parser.on('opentag', () => {
    elements += 1;
  });
  parser.on('closetag', () => {});
  parser.on('text', (text) => {
    characters += text.length;
  });
  for (const chunk of chunks) parser.write(decoder.decode(chunk, { stream: true }));
  parser.close();
  expect(characters).toBeGreaterThan(0);
  return elements;
}

async function* stream(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

test('megabytes a second of an account report, beside bare saxes in the same run', async () => {
  const chunks = file();
  const bytes = chunks.reduce((total, chunk) => total + chunk.length, 0);
  const bareBegun = performance.now();
  const elements = bareSaxes(chunks);
  const bareSeconds = (performance.now() - bareBegun) / 1000;
  let sum = 0n;
  let count = 0;
  let peak = 0;
  const verdicts: string[] = [];
  const before = process.memoryUsage().heapUsed;
  const begun = performance.now();
  for await (const item of readCamt(stream(chunks), { encoding: 'utf-8', allowNoNamespace: false })) {
    if (item.kind === 'broken') throw new Error(JSON.stringify(item));
    if (item.kind === 'entry') verdicts.push(item.entry.verdict);
    if (item.kind !== 'transaction') continue;
    sum += item.transaction.amount ?? 0n;
    count += 1;
    if (count % 10_000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed - before);
  }
  const seconds = (performance.now() - begun) / 1000;
  const speed = (time: number): string => `${(bytes / MEBIBYTE / time).toFixed(0)} MiB/s`;
  console.log(
    `camt.054, ${PAYMENTS} payments in one entry, ${(bytes / MEBIBYTE).toFixed(0)} MiB, ${elements} elements: bare saxes ${speed(bareSeconds)}, ` +
      `bank items ${speed(seconds)} (${(seconds / bareSeconds).toFixed(2)}×, ${Math.round(PAYMENTS / seconds).toLocaleString('sv')} payments/s), ` +
      `heap grew by ${(peak / MEBIBYTE).toFixed(0)} MiB at most`,
  );
  expect({ sum, count, verdicts }).toEqual({ sum: AMOUNT * BigInt(PAYMENTS), count: PAYMENTS, verdicts: ['agrees'] });
});
