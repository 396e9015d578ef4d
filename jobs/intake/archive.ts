import { constants } from 'node:fs';
import { type FileHandle, open, readdir, rm, rmdir } from 'node:fs/promises';
import { join, dirname } from 'node:path';
import { type FileIdentity, identityOf, untouched } from './look.ts';
import {
  makeFolder,
  nameForGood,
  temporaryPathBeside,
  unlinkIfThere,
  writeWhole,
  type Digest,
  hashFile,
  hashOpenFile,
  TransferError,
  errnoOf,
  transferErrorOf,
  syncFolder,
  CHUNK_BYTES,
} from './durable.ts';
import { PRIVATE_FOLDER_MODE, homeFolders, type ClaimedFile } from './folders.ts';
import { createHash } from 'node:crypto';
import assert from 'node:assert/strict';

export interface ArchivedFile extends Digest {
  readonly kind: 'archived';
  /** Path in the archive: `<archive>/<first two digits>/<sha256>`. */
  readonly path: string;
  /** True when the archive held these bytes before; the copy there was read again and found whole. */
  readonly alreadyThere: boolean;
}

/** The sender still had the file open and wrote to it after we took it (reliability XU3, XU4): nothing of it may be trusted. */
interface ChangedAfterClaim {
  readonly kind: 'changed-after-claim';
  readonly claimed: FileIdentity;
  /** Absent when the path no longer holds a readable regular file. */
  readonly found?: FileIdentity;
}

const ARCHIVED_MODE = 0o444;

/**
 * Keeps every received byte under its SHA-256, before anything reads it (IF1): copied and hashed in one pass, fsynced, read again
 * and compared, then named write-once and read-only. The same bytes again only verify what is there. The claimed file stays.
 */
export async function archiveFile(home: string, claim: ClaimedFile): Promise<ArchivedFile | ChangedAfterClaim> {
  try {
    const source = await openClaimed(claim.path);
    if (source === undefined) return { kind: 'changed-after-claim', claimed: claim.identity };
    try {
      return await archiveOpenFile(homeFolders(home).archive, source, claim.identity);
    } finally {
      await source.close();
    }
  } catch (error) {
    throw transferErrorOf(error, `archiving ${claim.path}`);
  }
}

/** Where the archive keeps the bytes with this SHA-256. */
export function archivedPath(home: string, sha256: string): string {
  return join(homeFolders(home).archive, sha256.slice(0, 2), sha256);
}

/** Compares the claimed file with what it was when it was claimed; undefined when nobody touched it. Cheap: reads no content. */
async function findLateChange(claim: ClaimedFile): Promise<ChangedAfterClaim | undefined> {
  const file = await openClaimed(claim.path);
  if (file === undefined) return { kind: 'changed-after-claim', claimed: claim.identity };
  try {
    return await compare(file, claim.identity);
  } finally {
    await file.close();
  }
}

async function archiveOpenFile(archive: string, source: FileHandle, claimed: FileIdentity) {
  const before = await compare(source, claimed);
  if (before !== undefined) return before;
  await makeFolder(archive, PRIVATE_FOLDER_MODE);
  const temporary = temporaryPathBeside(join(archive, 'any'));
  try {
    const digest = await copyTo(temporary, source);
    return (await compare(source, claimed)) ?? (await keepForGood(archive, temporary, digest));
  } finally {
    await unlinkIfThere(temporary);
  }
}

async function compare(file: FileHandle, claimed: FileIdentity): Promise<ChangedAfterClaim | undefined> {
  const stats = await file.stat({ bigint: true });
  const found = identityOf(stats);
  // A second link, made after the claim, would be a second way in.
  if (stats.isFile() && stats.nlink === 1n && untouched(found, claimed)) return undefined;
  return { kind: 'changed-after-claim', claimed, found };
}

/** Undefined when the path is gone or has become a link. Opening never waits, even if it has become a FIFO. */
async function openClaimed(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ELOOP' || errnoOf(error) === 'ENXIO') return undefined;
    throw error;
  }
}

async function copyTo(temporary: string, source: FileHandle): Promise<Digest> {
  const target = await open(temporary, 'wx+', ARCHIVED_MODE);
  try {
    await target.chmod(ARCHIVED_MODE);
    const digest = await hashOpenFile(source, (chunk) => writeWhole(target, chunk));
    await target.sync();
    const copied = await hashOpenFile(target);
    if (copied.sha256 === digest.sha256 && copied.bytes === digest.bytes) return digest;
    throw new TransferError({
      reason: 'copy-differs',
      problem: `The copy ${temporary} read back as ${copied.sha256}, written as ${digest.sha256}.`,
      fix: 'Check disk and memory of this machine.',
      retry: 'later',
      alarm: true,
    });
  } finally {
    await target.close();
  }
}

async function keepForGood(archive: string, temporary: string, digest: Digest): Promise<ArchivedFile> {
  const folder = join(archive, digest.sha256.slice(0, 2));
  await makeFolder(folder, PRIVATE_FOLDER_MODE);
  const path = join(folder, digest.sha256);
  const alreadyThere = (await nameForGood(temporary, path, digest).catch(reportDamage(path))) === 'already-there';
  return { kind: 'archived', ...digest, path, alreadyThere };
}

/** Under a SHA-256 as name, other content can only be damage (XD8). */
function reportDamage(path: string) {
  return async (error: unknown): Promise<never> => {
    if (!(error instanceof TransferError) || error.reason !== 'name-taken') throw error;
    throw damaged(path, (await hashFile(path)).sha256);
  };
}

function damaged(path: string, found: string): TransferError {
  return new TransferError({
    reason: 'archive-damaged',
    problem: `The archived file ${path} reads as ${found}.`,
    fix: 'Restore it from the backup; do not delete it.',
    retry: 'never',
    alarm: true,
  });
}

export type Dropped = { readonly kind: 'dropped' } | { readonly kind: 'already-dropped' } | ChangedAfterClaim;

/**
 * Removes a claimed file that is no longer needed, after one last look: bytes a sender wrote since the claim are reported, not
 * deleted (XU3), and a claim whose archived copy is not whole stays. Dropping twice is no trouble.
 */
export async function dropClaim(home: string, claim: ClaimedFile, archived: Pick<ArchivedFile, 'sha256'>): Promise<Dropped> {
  const folder = dirname(claim.path);
  const late = await findLateChange(claim);
  if (late !== undefined) return late.found === undefined && (await isEmptyOrGone(folder)) ? { kind: 'already-dropped' } : late;
  const path = archivedPath(home, archived.sha256);
  const kept = await hashFile(path);
  if (kept.sha256 !== archived.sha256) throw damaged(path, kept.sha256);
  await rm(claim.path);
  await removeClaimFolder(folder);
  await syncFolder(dirname(folder));
  return { kind: 'dropped' };
}

/** Also finishes a drop that was cut short between the file and its folder. */
async function isEmptyOrGone(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (names === undefined) return true;
  if (names.some((name) => !name.startsWith('.'))) return false;
  await removeClaimFolder(folder);
  return true;
}

/** The note, and what writing it may have left behind when the program was killed; never content, which has no hidden name. */
async function removeClaimFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) if (name.startsWith('.')) await rm(join(folder, name), { force: true });
  await rmdir(folder);
}

const SHA256_HEXADECIMAL = /^[0-9a-f]{64}$/;

/**
 * The archived bytes with this SHA-256, hashed again on their way: a flipped bit anywhere makes the stream end in an operating
 * error instead of its end (XD8). So whoever reads to the end has read what was received; act on nothing before.
 */
export async function* readArchived(home: string, sha256: string): AsyncGenerator<Uint8Array> {
  assert.match(sha256, SHA256_HEXADECIMAL);
  const path = archivedPath(home, sha256);
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
    throw transferErrorOf(error, `opening the archived file ${path}`);
  });
  try {
    const hash = createHash('sha256');
    for (;;) {
      // A buffer of its own for every chunk: the reader may keep what it was given.
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      hash.update(chunk);
      yield chunk;
    }
    const found = hash.digest('hex');
    if (found !== sha256) throw damaged(path, found);
  } finally {
    await file.close();
  }
}
