import { join } from 'node:path';
import assert from 'node:assert/strict';
import { type FileIdentity, identityOf, nameProblems } from './look.ts';
import { readFile, readdir, rm, rmdir, lstat } from 'node:fs/promises';
import { z } from 'zod';
import { replaceDurably, errnoOf, transferErrorOf } from './durable.ts';

/** Where things lie under one home folder. `inbox` and `work` must be on the same file system: a claim is a rename. */
export function homeFolders(home: string) {
  return {
    inbox: join(home, 'inbox'),
    /** Taken out of the client's reach, not yet judged to be at rest. */
    claiming: join(home, 'work', 'claiming'),
    /** At rest, in our hands, waiting to be archived and read. */
    claimed: join(home, 'work', 'claimed'),
    archive: join(home, 'archive'),
    quarantine: join(home, 'quarantine'),
  } as const;
}

/** Folders of ours are for the engine's user and its group, never for senders. */
export const PRIVATE_FOLDER_MODE = 0o750;

const CLIENT_FOLDER = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;
const CLAIM_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

/** Client and claim become folder names; what cannot be one is our own mistake, not the sender's. */
export function assertFolderNames({ client, claimId }: { readonly client: string; readonly claimId?: string }): void {
  assert.match(client, CLIENT_FOLDER, 'a client name that becomes a folder');
  if (claimId !== undefined) assert.match(claimId, CLAIM_ID, 'a claim id that becomes a folder');
}

/** A received file in our hands: at rest, out of its sender's reach, not yet read. Plain JSON, so it can be stored. */
export interface ClaimedFile {
  readonly client: string;
  readonly claimId: string;
  /** The sender's name for it, safe to use as a file name (see `judgeFileName`). */
  readonly name: string;
  /** Absolute path of the bytes. */
  readonly path: string;
  /** What the bytes were when they were found at rest; whoever reads them compares before and after (`archiveFile`). */
  readonly identity: FileIdentity;
  /** Wall clock of the daemon that claimed it. */
  readonly claimedAtMilliseconds: number;
}

/** What a claim's folder remembers beside the bytes, so that nothing depends on the memory of the daemon that made the claim. */
interface ClaimNote {
  readonly name: string;
  readonly identity: FileIdentity;
  readonly claimedAtMilliseconds: number;
  /** Known from the start to be unfit for reading: the claim is on its way to quarantine. */
  readonly reason?: QuarantineReason;
}

/** Inside a claim's folder; senders' names never start with a dot. */
export const CLAIM_NOTE_NAME = '.claim.json';
const claimNotePath = (claimFolder: string): string => join(claimFolder, CLAIM_NOTE_NAME);

/** Why a file is put aside instead of being read. */
export const quarantineReasons = [
  ...nameProblems,
  'hard-link',
  'unreadable',
  'swapped',
  'changed-after-claim',
  'empty',
  'too-large',
  'alien',
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

const NOTE_MODE = 0o640;

const noteSchema = z.strictObject({
  name: z.string(),
  identity: z.strictObject({
    device: z.string(),
    inode: z.string(),
    bytes: z.int().nonnegative(),
    modifiedNanoseconds: z.string(),
    changedNanoseconds: z.string(),
  }),
  claimedAtMilliseconds: z.int(),
  reason: z.exactOptional(z.enum(quarantineReasons)),
});

/** Writes what a claim's folder remembers. */
export async function writeClaimNote(folder: string, note: ClaimNote): Promise<void> {
  await replaceDurably(claimNotePath(folder), `${JSON.stringify(note)}\n`, { mode: NOTE_MODE });
}

/** What a claim's folder remembers; undefined when it has none, or none that can be read. */
export async function readClaimNote(folder: string): Promise<ClaimNote | undefined> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(claimNotePath(folder), 'utf8')));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

/** The one received file in a claim's folder; undefined when there is none (a claim cut short) or no folder. */
export async function contentNameIn(folder: string): Promise<string | undefined> {
  try {
    return (await readdir(folder)).find((name) => !name.startsWith('.'));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Tidies the folder of a claim that came to nothing. One that has content stays as it is. */
export async function removeEmptyClaim(folder: string): Promise<void> {
  if ((await contentNameIn(folder)) !== undefined) return;
  try {
    // The note, and what a kill while it was written left behind.
    for (const name of await readdir(folder)) if (name.startsWith('.')) await rm(join(folder, name), { force: true });
    await rmdir(folder);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY'].includes(errnoOf(error) ?? '')) throw error;
  }
}

/**
 * Every file that lies claimed, oldest first: what a daemon finds when it starts after a crash. Each has the identity it was claimed
 * with, so bytes that came later, even while no daemon ran, are still found out (XU3).
 */
export async function listClaims(home: string): Promise<readonly ClaimedFile[]> {
  const { claimed } = homeFolders(home);
  const claims: ClaimedFile[] = [];
  try {
    for (const client of await foldersIn(claimed)) {
      for (const claimId of await foldersIn(join(claimed, client))) {
        const claim = await readClaim(join(claimed, client, claimId), { client, claimId });
        if (claim !== undefined) claims.push(claim);
      }
    }
  } catch (error) {
    throw transferErrorOf(error, 'listing claimed files');
  }
  return claims.sort(
    (left, right) => left.claimedAtMilliseconds - right.claimedAtMilliseconds || (left.claimId < right.claimId ? -1 : 1),
  );
}

async function readClaim(folder: string, ids: Pick<ClaimedFile, 'client' | 'claimId'>): Promise<ClaimedFile | undefined> {
  const name = await contentNameIn(folder);
  if (name === undefined) return undefined;
  const path = join(folder, name);
  const note = await readClaimNote(folder);
  if (note !== undefined)
    return { ...ids, name, path, identity: note.identity, claimedAtMilliseconds: note.claimedAtMilliseconds };
  // Every claim is made with a note; a folder without one was made by hand, and what lies there now is what counts.
  const stats = await lstat(path, { bigint: true }).catch(ifGone);
  return stats && { ...ids, name, path, identity: identityOf(stats), claimedAtMilliseconds: Number(stats.ctimeMs) };
}

/** Another daemon may drop a claim while this one lists. */
function ifGone(error: unknown): undefined {
  if (errnoOf(error) !== 'ENOENT') throw error;
}

/** Names of the folders in a folder; none if it is not there. */
export async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}
