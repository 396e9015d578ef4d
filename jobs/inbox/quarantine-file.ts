import { lstat, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, replaceDurably, syncFolder } from '../files/durable-write.ts';
import { PRIVATE_FOLDER_MODE, homeFolders } from '../files/home-folders.ts';
import { transferErrorOf } from '../files/transfer-error.ts';
import { contentNameIn, readClaimNote } from './claim-note.ts';
import type { ClaimedFile } from './claimed-file.ts';
import { escapeFileName } from './file-name.ts';
import type { QuarantineReason } from './quarantine-reason.ts';

export interface QuarantinedFile {
  readonly client: string;
  readonly claimId: string;
  readonly reason: QuarantineReason;
  /** The sender's name with everything but plain characters written as codes; to be shown, never to be used. */
  readonly escapedName: string;
  /** Folder in the quarantine: the bytes, and `.reason.json` with all this. */
  readonly folder: string;
  readonly quarantinedAtMilliseconds: number;
}

/** Puts aside a file that was claimed and must not be trusted after all, such as one its sender went on writing to (XU3). */
export async function quarantineClaim(
  home: string,
  claim: ClaimedFile,
  { reason, nowMilliseconds }: { readonly reason: QuarantineReason; readonly nowMilliseconds: number },
): Promise<QuarantinedFile> {
  const { client, claimId } = claim;
  try {
    return await quarantineFolder({ home, client, claimId, folder: dirname(claim.path), reason, nowMilliseconds });
  } catch (error) {
    throw transferErrorOf(error, `putting ${claim.path} into quarantine`);
  }
}

export interface Quarantining {
  readonly home: string;
  readonly client: string;
  readonly claimId: string;
  /** The claim's folder, in `work/claiming` or `work/claimed`. */
  readonly folder: string;
  readonly reason: QuarantineReason;
  /** Wall clock. */
  readonly nowMilliseconds: number;
}

/** Moves a claim's whole folder; it is in the quarantine or where it was, never in between. */
export async function quarantineFolder(from: Quarantining): Promise<QuarantinedFile> {
  const { home, client, claimId, reason, nowMilliseconds } = from;
  const target = join(homeFolders(home).quarantine, client, claimId);
  const escapedName = await escapedNameOf(from.folder);
  const file = { client, claimId, reason, escapedName, folder: target, quarantinedAtMilliseconds: nowMilliseconds };
  await dropLink(from.folder);
  await makeFolder(dirname(target), PRIVATE_FOLDER_MODE);
  await replaceDurably(join(from.folder, REASON_NAME), `${JSON.stringify(file, undefined, 2)}\n`, { mode: 0o640 });
  await rename(from.folder, target);
  await syncFolder(dirname(target));
  await syncFolder(dirname(from.folder));
  return file;
}

/** Hidden while it is in a claim's folder, so that it is never taken for the received file. */
export const REASON_NAME = '.reason.json';

/** The note remembers an unsafe name; a safe one is still the file's own. */
async function escapedNameOf(folder: string): Promise<string> {
  const note = await readClaimNote(folder);
  return note?.name ?? escapeFileName(Buffer.from((await contentNameIn(folder)) ?? ''));
}

/** A symbolic link is not kept: whoever looks into the quarantine would follow it. */
async function dropLink(folder: string): Promise<void> {
  const name = await contentNameIn(folder);
  if (name === undefined) return;
  const path = join(folder, name);
  if ((await lstat(path)).isSymbolicLink()) await unlink(path);
}
