import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

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
