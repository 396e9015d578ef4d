import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

/** An entry of the archive: a file that exists, or bytes. */
export type ArchiveEntry = { readonly name: string } & ({ readonly path: string } | { readonly bytes: Uint8Array });

export interface WrittenArchive {
  readonly bytes: number;
  readonly sha256: string;
}

/** archiver can hang in `finalize()` after an error of an input (reliability.md §2); the archive is given up after this. */
const ARCHIVE_DEADLINE_MILLISECONDS = 15 * 60_000;
/** PDFs are compressed inside already; the zip's own pass must not be "store", which Java refuses for streams (print.md §3.4). */
const ZIP_LEVEL = 1;

/**
 * Writes a zip of the entries in their order, all of one date, and fsyncs it. The same entries give the same bytes. Throws what the
 * file system throws, and an error for archiver's warnings, which would otherwise leave a file out.
 */
export async function writeArchive(path: string, entries: readonly ArchiveEntry[], date: Date): Promise<WrittenArchive> {
  const signal = AbortSignal.timeout(ARCHIVE_DEADLINE_MILLISECONDS);
  const archive = new ZipArchive({ zlib: { level: ZIP_LEVEL } });
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  archive.on('warning', (warning: Error) => archive.destroy(warning));
  const written = pipeline(archive, counted, createWriteStream(path, { flags: 'wx' }), { signal });
  // The entries fail with the pipeline; their own promise must not be left without a listener.
  await Promise.all([written, appendAll(archive, entries, date, signal)]);
  await syncFile(path);
  return { bytes, sha256: hash.digest('hex') };
}

/** One entry after the other: archiver keeps the order only if each is waited for. */
async function appendAll(archive: ZipArchive, entries: readonly ArchiveEntry[], date: Date, signal: AbortSignal): Promise<void> {
  for (const entry of entries) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const stop = (error: unknown): void => reject(error);
    const abort = (): void => reject(signal.reason);
    archive.once('entry', () => resolve());
    archive.once('error', stop);
    signal.addEventListener('abort', abort);
    const options = { name: entry.name, date, mode: 0o644 };
    if ('bytes' in entry) archive.append(Buffer.from(entry.bytes), options);
    else {
      const source = createReadStream(entry.path);
      source.once('error', (error) => archive.destroy(error));
      archive.append(source, options);
    }
    try {
      await promise;
    } finally {
      archive.off('error', stop);
      signal.removeEventListener('abort', abort);
    }
  }
  await archive.finalize();
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** An archive opened for checking; entries are inflated one at a time. */
export interface ReadArchive {
  readonly names: readonly string[];
  /** The entry's bytes, checked against size and CRC. */
  readonly read: (name: string) => Promise<{ readonly bytes: Uint8Array; readonly sha256: string }>;
  readonly close: () => void;
}

/** Caps of a job's archive: an archive beyond them is not one of ours (reliability.md §2, zip input). */
export const MAX_ARCHIVE_ENTRIES = 1000;
export const MAX_ENTRY_BYTES = 1024 * 1024 * 1024;
const ENTRY_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/;

/** Opens a zip and reads its directory. Throws a RangeError for an archive beyond the caps, an Error for a damaged one. */
export async function readArchive(path: string): Promise<ReadArchive> {
  const zip = await openPromise(path, { lazyEntries: true, validateEntrySizes: true, autoClose: false });
  try {
    const entries = await readEntries(zip);
    return {
      names: [...entries.keys()],
      async read(name) {
        const entry = entries.get(name);
        if (entry === undefined) throw new Error(`archive has no ${name}`);
        return readEntry(zip, entry);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function readEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.size >= MAX_ARCHIVE_ENTRIES) throw new RangeError(`more than ${MAX_ARCHIVE_ENTRIES} entries`);
    if (!ENTRY_NAME.test(entry.fileName)) throw new RangeError(`entry name ${JSON.stringify(entry.fileName)}`);
    if (entries.has(entry.fileName)) throw new RangeError(`two entries ${entry.fileName}`);
    if (entry.uncompressedSize > MAX_ENTRY_BYTES)
      throw new RangeError(`entry ${entry.fileName} has ${entry.uncompressedSize} bytes`);
    entries.set(entry.fileName, entry);
  }
  return entries;
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<{ bytes: Uint8Array; sha256: string }> {
  // Readers of streams see the local header only, so it has to say the same as the directory.
  const local = await zip.readLocalFileHeaderPromise(entry);
  if (Buffer.from(local.fileName).toString('latin1') !== entry.fileName)
    throw new Error(`entry ${entry.fileName} has another name in its own header`);
  const stream = await zip.openReadStreamPromise(entry);
  const bytes = new Uint8Array(entry.uncompressedSize);
  const hash = createHash('sha256');
  let length = 0;
  let crc = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    bytes.set(chunk, length);
    length += chunk.length;
    hash.update(chunk);
    crc = crc32(chunk, crc);
  }
  if (length !== entry.uncompressedSize) throw new Error(`entry ${entry.fileName} is cut short`);
  if (crc !== entry.crc32) throw new Error(`entry ${entry.fileName} has a wrong checksum`);
  return { bytes, sha256: hash.digest('hex') };
}
