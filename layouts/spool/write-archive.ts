import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';

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
