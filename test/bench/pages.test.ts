import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bwip from 'bwip-js/node';
import PdfKitDocument from 'pdfkit';
import { expect, test } from 'vitest';
import { parts } from '#jobs/house/parts.ts';
import type { Letter } from '#engine/letter.ts';
import { encodeQr } from '#layouts/codes/qr.ts';
import { composeLetter } from '#layouts/documents/compose-letter.ts';
import { type Drawing, points } from '#layouts/page/drawing.ts';
import { buildSpoolJob } from '#layouts/spool/build-spool.ts';
import { loadFonts } from '#layouts/spool/letter-renderer.ts';
import { verifySpoolJob } from '#layouts/spool/verify-spool-job.ts';
import { colourProfile, manyLetters } from '../layouts/sample-letters.ts';

/** Letters of one to three pages; every sheet has a mark, every letter a payment code, as in production. */
const LETTERS = 3000;
const NAIVE_LETTERS = 300;
const letters = manyLetters(LETTERS, (at) => (at % 5 === 0 ? 40 : 4));
const createdAt = new Date('2025-04-01T04:00:00Z');
const profile = { ...colourProfile, duplex: false };

interface Measured {
  readonly pages: number;
  readonly pagesPerCpuSecond: number;
}

/** Pages per CPU second of the whole program, threads included. */
async function measure(makePages: () => Promise<number>): Promise<Measured> {
  const before = process.cpuUsage();
  const pages = await makePages();
  const { user, system } = process.cpuUsage(before);
  return { pages, pagesPerCpuSecond: (pages / (user + system)) * 1e6 };
}

async function* feed(items: readonly Letter[]): AsyncGenerator<Letter> {
  yield* items;
}

const require = createRequire(import.meta.url);
const fontFile = (weight: string): string =>
  require.resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`);

/** The same pages as most programs would make them: pdfkit's own text() for every string, codes from bwip-js. */
async function drawNaively(items: readonly Letter[]): Promise<number> {
  const fonts = loadFonts();
  const composed = items.map((letter) => composeLetter(letter, { profile, fonts, parts }).pages);
  const before = process.cpuUsage();
  const document = new PdfKitDocument({ autoFirstPage: false, margin: 0, size: 'A4' });
  document.registerFont('regular', fontFile('400Regular'));
  document.registerFont('semibold', fontFile('600SemiBold'));
  document.registerFont('bold', fontFile('700Bold'));
  document.registerFont('ocr', readFileSync(new URL('../../layouts/page/fonts/OCRB.otf', import.meta.url)));
  let bytes = 0;
  document.on('data', (chunk: Uint8Array) => (bytes += chunk.length));
  const ended = new Promise((resolve) => document.on('end', resolve));
  let pages = 0;
  for (const page of composed.flat()) {
    document.addPage();
    pages += 1;
    drawMatrix(document, 'datamatrix', String(pages).padStart(22, '0'), [5, 12], 0.508);
    for (const drawing of [...page.background.draw(), ...page.drawings]) drawOne(document, drawing);
    await new Promise((resolve) => setImmediate(resolve));
  }
  document.end();
  await ended;
  expect(bytes).toBeGreaterThan(0);
  const { user, system } = process.cpuUsage(before);
  return (pages / (user + system)) * 1e6;
}

function drawOne(document: PDFKit.PDFDocument, drawing: Drawing): void {
  if (drawing.kind === 'text') {
    document.font(drawing.font).fontSize(drawing.sizePt).fillColor('black');
    document.text(drawing.text, points(drawing.xMm), points(drawing.yMm) - drawing.sizePt, { lineBreak: false });
  } else if (drawing.kind === 'rectangle') {
    document.rect(points(drawing.xMm), points(drawing.yMm), points(drawing.widthMm), points(drawing.heightMm)).fill('black');
  } else if (drawing.kind === 'modules') {
    drawMatrix(
      document,
      'qrcode',
      '{"uqr":1,"tp":1,"nme":"Asboda","iref":"1002318234","due":2173.69,"pt":"BG","acc":"991-2346"}',
      [165, 215],
      0.45,
    );
  }
}

function drawMatrix(document: PDFKit.PDFDocument, bcid: string, text: string, [x, y]: [number, number], moduleMm: number): void {
  // oxlint-disable-next-line import/no-named-as-default-member -- the named export is the barcode type "raw", not this
  const [code] = bwip.raw({ bcid, text } as never) as unknown as { pixs: number[]; pixx: number }[];
  for (const [at, black] of code!.pixs.entries()) {
    if (black === 1)
      document.rect(
        points(x + (at % code!.pixx) * moduleMm),
        points(y + Math.floor(at / code!.pixx) * moduleMm),
        points(moduleMm),
        points(moduleMm),
      );
  }
  document.fill('black');
}

test('pages per CPU second: the spool, its verification, and pdfkit by its text() interface', async () => {
  const workDir = mkdtempSync(join(tmpdir(), 'kuvert-bench-'));
  try {
    const order = { jobNumber: 1, createdAt, profile, parts, postedIn: 'SE', workDir, workers: 0 };
    await buildSpoolJob(order, feed(letters.slice(0, 100)));
    let path = '';
    const spool = await measure(async () => {
      const job = await buildSpoolJob({ ...order, jobNumber: 2 }, feed(letters));
      path = job.path;
      return job.totals.pages;
    });
    async function* expected() {
      for (const { documentId, content: invoice } of letters) {
        const reference = invoice.paymentMeans[0]!.reference!;
        yield {
          documentId,
          number: invoice.number,
          payableAmount: invoice.totals.payableAmount,
          currency: invoice.currency,
          paymentReference: reference,
        };
      }
    }
    const verified = await measure(async () => {
      expect(await verifySpoolJob(path, expected())).toEqual([]);
      return spool.pages;
    });
    await drawNaively(letters.slice(0, 20));
    const naive = await drawNaively(letters.slice(0, NAIVE_LETTERS));
    console.info(
      [
        `spool (compose, check, compress, PDF, zip): ${spool.pagesPerCpuSecond.toFixed(0)} pages/CPU s over ${spool.pages} pages`,
        `verification (unzip, reread, compare):      ${verified.pagesPerCpuSecond.toFixed(0)} pages/CPU s`,
        `pdfkit text(), drawing only, no zip:        ${naive.toFixed(0)} pages/CPU s`,
        `ratio spool to pdfkit: ${(spool.pagesPerCpuSecond / naive).toFixed(1)}`,
      ].join('\n'),
    );
  } finally {
    rmSync(workDir, { recursive: true });
  }
});

test('milliseconds a payment code', () => {
  const text = JSON.stringify({
    uqr: 1,
    tp: 1,
    nme: 'Åsboda Vattenförening',
    cid: '769600-1234',
    iref: '1002318234',
    due: 1250.5,
    pt: 'BG',
  });
  const codes = 500;
  for (let at = 0; at < codes; at += 1) encodeQr(text, 'L');
  const started = process.cpuUsage();
  for (let at = 0; at < codes; at += 1) encodeQr(text, 'L');
  const { user, system } = process.cpuUsage(started);
  expect(encodeQr(text, 'L').size).toBeGreaterThan(21);
  console.info(`payment code: ${((user + system) / codes / 1000).toFixed(3)} ms`);
});
