import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, deflateSync, crc32, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Letter } from '#engine/letter.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import { buildSpoolJob } from '#layouts/spool/build-spool-job.ts';
import { readArchive } from '#layouts/spool/read-archive.ts';
import { readLettersCsv } from '#layouts/spool/read-letters-csv.ts';
import { renderLetter } from '#layouts/spool/render-letter.ts';
import { rereadPdf } from '#layouts/spool/reread-pdf.ts';
import type { Discrepancy, ExpectedLetter, SpoolJob } from '#layouts/spool/spool-job.ts';
import { verifySpoolJob } from '#layouts/spool/verify-spool-job.ts';
import { colourProfile, invoice, letter, line, manyLetters, monoProfile } from './sample-letters.ts';

const createdAt = new Date('2025-04-01T04:00:00Z');
const root = mkdtempSync(join(tmpdir(), 'kuvert-spool-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
function newFolder(): string {
  folders += 1;
  return mkdtempSync(join(root, `${folders}-`));
}

async function* feed<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

const build = (letters: readonly Letter[], changes: { profile?: PrintProfile; workers?: number; jobNumber?: number; workDir?: string } = {}) =>
  buildSpoolJob({ jobNumber: 42, createdAt, profile: colourProfile, workDir: newFolder(), workers: 0, ...changes }, feed(letters));

/** What the ledger knows, straight from the letters. */
const expectedOf = ({ documentId, invoice: booked }: Letter): ExpectedLetter => ({
  documentId,
  number: booked.number,
  payableAmount: booked.totals.payableAmount,
  currency: booked.currency,
  ...(booked.kind === 'creditNote' || booked.totals.payableAmount <= 0n ? {} : { paymentReference: booked.paymentMeans[0]!.reference! }),
});

const verify = (job: { path: string }, letters: readonly Letter[]) => verifySpoolJob(job.path, feed(letters.map(expectedOf)));

/** Two letters of two pages, one of three, a credit note and a plain one; different postcodes and a foreign address. */
function mixedLetters(): Letter[] {
  const [a, b, c, d, e] = manyLetters(5, (at) => [40, 3, 70, 2, 1][at] ?? 1);
  return [
    { ...a!, country: 'NO', postcode: '0150' },
    b!,
    { ...c!, language: 'en' },
    { ...d!, invoice: { ...d!.invoice, kind: 'creditNote', typeCode: '381' } },
    { ...e!, style: { ...e!.style, paymentSlip: false } },
  ];
}

describe('a job', () => {
  test('has the same bytes twice, whatever the order of the letters and the number of threads', async () => {
    const letters = manyLetters(80, (at) => (at % 7 === 0 ? 35 : 3));
    const jobs = [await build(letters), await build(letters.toReversed()), await build(letters, { workers: 1 }), await build(letters, { workers: 2 })];
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
    expect(job.pieces.map(({ country, postcode }) => `${country} ${postcode}`)).toEqual(['SE 17919', 'SE 25838', 'SE 33757', 'SE 41676', 'NO 0150']);
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
    const long = letter({ documentId: 'long', invoice: invoice({ lines: Array.from({ length: 3000 }, (_, at) => line(at + 1)) }) });
    const homeless = letter({ documentId: 'homeless', addressLines: ['', ' '] });
    const badLogo = letter({ documentId: 'bad-logo', style: { ...letter().style, logo: { kind: 'svg', viewBox: [0, 0, 1, 1], paths: [{ d: 'X', fill: '#000' }] } } });
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
    const order = { jobNumber: 42, createdAt, profile: colourProfile, workDir, workers: 2 };
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
    const letters = numbers.map((number, at) => letter({ documentId: `doc-${at}`, invoice: invoice({ number }), postcode: `1000${at}` }));
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

/** Rebuilds an archive entry by entry: a forger who does everything right but one thing. */
async function forge(job: SpoolJob, change: (entries: Map<string, Uint8Array>) => void): Promise<{ path: string }> {
  const archive = await readArchive(job.path);
  const entries = new Map<string, Uint8Array>();
  for (const name of archive.names) entries.set(name, (await archive.read(name)).bytes);
  archive.close();
  change(entries);
  const path = join(newFolder(), 'forged.zip');
  writeFileSync(path, zipOf(entries));
  return { path };
}

/** A plain zip by the format's own rules (APPNOTE 4.3), with right checksums. */
function zipOf(entries: ReadonlyMap<string, Uint8Array>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of entries) {
    const deflated = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(deflated.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), deflated);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, tail, Buffer.from(name));
    offset += 30 + name.length + deflated.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.size, 4);
  end.writeUInt16LE(entries.size, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, index, Buffer.from('PK\u0005\u0006'), end]);
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Makes the manifest agree with changed files, so that only the content can give the forger away. */
function rehash(entries: Map<string, Uint8Array>): void {
  const name = 'J0042.manifest.json';
  const manifest = JSON.parse(Buffer.from(entries.get(name)!).toString()) as { files: { name: string; sizeBytes: number; sha256: string }[] };
  for (const file of manifest.files) Object.assign(file, { sizeBytes: entries.get(file.name)!.length, sha256: sha256(entries.get(file.name)!) });
  entries.set(name, Buffer.from(JSON.stringify(manifest)));
}

const kinds = (found: readonly Discrepancy[]): string[] => [...new Set(found.map(({ kind }) => kind))].sort();

describe('verification catches', () => {
  const letters = mixedLetters();
  let job: SpoolJob;
  beforeAll(async () => {
    job = await build(letters);
  });
  const expectWithout = (changed: readonly Letter[]) => verify(job, changed);
  const editCsv = (edit: (rows: string[]) => void) =>
    forge(job, (entries) => {
      const rows = Buffer.from(entries.get('J0042.letters.csv')!).toString().split('\r\n');
      edit(rows);
      entries.set('J0042.letters.csv', Buffer.from(rows.join('\r\n')));
      rehash(entries);
    });

  test('an honest forger is not accused: rebuilding alone changes nothing', async () => {
    expect(await verify(await forge(job, rehash), letters)).toEqual([]);
  });

  test('a booked amount other than the printed one', async () => {
    const changed = letters.map((item, at) => (at === 1 ? { ...item, invoice: { ...item.invoice, totals: { ...item.invoice.totals, payableAmount: 1n } } } : item));
    expect((await expectWithout(changed)).map(({ kind, documentId }) => [kind, documentId])).toEqual([['amount', letters[1]!.documentId]]);
  });

  test('a booked number or reference other than the printed one', async () => {
    const [first, ...others] = letters as [Letter, ...Letter[]];
    expect(kinds(await expectWithout([{ ...first, invoice: { ...first.invoice, number: '1' } }, ...others]))).toEqual(['number']);
    const paymentMeans = [{ ...first.invoice.paymentMeans[0]!, reference: '18' }];
    expect(kinds(await expectWithout([{ ...first, invoice: { ...first.invoice, paymentMeans } }, ...others]))).toEqual(['reference']);
  });

  test('a letter that is missing, and one that nobody booked', async () => {
    expect(kinds(await expectWithout(letters.slice(1)))).toEqual(['unexpected-piece']);
    expect(kinds(await expectWithout([...letters, letter({ documentId: 'other' })]))).toEqual(['missing-piece']);
  });

  test('a changed page in a volume whose hashes were made to fit', async () => {
    const forged = await forge(job, (entries) => {
      const [name, pdf] = [...entries].find(([entry]) => entry.endsWith('.pdf'))!;
      entries.set(name, swapGlyphs(Buffer.from(pdf)));
      rehash(entries);
    });
    expect(kinds(await verify(forged, letters))).toContain('content-hash');
  });

  test('a volume with a page dropped from its tree', async () => {
    const forged = await forge(job, (entries) => {
      const [name, pdf] = [...entries].find(([entry]) => entry.endsWith('.pdf'))!;
      // The last kid is blanked out and the count lowered, byte for byte of the same length, so the file stays well formed.
      const text = Buffer.from(pdf).toString('latin1');
      const count = Number(/\/Type \/Pages\n\/Count (\d+)/.exec(text)![1]);
      const forgedText = text
        .replace(`/Count ${count}`, `/Count ${count - 1}`)
        .replace(/(\d+ 0 R)(\]\n>>\nendobj)/, (_all, last: string, tail: string) => ' '.repeat(last.length) + tail);
      entries.set(name, Buffer.from(forgedText, 'latin1'));
      rehash(entries);
    });
    expect(kinds(await verify(forged, letters))).toContain('pages');
  });

  test('two rows of the list swapped', async () => {
    const forged = await editCsv((rows) => ([rows[1], rows[2]] = [rows[2]!, rows[1]!]));
    expect(kinds(await verify(forged, letters))).toEqual(expect.arrayContaining(['content-hash', 'control-code', 'number', 'pages']));
  });

  test.each([
    ['an amount', /;\d+\.\d\d;/, ';1.00;', 'amount'],
    ['a control code', /;01\d{20}/, ';0100042000000901010003', 'control-code'],
    ['a hash', /;[0-9a-f]{64}$/, `;${'0'.repeat(64)}`, 'content-hash'],
    ['a reference', /SEK;\d+/, 'SEK;18', 'reference'],
    ['a document', /^\d+;doc-\d+/, '1;doc-other', 'unexpected-piece'],
  ])('%s changed in the list', async (_title, pattern, replacement, kind) => {
    const forged = await editCsv((rows) => (rows[1] = rows[1]!.replace(pattern, replacement)));
    expect(kinds(await verify(forged, letters))).toContain(kind);
  });

  test('a total changed in the list, a row left out, a list cut short', async () => {
    expect(kinds(await verify(await editCsv((rows) => (rows[6] = rows[6]!.replace('#TOTAL;5', '#TOTAL;6'))), letters))).toEqual(['totals']);
    expect(kinds(await verify(await editCsv((rows) => rows.splice(5, 1)), letters))).toContain('missing-piece');
    expect(kinds(await verify(await editCsv((rows) => rows.splice(5, 2)), letters))).toContain('archive');
  });

  test('a file that the manifest does not list', async () => {
    const forged = await forge(job, (entries) => {
      const manifest = entries.get('J0042.manifest.json')!;
      entries.delete('J0042.manifest.json');
      entries.set('extra.pdf', Buffer.from('%PDF-'));
      entries.set('J0042.manifest.json', manifest);
    });
    expect(kinds(await verify(forged, letters))).toEqual(['archive']);
  });

  test('an archive cut at any place', async () => {
    const bytes = readFileSync(job.path);
    for (const share of [0, 0.1, 0.5, 0.9, 0.999]) {
      const path = join(newFolder(), 'cut.zip');
      writeFileSync(path, bytes);
      truncateSync(path, Math.floor(bytes.length * share));
      expect(kinds(await verify({ path }, letters))).toEqual(['archive', 'missing-piece']);
    }
  });

  test('a flipped bit in a volume', async () => {
    const bytes = readFileSync(job.path);
    for (let at = 40; at < bytes.length * 0.9; at += Math.floor(bytes.length / 25)) {
      const path = join(newFolder(), 'flipped.zip');
      const flipped = Buffer.from(bytes);
      flipped[at] = flipped[at]! ^ 0x10;
      writeFileSync(path, flipped);
      expect((await verify({ path }, letters)).length, `bit at ${at}`).toBeGreaterThan(0);
    }
  });
});

/** Prints another glyph where the first page's content shows its payable amount, keeping every length of the file. */
function swapGlyphs(pdf: Buffer): Buffer {
  const text = pdf.toString('latin1');
  for (const match of text.matchAll(/\/Length (\d+)[^]*?stream\n/g)) {
    const start = match.index + match[0].length;
    const length = Number(match[1]);
    let content: Buffer;
    try {
      content = inflateSync(pdf.subarray(start, start + length));
    } catch {
      continue;
    }
    const at = content.indexOf('/Payable BMC');
    if (at < 0) continue;
    const string = content.indexOf('(', at);
    content[string + 2] = content[string + 2]! === 0x12 ? 0x13 : 0x12;
    for (const level of [9, 8, 7, 6, 5, 4]) {
      const deflated = deflateSync(content, { level });
      if (deflated.length > length) continue;
      // Bytes behind the end of the compressed data are not read.
      return Buffer.concat([pdf.subarray(0, start), deflated, Buffer.alloc(length - deflated.length), pdf.subarray(start + length)]);
    }
  }
  throw new Error('no page with an amount found');
}

describe('a letter of its own', () => {
  test('is a PDF with the very pages of the spool', () => {
    const pdf = rereadPdf(renderLetter(mixedLetters()[2]!, colourProfile, createdAt));
    const pages = [...pdf.pages()];
    expect(pages.length).toBe(pdf.pageCount);
    expect(pages.every(({ contents }) => contents.length === 1)).toBe(true);
  });

  test('has the same bytes twice', () => {
    expect(sha256(renderLetter(letter(), monoProfile, createdAt))).toBe(sha256(renderLetter(letter(), monoProfile, createdAt)));
  });
});
