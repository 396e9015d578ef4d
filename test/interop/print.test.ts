import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parts } from '#jobs/house/parts.ts';
import type { Letter } from '#engine/letter.ts';
import { buildSpoolJob } from '#layouts/spool/build-spool.ts';
import { readArchive } from '#layouts/spool/archive.ts';
import { colourProfile, manyLetters, monoProfile } from '../layouts/sample-letters.ts';
import type { SpoolJob } from '#layouts/spool/spool.ts';

/** Programs of Debian's qpdf, poppler-utils, dmtx-utils, zbar-tools and unzip: none of them shares code with Kuvert. */
const programs = ['qpdf', 'pdffonts', 'pdftotext', 'pdftoppm', 'dmtxread', 'zbarimg'];
const missing = programs.filter((program) => !isInstalled(program));
if (missing.length > 0) {
  console.warn(
    `NOT TESTED: print files are not checked by outside programs, missing: ${missing.join(', ')} (apt-get install qpdf poppler-utils dmtx-utils zbar-tools)`,
  );
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('which', [program]);
    return true;
  } catch {
    return false;
  }
}

const run = (program: string, ...parameters: string[]): string =>
  execFileSync(program, parameters, { encoding: 'utf8', maxBuffer: 1 << 26 });

describe.skipIf(missing.length > 0)('a spool, seen by other programs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kuvert-print-'));
  const letters: readonly Letter[] = manyLetters(6, (at) => [3, 40, 1, 75, 2, 4][at] ?? 1);
  let job: SpoolJob;
  let pdf: string;

  async function* feed(): AsyncGenerator<Letter> {
    yield* letters;
  }

  beforeAll(async () => {
    const order = {
      jobNumber: 42,
      createdAt: new Date('2025-04-01T04:00:00Z'),
      profile: colourProfile,
      parts,
      workDir: folder,
      postedIn: 'SE',
      workers: 2,
    };
    job = await buildSpoolJob(order, feed());
    const archive = await readArchive(job.path);
    pdf = join(folder, job.volumes[0]!.fileName);
    writeFileSync(pdf, (await archive.read(job.volumes[0]!.fileName)).bytes);
    archive.close();
    run('pdftoppm', '-r', '300', '-gray', pdf, join(folder, 'page'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const pictures = (): string[] =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.pgm'))
      .sort();

  test('qpdf finds no fault in the file', () => {
    expect(run('qpdf', '--check', pdf)).toMatch(/No syntax or stream encoding errors/);
  });

  test('every font is embedded, subset and has Unicode', () => {
    const fonts = run('pdffonts', pdf).trim().split('\n').slice(2);
    expect(fonts).toHaveLength(4);
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+.*yes yes yes/);
  });

  test('pdftotext reads number, amount, reference and slip line of every letter', () => {
    for (const piece of job.pieces) {
      const text = run(
        'pdftotext',
        '-layout',
        '-f',
        String(piece.firstPage),
        '-l',
        String(piece.firstPage + piece.pages - 1),
        pdf,
        '-',
      );
      const kronor = String(piece.payableAmount / 100n).replace(/\B(?=(\d{3})+$)/g, ' ');
      const ore = String(piece.payableAmount % 100n).padStart(2, '0');
      expect(text.replaceAll('\u00a0', ' ')).toContain(`${kronor},${ore} kr`);
      expect(text).toContain(piece.number);
      expect(text).toMatch(
        new RegExp(`#\\s+${piece.paymentReference} #\\s+${piece.payableAmount / 100n} ${ore}\\s+\\d >\\s+9912346#41#`),
      );
    }
  });

  test('a camera reads the mark of every sheet, and it is the listed one', () => {
    const pagesPerSheet = 2;
    const read = job.pieces.flatMap((piece) =>
      piece.controlCodes.map((_code, at) => {
        const picture = pictures()[piece.firstPage - 1 + at * pagesPerSheet]!;
        // The mark lies in the upper left corner: 20 × 30 mm at 300 dpi.
        return run('dmtxread', '-N', '1', '-m', '4000', '-x', '0', '-X', '236', '-Y', '100%', '-y', '85%', join(folder, picture));
      }),
    );
    expect(read).toEqual(job.pieces.flatMap((piece) => piece.controlCodes));
  });

  test('a bank app reads the payment code with å, ä and ö', () => {
    const last = job.pieces[0]!;
    const found = pictures()
      .slice(last.firstPage - 1, last.firstPage - 1 + last.pages)
      .flatMap((picture) => {
        try {
          return [run('zbarimg', '-q', '--raw', '-Sdisable', '-Sqrcode.enable', join(folder, picture))];
        } catch {
          return []; // zbarimg fails on a page without a code.
        }
      });
    expect(found).toHaveLength(1);
    const payment = JSON.parse(found[0]!) as Record<string, unknown>;
    const due = Number(`${last.payableAmount / 100n}.${String(last.payableAmount % 100n).padStart(2, '0')}`);
    expect(payment).toMatchObject({
      uqr: 1,
      tp: 1,
      nme: 'Åsboda Vattenförening ek. för.',
      iref: last.paymentReference,
      due,
      pt: 'BG',
      acc: '991-2346',
    });
  });

  test('the window shows the address and nothing else, in ink', () => {
    // Dark pixels of the risk zone must lie within the always visible zone (print.md §1.3): x 0–120, y 30.5–79 against 15–101, 44–65.5.
    const page = readPicture(join(folder, pictures()[0]!));
    const ink = inkBox(page, { left: 0, right: 119.8, top: 30.7, bottom: 78.8 });
    expect(ink.left).toBeGreaterThanOrEqual(18);
    expect(ink.right).toBeLessThanOrEqual(101);
    expect(ink.top).toBeGreaterThanOrEqual(44);
    expect(ink.bottom).toBeLessThanOrEqual(65.5);
  });

  test('a black job renders without a coloured pixel', async () => {
    const order = {
      jobNumber: 43,
      createdAt: new Date('2025-04-01T04:00:00Z'),
      profile: monoProfile,
      parts,
      workDir: folder,
      postedIn: 'SE',
      workers: 0,
    };
    const mono = await buildSpoolJob(order, feed());
    const archive = await readArchive(mono.path);
    const path = join(folder, 'mono.pdf');
    writeFileSync(path, (await archive.read(mono.volumes[0]!.fileName)).bytes);
    archive.close();
    run('pdftoppm', '-r', '50', '-f', '1', '-l', '4', path, join(folder, 'mono'));
    const coloured = readdirSync(folder)
      .filter((file) => file.endsWith('.ppm'))
      .map((file) => countColoured(readPicture(join(folder, file))));
    expect(coloured).toEqual([0, 0, 0, 0]);
  });
});

interface Picture {
  readonly width: number;
  readonly samples: Uint8Array;
}

/** A binary PGM or PPM picture: a text header of magic, size and depth, then samples. */
function readPicture(path: string): Picture {
  const bytes = readFileSync(path);
  const header = /^P[56]\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'));
  if (header === null) throw new Error(`no picture: ${path}`);
  return { width: Number(header[1]), samples: bytes.subarray(header[0].length) };
}

interface BoxMm {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The box of the dark pixels within a box, in millimetres, of a gray picture of 300 dpi. */
function inkBox({ width, samples }: Picture, box: BoxMm): BoxMm {
  const perMm = 300 / 25.4;
  const found = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (let y = Math.ceil(box.top * perMm); y < box.bottom * perMm; y += 1) {
    for (let x = Math.ceil(box.left * perMm); x < box.right * perMm; x += 1) {
      if ((samples[y * width + x] ?? 255) > 200) continue;
      found.left = Math.min(found.left, x / perMm);
      found.right = Math.max(found.right, x / perMm);
      found.top = Math.min(found.top, y / perMm);
      found.bottom = Math.max(found.bottom, y / perMm);
    }
  }
  return found;
}

/** Pixels whose red, green and blue differ. */
function countColoured({ samples }: Picture): number {
  let count = 0;
  for (let at = 0; at + 2 < samples.length; at += 3) {
    if (samples[at] !== samples[at + 1] || samples[at] !== samples[at + 2]) count += 1;
  }
  return count;
}
