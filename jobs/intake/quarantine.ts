import { lstat, rename, unlink, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, replaceDurably, syncFolder, transferErrorOf, errnoOf } from './durable.ts';
import {
  PRIVATE_FOLDER_MODE,
  homeFolders,
  contentNameIn,
  readClaimNote,
  type ClaimedFile,
  type QuarantineReason,
  foldersIn,
  quarantineReasons,
} from './folders.ts';
import { escapeFileName } from './look.ts';
import { z } from 'zod';

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
const REASON_NAME = '.reason.json';

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

const reasonSchema = z.object({
  reason: z.enum(quarantineReasons),
  escapedName: z.string(),
  quarantinedAtMilliseconds: z.int(),
});

/** Everything that lies in the quarantine: a daemon that was killed may have put a file there and told nobody. */
export async function listQuarantined(home: string): Promise<readonly QuarantinedFile[]> {
  const { quarantine } = homeFolders(home);
  const files: QuarantinedFile[] = [];
  for (const client of await foldersIn(quarantine)) {
    for (const claimId of await foldersIn(join(quarantine, client))) {
      const folder = join(quarantine, client, claimId);
      const text = await readFile(join(folder, REASON_NAME), 'utf8').catch(ifGone);
      if (text !== undefined) files.push({ client, claimId, folder, ...reasonSchema.parse(JSON.parse(text)) });
    }
  }
  return files;
}

/** What a person put there by hand, or is taking away, has no reason beside it. */
function ifGone(error: unknown): undefined {
  if (errnoOf(error) !== 'ENOENT') throw error;
}
