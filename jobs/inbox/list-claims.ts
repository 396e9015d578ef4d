import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { identityOf } from '../files/file-identity.ts';
import { homeFolders } from '../files/home-folders.ts';
import { errnoOf, transferErrorOf } from '../files/transfer-error.ts';
import { contentNameIn, readClaimNote } from './claim-note.ts';
import type { ClaimedFile } from './claimed-file.ts';

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
