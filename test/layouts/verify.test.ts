import { createHash } from 'node:crypto';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync, deflateSync, inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Letter, LetterOf } from '#engine/letter.ts';
import type { Invoice } from '#engine/invoice.ts';
import { readArchive } from '#layouts/spool/archive.ts';
import { build, mixedLetters, newFolder, verify } from './sample-jobs.ts';
import { letter } from './sample-letters.ts';
import type { Discrepancy, SpoolJob } from '#layouts/spool/spool.ts';

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
  const manifest = JSON.parse(Buffer.from(entries.get(name)!).toString()) as {
    files: { name: string; sizeBytes: number; sha256: string }[];
  };
  for (const file of manifest.files)
    Object.assign(file, { sizeBytes: entries.get(file.name)!.length, sha256: sha256(entries.get(file.name)!) });
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
    const changed = letters.map((item, at) =>
      at === 1 ? { ...item, content: { ...item.content, totals: { ...item.content.totals, payableAmount: 1n } } } : item,
    );
    expect((await expectWithout(changed)).map(({ kind, documentId }) => [kind, documentId])).toEqual([
      ['amount', letters[1]!.documentId],
    ]);
  });

  test('a booked number or reference other than the printed one', async () => {
    const [first, ...others] = letters as [LetterOf<Invoice>, ...Letter[]];
    expect(kinds(await expectWithout([{ ...first, content: { ...first.content, number: '1' } }, ...others]))).toEqual(['number']);
    const paymentMeans = [{ ...first.content.paymentMeans[0]!, reference: '18' }];
    expect(kinds(await expectWithout([{ ...first, content: { ...first.content, paymentMeans } }, ...others]))).toEqual([
      'reference',
    ]);
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
    expect(kinds(await verify(forged, letters))).toEqual(
      expect.arrayContaining(['content-hash', 'control-code', 'number', 'pages']),
    );
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
    expect(kinds(await verify(await editCsv((rows) => (rows[6] = rows[6]!.replace('#TOTAL;5', '#TOTAL;6'))), letters))).toEqual([
      'totals',
    ]);
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
      expect((await verify({ path }, letters)).length).toBeGreaterThan(0);
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
    content[string + 2] = (content[string + 2] ?? 0) === 0x12 ? 0x13 : 0x12;
    for (const level of [9, 8, 7, 6, 5, 4]) {
      const deflated = deflateSync(content, { level });
      if (deflated.length > length) continue;
      // Bytes behind the end of the compressed data are not read.
      return Buffer.concat([
        pdf.subarray(0, start),
        deflated,
        Buffer.alloc(length - deflated.length),
        pdf.subarray(start + length),
      ]);
    }
  }
  throw new Error('no page with an amount found');
}
