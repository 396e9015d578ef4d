import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileIdentity } from '../files/file-identity.ts';
import { identityOf, untouched } from '../files/file-identity.ts';
import { makeFolder, nameForGood, temporaryPathBeside, unlinkIfThere, writeWhole } from '../files/durable-write.ts';
import type { Digest } from '../files/hash-file.ts';
import { hashFile, hashOpenFile } from '../files/hash-file.ts';
import { PRIVATE_FOLDER_MODE, homeFolders } from '../files/home-folders.ts';
import { TransferError, errnoOf, transferErrorOf } from '../files/transfer-error.ts';
import type { ClaimedFile } from '../inbox/claimed-file.ts';

export interface ArchivedFile extends Digest {
  readonly kind: 'archived';
  /** Path in the archive: `<archive>/<first two digits>/<sha256>`. */
  readonly path: string;
  /** True when the archive held these bytes before; the copy there was read again and found whole. */
  readonly alreadyThere: boolean;
}

/** The sender still had the file open and wrote to it after we took it (reliability XU3, XU4): nothing of it may be trusted. */
export interface ChangedAfterClaim {
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
export async function findLateChange(claim: ClaimedFile): Promise<ChangedAfterClaim | undefined> {
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

export function damaged(path: string, found: string): TransferError {
  return new TransferError({
    reason: 'archive-damaged',
    problem: `The archived file ${path} reads as ${found}.`,
    fix: 'Restore it from the backup; do not delete it.',
    retry: 'never',
    alarm: true,
  });
}
