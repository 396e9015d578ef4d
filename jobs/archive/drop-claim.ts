import { readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../files/durable-write.ts';
import { hashFile } from '../files/hash-file.ts';
import { errnoOf } from '../files/transfer-error.ts';
import type { ClaimedFile } from '../inbox/claimed-file.ts';
import type { ArchivedFile, ChangedAfterClaim } from './archive-file.ts';
import { archivedPath, damaged, findLateChange } from './archive-file.ts';

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
