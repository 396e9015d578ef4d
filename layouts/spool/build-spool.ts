import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Letter } from '#engine/letter.ts';
import type { Currency, Minor } from '#engine/money.ts';
import type { BackgroundForm } from '../page/pdf-container.ts';
import { MAX_PIECES_PER_JOB } from '../parts/control-code.ts';
import { loadFonts, makeLetterRenderer, type LetterStore, openLetterStore } from './letter-renderer.ts';
import { writeLettersCsv, writeManifest } from './letters-list.ts';
import { planVolumes } from './plan-volumes.ts';
import { renderLetters, type ChunkPiece } from './render-letters.ts';
import { type ArchiveEntry, writeArchive } from './archive.ts';
import { writeVolume, type WrittenVolume } from './write-volume.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { MAX_JOB_NUMBER, jobName, type SpoolJob, type SpoolPiece, type RefusedPiece, type SpoolTotals } from './spool.ts';

/**
 * Makes a print job of letters: composes them in threads, keeps their streams on disk, sorts them, writes the volumes, the list of
 * letters and the manifest, and packs all of it into `<workDir>/J0042.zip.tmp`, fsynced. The same letters, order and date give the
 * same bytes, in whatever sequence the letters come and with any number of threads.
 *
 * Letters that cannot be printed are returned as refused. Throws a RangeError for a job number out of range or two letters of one
 * document, and what the file system throws; nothing but the finished archive is left in the folder then.
 */
export async function buildSpoolJob(order: SpoolOrder, letters: AsyncIterable<Letter>): Promise<SpoolJob> {
  const { jobNumber, workDir } = order;
  if (!Number.isInteger(jobNumber) || jobNumber < 1 || jobNumber > MAX_JOB_NUMBER)
    throw new RangeError(`job number ${jobNumber}`);
  const storePath = join(workDir, `${jobName(jobNumber)}.letters.tmp`);
  const path = join(workDir, `${jobName(jobNumber)}.zip.tmp`);
  // What an interrupted build of this job left behind is replaced; it was never released.
  const leftovers = [storePath, path];
  await removeAll(leftovers);
  const store = await openLetterStore(storePath);
  const madeFiles = [storePath];
  try {
    const rendered = await renderAll(order, letters, store);
    const written = await writeVolumes(order, rendered, store, madeFiles);
    return await packJob(order, written, rendered.refused, path);
  } catch (error) {
    madeFiles.push(path);
    throw error;
  } finally {
    await store.close();
    await removeAll(madeFiles);
  }
}

const removeAll = async (paths: readonly string[]): Promise<void> => {
  await Promise.all(paths.map((path) => rm(path, { force: true })));
};

interface RenderedJob {
  readonly pieces: readonly ChunkPiece[];
  readonly refused: readonly RefusedPiece[];
  readonly backgrounds: ReadonlyMap<string, BackgroundForm>;
}

async function renderAll(
  { profile, parts, workers }: SpoolOrder,
  letters: AsyncIterable<Letter>,
  store: LetterStore,
): Promise<RenderedJob> {
  const pieces: ChunkPiece[] = [];
  const refused: RefusedPiece[] = [];
  const backgrounds = new Map<string, BackgroundForm>();
  for await (const chunk of renderLetters(letters, { profile, parts, workers })) {
    const start = await store.append(chunk.bytes);
    for (const piece of chunk.pieces) pieces.push({ ...piece, offset: start + piece.offset });
    refused.push(...chunk.refused);
    for (const [id, form] of chunk.backgrounds) backgrounds.set(id, form);
  }
  if (pieces.length > MAX_PIECES_PER_JOB)
    throw new RangeError(`${pieces.length} letters in a job, at most ${MAX_PIECES_PER_JOB}`);
  assertUnique([...pieces, ...refused]);
  return { pieces, refused: refused.sort((a, b) => (a.documentId < b.documentId ? -1 : 1)), backgrounds };
}

/** Two letters of one document would be two envelopes to one debtor. */
function assertUnique(letters: readonly { readonly documentId: string }[]): void {
  const seen = new Set<string>();
  for (const { documentId } of letters) {
    if (seen.has(documentId)) throw new RangeError(`document ${documentId} is in the job twice`);
    seen.add(documentId);
  }
}

async function writeVolumes(
  order: SpoolOrder,
  job: RenderedJob,
  store: LetterStore,
  madeFiles: string[],
): Promise<readonly WrittenVolume[]> {
  const { jobNumber, createdAt, profile, parts, workDir } = order;
  const { markStream } = makeLetterRenderer({ profile, parts, fonts: loadFonts() });
  const written: WrittenVolume[] = [];
  let sequence = 1;
  for (const planned of planVolumes(order, job.pieces)) {
    const path = join(workDir, planned.fileName);
    await rm(path, { force: true });
    madeFiles.push(path);
    const volumeOrder = { jobNumber, createdAt, profile, workDir, store, backgrounds: job.backgrounds, markStream };
    written.push(await writeVolume(planned, volumeOrder, sequence));
    sequence += planned.pieces.length;
  }
  return written;
}

async function packJob(
  order: SpoolOrder,
  written: readonly WrittenVolume[],
  refused: readonly RefusedPiece[],
  path: string,
): Promise<SpoolJob> {
  const { jobNumber, createdAt, profile, workDir } = order;
  const job = jobName(jobNumber);
  const volumes = written.map(({ volume }) => volume);
  const pieces = written.flatMap((volume) => volume.pieces);
  const totals = totalsOf(pieces);
  const csv = Buffer.from(writeLettersCsv(pieces, totals));
  const csvFile = { name: `${job}.letters.csv`, sizeBytes: csv.length, sha256: createHash('sha256').update(csv).digest('hex') };
  const manifest = writeManifest({ jobNumber, createdAt, profile, volumes, otherFiles: [csvFile], totals, refused });
  const entries: readonly ArchiveEntry[] = [
    ...volumes.map(({ fileName }) => ({ name: fileName, path: join(workDir, fileName) })),
    { name: csvFile.name, bytes: csv },
    { name: `${job}.manifest.json`, bytes: Buffer.from(manifest) },
  ];
  const archive = await writeArchive(path, entries, createdAt);
  return { job, fileName: `${job}.zip`, path, ...archive, volumes, pieces, refused, totals };
}

function totalsOf(pieces: readonly SpoolPiece[]): SpoolTotals {
  const payable = new Map<Currency, Minor>();
  let [pages, sheets, milligrams] = [0, 0, 0];
  for (const piece of pieces) {
    pages += piece.pages;
    sheets += piece.sheets;
    milligrams += piece.milligrams;
    payable.set(piece.currency, (payable.get(piece.currency) ?? 0n) + piece.payableAmount);
  }
  const byCurrency = [...payable].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    pieces: pieces.length,
    pages,
    sheets,
    milligrams,
    payable: byCurrency.map(([currency, amount]) => ({ currency, amount })),
  };
}

/** What is to be spooled, where and as which job. The clock enters here: `createdAt` is the only date in the files. */
interface SpoolOrder {
  /** 1 to MAX_JOB_NUMBER; 42 becomes `J0042`. */
  readonly jobNumber: number;
  readonly createdAt: Date;
  readonly profile: PrintProfile;
  readonly parts: Parts;
  /** Code of the country in whose post the letters are put. */
  readonly postedIn: string;
  /** An existing folder on the file system where the job's file shall stay; emptied of what this build put there but the zip. */
  readonly workDir: string;
  /** Worker threads that compose letters; 0 composes in the calling thread. The bytes are the same for every number. */
  readonly workers: number;
}
