import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, readdir, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type OperatingTrouble, OperatingError } from '#engine/operating-error.ts';

/** Bytes at once, or bytes as they come. */
export type Content = string | Uint8Array | AsyncIterable<Uint8Array>;

export interface Written extends Digest {
  /** `already-there`: the final name held exactly these bytes; nothing was written. */
  readonly outcome: 'written' | 'already-there';
}

export interface WriteOptions {
  /** File mode bits of the final file, for example 0o640. */
  readonly mode: number;
}

/**
 * Makes a file appear whole or not at all, and lasting through a power cut: a temporary name in the same folder, fsync, a name
 * that must be free, fsync of the folder. A final name is never overwritten nor used again (IF6): the same bytes under it are
 * success, so that a repeated job finds its own work; other bytes are an operating error.
 */
export async function writeDurably(path: string, content: Content, { mode }: WriteOptions): Promise<Written> {
  const temporary = temporaryPathBeside(path);
  try {
    const digest = await writeTemporary(temporary, content, mode);
    return { ...digest, outcome: await nameForGood(temporary, path, digest) };
  } catch (error) {
    throw transferErrorOf(error, `writing ${path}`);
  } finally {
    await unlinkIfThere(temporary);
  }
}

/** Gives a file another name on the same file system, never over an existing one; the same bytes there are success. */
export async function moveDurably(from: string, to: string): Promise<Written['outcome']> {
  try {
    const outcome = await nameForGood(from, to, await hashFile(from));
    await unlink(from);
    await syncFolder(dirname(from));
    return outcome;
  } catch (error) {
    throw transferErrorOf(error, `moving ${from} to ${to}`);
  }
}

/** Replaces a small file that is ours alone, atomically. Only for state that is meant to change, never for anything handed over. */
export async function replaceDurably(path: string, content: string | Uint8Array, { mode }: WriteOptions): Promise<void> {
  const temporary = temporaryPathBeside(path);
  try {
    await writeTemporary(temporary, content, mode);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await unlinkIfThere(temporary);
    throw error;
  }
}

/** Makes names added to or removed from a folder last through a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder and what is missing above it, so that they last through a power cut. */
export async function makeFolder(folder: string, mode: number): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

export interface SweepOptions {
  readonly nowMilliseconds: number;
  /** Temporary files younger than this may belong to a write under way and stay. */
  readonly olderThanMilliseconds: number;
}

/** Removes what interrupted writes left in a folder; returns how many files went. */
export async function sweepTemporary(folder: string, { nowMilliseconds, olderThanMilliseconds }: SweepOptions): Promise<number> {
  let swept = 0;
  for (const name of await readdir(folder)) {
    if (!TEMPORARY_NAME.test(name)) continue;
    const stats = await lstat(join(folder, name)).catch(() => undefined);
    if (stats === undefined || nowMilliseconds - stats.mtimeMs < olderThanMilliseconds) continue;
    await unlinkIfThere(join(folder, name));
    swept += 1;
  }
  return swept;
}

const TEMPORARY_NAME = /^\.kuvert-[0-9a-f-]{36}\.tmp$/;

/** A new name in the same folder which no reader of that folder takes for a finished file. */
export function temporaryPathBeside(path: string): string {
  return join(dirname(path), `.kuvert-${randomUUID()}.tmp`);
}

/**
 * Gives finished bytes their final name with link(2), which, unlike rename(2), refuses a name that is taken. The temporary name
 * stays for the caller to remove.
 */
export async function nameForGood(temporary: string, path: string, digest: Digest): Promise<Written['outcome']> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    await demandSameBytes(path, digest);
    await syncFolder(dirname(path));
    return 'already-there';
  }
  await syncFolder(dirname(path));
  return 'written';
}

async function demandSameBytes(path: string, digest: Digest): Promise<void> {
  const found = await lstat(path);
  if (found.isFile() && found.size === digest.bytes && (await hashFile(path)).sha256 === digest.sha256) return;
  throw new TransferError({
    reason: 'name-taken',
    problem: `${path} exists with other content.`,
    fix: 'Find out who wrote it; final names are never overwritten.',
    retry: 'never',
    alarm: true,
  });
}

async function writeTemporary(path: string, content: Content, mode: number): Promise<Digest> {
  const file = await open(path, 'wx', mode);
  try {
    // The mode of open(2) is cut by the umask; the house says exactly who may read what it writes.
    await file.chmod(mode);
    const digest = await writeContent(file, content);
    await file.sync();
    return digest;
  } finally {
    await file.close();
  }
}

async function writeContent(file: FileHandle, content: Content): Promise<Digest> {
  const hash = createHash('sha256');
  let bytes = 0;
  const chunks =
    typeof content === 'string' ? [Buffer.from(content, 'utf8')] : content instanceof Uint8Array ? [content] : content;
  for await (const chunk of chunks) {
    hash.update(chunk);
    await writeWhole(file, chunk);
    bytes += chunk.byteLength;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** write(2) may take fewer bytes than offered, for example shortly before the disk is full. Without position: where the file stands. */
export async function writeWhole(file: FileHandle, chunk: Uint8Array, position?: number): Promise<void> {
  let written = 0;
  while (written < chunk.byteLength) {
    const at = position === undefined ? null : position + written;
    const { bytesWritten } = await file.write(chunk, written, chunk.byteLength - written, at);
    written += bytesWritten;
  }
}

/** Removing a file that is gone is no trouble. */
export async function unlinkIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

/** Bytes read or written at once; the memory a copy of any size takes. */
export const CHUNK_BYTES = 256 * 1024;

export interface Digest {
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

/** The SHA-256 and length of a regular file. Links are not followed. */
export async function hashFile(path: string): Promise<Digest> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return await hashOpenFile(file);
  } finally {
    await file.close();
  }
}

/** As `hashFile`, of a file that is already open, from its first byte. Each chunk is handed to `onChunk` before the next is read. */
export async function hashOpenFile(file: FileHandle, onChunk?: (chunk: Uint8Array) => Promise<void>): Promise<Digest> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let position = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes: position };
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    await onChunk?.(chunk);
    position += bytesRead;
  }
}

/** Why a file could not be moved, as stable words for metrics, retries and tests. */
export type TransferReason =
  | 'disk-full'
  | 'read-only-file-system'
  | 'input-output-error'
  | 'permission-denied'
  | 'too-many-open-files'
  | 'other-file-system'
  | 'file-system'
  | 'name-taken'
  | 'archive-damaged'
  | 'copy-differs'
  | 'host-key-changed'
  | 'login-refused'
  | 'unreachable'
  | 'deadline'
  | 'connection-lost'
  | 'remote-folder-missing'
  | 'remote-refused'
  | 'remote-size-differs'
  | 'source-changed'
  | 'outcome-unknown'
  | 'key-unusable';

export interface TransferTrouble extends OperatingTrouble {
  readonly reason: TransferReason;
  /** True when somebody must look at it now, even though everything else goes on. */
  readonly alarm: boolean;
}

/** The world failed while a file was on its way; neither the data nor the program is wrong. */
export class TransferError extends OperatingError {
  readonly reason: TransferReason;
  readonly alarm: boolean;

  constructor(trouble: TransferTrouble) {
    super(trouble);
    this.name = 'TransferError';
    this.reason = trouble.reason;
    this.alarm = trouble.alarm;
  }
}

/** The error's errno name, such as `ENOENT`, or undefined for what is no system error. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

type Known = Pick<TransferTrouble, 'reason' | 'retry' | 'alarm' | 'fix'>;
const full: Known = { reason: 'disk-full', retry: 'later', alarm: true, fix: 'Free disk space or raise the quota.' };
const forbidden: Known = {
  reason: 'permission-denied',
  retry: 'later',
  alarm: true,
  fix: 'Check owner, group and mode of the file and its folder.',
};
const tooManyOpen: Known = {
  reason: 'too-many-open-files',
  retry: 'soon',
  alarm: false,
  fix: 'Raise the limit of open files if this is repeated.',
};
const knownErrnos: Readonly<Record<string, Known>> = {
  ENOSPC: full,
  EDQUOT: full,
  EROFS: { reason: 'read-only-file-system', retry: 'later', alarm: true, fix: 'Find out why the disk became read-only.' },
  EIO: { reason: 'input-output-error', retry: 'later', alarm: true, fix: 'Check the disk.' },
  EACCES: forbidden,
  EPERM: forbidden,
  EMFILE: tooManyOpen,
  ENFILE: tooManyOpen,
  EXDEV: {
    reason: 'other-file-system',
    retry: 'never',
    alarm: true,
    fix: 'Put the inbox and the work folder on one file system: a file is taken from its sender by renaming it.',
  },
};
const unknownErrno: Known = { reason: 'file-system', retry: 'soon', alarm: false, fix: 'See the cause if this is repeated.' };

/** Names what the system refused while we were `doing` something, such as `archiving a file`. An operating error passes unchanged. */
export function transferErrorOf(error: unknown, doing: string): OperatingError {
  if (error instanceof OperatingError) return error;
  const known = knownErrnos[errnoOf(error) ?? ''] ?? unknownErrno;
  return new TransferError({ ...known, problem: `Failed ${doing}: ${describe(error)}.`, cause: error });
}

/** Without the paths a system error's own message has: they may hold a sender's raw file name, and differ each time. */
function describe(error: unknown): string {
  const errno = errnoOf(error);
  if (errno === undefined) return error instanceof Error ? error.message : String(error);
  const call = error instanceof Error && 'syscall' in error ? ` in ${String(error.syscall)}` : '';
  return `${errno}${call}`;
}
