import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { link, lstat, mkdir, open, readdir, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Digest } from './hash-file.ts';
import { hashFile } from './hash-file.ts';
import { TransferError, errnoOf, transferErrorOf } from './transfer-error.ts';

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
