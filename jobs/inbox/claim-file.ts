import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, syncFolder } from '../files/durable-write.ts';
import { PRIVATE_FOLDER_MODE, assertFolderNames, homeFolders } from '../files/home-folders.ts';
import { errnoOf, transferErrorOf } from '../files/transfer-error.ts';
import { removeEmptyClaim, writeClaimNote } from './claim-note.ts';
import { escapeFileName } from './file-name.ts';
import type { ClaimResult } from './promote-claim.ts';
import { promoteClaim } from './promote-claim.ts';
import type { QuarantineReason } from './quarantine-reason.ts';
import type { Inbox, InboxEntry } from './scan-inbox.ts';
import { entryPath } from './scan-inbox.ts';

export interface ClaimRequest {
  readonly home: string;
  readonly inbox: Inbox;
  /** As it looked when it was found to be at rest. */
  readonly entry: InboxEntry;
  /** New, and best sortable by time; it names a folder. */
  readonly claimId: string;
  /** Wall clock. */
  readonly nowMilliseconds: number;
}

/** Name in the claim's folder for bytes whose own name must not be used. */
export const UNSAFE_CONTENT_NAME = 'content';

/**
 * Takes a file that is at rest out of its sender's reach, in two renames on one file system: first into `work/claiming`, where
 * only we can change names, so that what is then found stays true; and, if it is still the same regular file with one link, on
 * into `work/claimed`. Of any number of daemons exactly one wins each rename. After a kill in between, its place says how far it came.
 */
export async function claimFile(request: ClaimRequest): Promise<ClaimResult> {
  const { home, inbox, entry, claimId, nowMilliseconds } = request;
  assertFolderNames({ client: inbox.client, claimId });
  const folder = join(homeFolders(home).claiming, inbox.client, claimId);
  try {
    if (!(await takeInto(folder, request))) return { kind: 'gone' };
  } catch (error) {
    throw transferErrorOf(error, `claiming ${shownName(entry)} of ${inbox.client}`);
  }
  return promoteClaim({ home, client: inbox.client, claimId, expected: entry.identity, nowMilliseconds });
}

async function takeInto(folder: string, { inbox, entry, nowMilliseconds }: ClaimRequest): Promise<boolean> {
  await makeFolder(folder, PRIVATE_FOLDER_MODE);
  const reason = reasonAgainst(entry);
  // The rename takes an unsafe name away, so it is written down before.
  if (reason !== undefined) {
    await writeClaimNote(folder, {
      name: shownName(entry),
      identity: entry.identity,
      claimedAtMilliseconds: nowMilliseconds,
      reason,
    });
  }
  try {
    const name = entry.name.kind === 'safe' ? entry.name.name : UNSAFE_CONTENT_NAME;
    await rename(entryPath(inbox.folder, entry.nameBytes), join(folder, name));
  } catch (error) {
    await removeEmptyClaim(folder);
    // Another daemon was first, or the sender took it back; or our new folder was tidied away by another daemon: the next scan tries again.
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
  await syncFolder(folder);
  await syncFolder(inbox.folder);
  return true;
}

function reasonAgainst(entry: InboxEntry): QuarantineReason | undefined {
  if (entry.name.kind === 'unsafe') return entry.name.problem;
  return entry.hardLinked ? 'hard-link' : undefined;
}

const shownName = ({ nameBytes }: InboxEntry): string => escapeFileName(nameBytes);
