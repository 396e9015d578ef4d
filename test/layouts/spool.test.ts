import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parts } from '#jobs/house/parts.ts';
import type { Letter } from '#engine/letter.ts';
import { buildSpoolJob } from '#layouts/spool/build-spool.ts';
import { readArchive } from '#layouts/spool/archive.ts';
import { readLettersCsv } from '#layouts/spool/letters-list.ts';
import { rereadPdf } from '#layouts/spool/reread-pdf.ts';
import { build, createdAt, mixedLetters, newFolder, verify } from './sample-jobs.ts';
import { colourProfile, invoice, letter, line, manyLetters, monoProfile } from './sample-letters.ts';
import type { SpoolJob } from '#layouts/spool/spool.ts';
import { renderLetter } from '#layouts/spool/single-pdf.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('a job', () => {
  test('has the same bytes twice, whatever the order of the letters and the number of threads', async () => {
    const letters = manyLetters(80, (at) => (at % 7 === 0 ? 35 : 3));
    const jobs = [
      await build(letters),
      await build(letters.toReversed()),
      await build(letters, { workers: 1 }),
      await build(letters, { workers: 2 }),
    ];
    expect(new Set(jobs.map(({ sha256 }) => sha256)).size).toBe(1);
    const [{ path, bytes, sha256 }] = jobs as [SpoolJob];
    expect(statSync(path).size).toBe(bytes);
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(sha256);
  });

  test('verifies, in duplex colour and in simplex black', async () => {
    for (const profile of [colourProfile, monoProfile]) {
      const letters = mixedLetters();
      const job = await build(letters, { profile });
      expect(job.refused).toEqual([]);
      expect(await verify(job, letters)).toEqual([]);
    }
  });

  test('is sorted by country, Sweden first, then postcode', async () => {
    const job = await build(mixedLetters());
    expect(job.pieces.map(({ country, postcode }) => `${country} ${postcode}`)).toEqual([
      'SE 17919',
      'SE 25838',
      'SE 33757',
      'SE 41676',
      'NO 0150',
    ]);
    expect(job.pieces.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  });

  test('every letter begins on a front: odd letters in duplex get a real blank back', async () => {
    const job = await build(mixedLetters());
    for (const piece of job.pieces) {
      expect(piece.firstPage % 2).toBe(1);
      expect(piece.pages).toBe(piece.sheets * 2);
      expect(piece.milligrams).toBe(7_000 + piece.sheets * 4_990);
      expect(piece.controlCodes).toHaveLength(piece.sheets);
    }
  });

  test('the letter has the same hash in another job, the marks are others', async () => {
    const letters = mixedLetters();
    const first = await build(letters);
    const second = await build(letters.slice(2), { jobNumber: 43 });
    const reprinted = second.pieces[0]!;
    const original = first.pieces.find(({ documentId }) => documentId === reprinted.documentId)!;
    expect(reprinted.sha256).toBe(original.sha256);
    expect(reprinted.controlCodes).not.toEqual(original.controlCodes);
  });

  test('volumes are cut on letters, before the limit', async () => {
    const letters = manyLetters(9, () => 1);
    const job = await build(letters, { profile: { ...colourProfile, maxSheetsPerVolume: 4 } });
    expect(job.volumes.map(({ fileName, sheets }) => [fileName, sheets])).toEqual([
      ['J0042-S01-C5D-C-P01.pdf', 4],
      ['J0042-S01-C5D-C-P02.pdf', 4],
      ['J0042-S01-C5D-C-P03.pdf', 1],
    ]);
    expect(await verify(job, letters)).toEqual([]);
  });

  test('letters take the envelope of their sheets, in streams of their own', async () => {
    const letters = manyLetters(3, (at) => (at === 1 ? 900 : 2));
    const job = await build(letters);
    expect(job.volumes.map(({ fileName }) => fileName)).toEqual(['J0042-S01-C5D-C-P01.pdf', 'J0042-S02-C4D-C-P01.pdf']);
    expect(await verify(job, letters)).toEqual([]);
  });

  test('what cannot be printed is refused, and the others go out', async () => {
    const long = letter({
      documentId: 'long',
      content: invoice({ lines: Array.from({ length: 3000 }, (_, at) => line(at + 1)) }),
    });
    const homeless = letter({ documentId: 'homeless', addressLines: ['', ' '] });
    const badLogo = letter({
      documentId: 'bad-logo',
      style: { ...letter().style, logo: { kind: 'svg', viewBox: [0, 0, 1, 1], paths: [{ d: 'X', fill: '#000' }] } },
    });
    const job = await build([long, letter(), homeless, badLogo]);
    expect(job.refused.map(({ documentId, reason }) => [documentId, reason])).toEqual([
      ['bad-logo', 'unprintable'],
      ['homeless', 'unprintable'],
      ['long', 'too-many-sheets'],
    ]);
    expect(job.refused[2]?.explanation).toMatch(/^\d+ sheets; the largest envelope C4 holds 40$/);
    expect(await verify(job, [letter()])).toEqual([]);
  });

  test('without letters is an archive of list and manifest', async () => {
    const job = await build([]);
    expect([job.volumes, job.pieces, job.totals.pieces]).toEqual([[], [], 0]);
    expect(await verify(job, [])).toEqual([]);
  });

  test('two letters of one document are refused as a whole, and nothing is left behind', async () => {
    const workDir = newFolder();
    await expect(build([letter(), letter()], { workDir })).rejects.toThrow(/doc-0001 is in the job twice/);
    expect(readdirSync(workDir)).toEqual([]);
  });

  test('a failing source of letters fails the build and leaves nothing behind', async () => {
    const workDir = newFolder();
    async function* broken(): AsyncGenerator<Letter> {
      yield await Promise.resolve(letter());
      throw new Error('connection lost');
    }
    const order = { jobNumber: 42, createdAt, profile: colourProfile, parts, postedIn: 'SE', workDir, workers: 2 };
    await expect(buildSpoolJob(order, broken())).rejects.toThrow('connection lost');
    expect(readdirSync(workDir)).toEqual([]);
  });

  test.each([0, 100_000, 1.5])('job number %f is refused', async (jobNumber) => {
    await expect(build([], { jobNumber })).rejects.toThrow(RangeError);
  });
});

describe('the list of letters', () => {
  test('is inert in a spreadsheet and reads back as it was', async () => {
    const numbers = ['=HYPERLINK("x")', '+1', '-2', '@SUM', "'quoted", 'a;b', 'a"b', 'plain'];
    const letters = numbers.map((number, at) =>
      letter({ documentId: `doc-${at}`, content: invoice({ number }), postcode: `1000${at}` }),
    );
    const job = await build(letters);
    const archive = await readArchive(job.path);
    const text = Buffer.from((await archive.read('J0042.letters.csv')).bytes).toString('utf8');
    archive.close();
    for (const record of text.split('\r\n')) for (const cell of record.split(';')) expect(cell).not.toMatch(/^"?[=+@-]/);
    expect(readLettersCsv(text).rows.map((row) => row.invoice_number)).toEqual(numbers);
    expect(text.endsWith('#TOTAL;8;16;8\r\n')).toBe(true);
    expect(await verify(job, letters)).toEqual([]);
  });
});

describe('a letter of its own', () => {
  test('is a PDF with the very pages of the spool', () => {
    const pdf = rereadPdf(renderLetter(mixedLetters()[2]!, { profile: colourProfile, parts, createdAt }));
    const pages = [...pdf.pages()];
    expect(pages.length).toBe(pdf.pageCount);
    expect(pages.every(({ contents }) => contents.length === 1)).toBe(true);
  });

  test('has the same bytes twice', () => {
    expect(sha256(renderLetter(letter(), { profile: monoProfile, parts, createdAt }))).toBe(
      sha256(renderLetter(letter(), { profile: monoProfile, parts, createdAt })),
    );
  });
});
