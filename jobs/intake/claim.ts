import { rename, lstat, open } from 'node:fs/promises';
import { join, dirname } from 'node:path';
import { makeFolder, syncFolder, errnoOf, transferErrorOf } from './durable.ts';
import {
  PRIVATE_FOLDER_MODE,
  assertFolderNames,
  homeFolders,
  removeEmptyClaim,
  writeClaimNote,
  type QuarantineReason,
  contentNameIn,
  readClaimNote,
  type ClaimedFile,
} from './folders.ts';
import {
  escapeFileName,
  type Inbox,
  type InboxEntry,
  entryPath,
  type FileIdentity,
  identityOf,
  sameContent,
  fileKindOf,
  scanInbox,
} from './look.ts';
import { constants } from 'node:fs';
import { type QuarantinedFile, quarantineFolder } from './quarantine.ts';
import { OperatingError } from '#engine/operating-error.ts';

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

export type ClaimResult =
  | { readonly kind: 'claimed'; readonly claim: ClaimedFile }
  | { readonly kind: 'quarantined'; readonly file: QuarantinedFile }
  /** Taken, but not what was at rest before: it waits in `work/claiming` under the same rule of rest. */
  | { readonly kind: 'restless'; readonly claimId: string }
  /** Another daemon was first, or the sender took the file back: no trouble (XU6). */
  | { readonly kind: 'gone' };

export interface Promotion {
  readonly home: string;
  readonly client: string;
  readonly claimId: string;
  /** What was found at rest. */
  readonly expected: FileIdentity;
  /** Wall clock. */
  readonly nowMilliseconds: number;
  /** Known already to be unfit for reading. */
  readonly reason?: QuarantineReason;
}

/** Moves a file from `work/claiming` to `work/claimed` if it is what was found at rest and fit to be read, else to quarantine. */
export async function promoteClaim(promotion: Promotion): Promise<ClaimResult> {
  try {
    return await judge(promotion);
  } catch (error) {
    // The folder went to another daemon while we looked.
    if (errnoOf(error) === 'ENOENT') return { kind: 'gone' };
    throw transferErrorOf(error, `claiming a file of ${promotion.client}`);
  }
}

async function judge(promotion: Promotion): Promise<ClaimResult> {
  const { home, client, claimId, expected } = promotion;
  const folder = join(homeFolders(home).claiming, client, claimId);
  const name = await contentNameIn(folder);
  if (name === undefined) {
    await removeEmptyClaim(folder);
    return { kind: 'gone' };
  }
  const found = await inspect(join(folder, name));
  const reason = promotion.reason ?? (await readClaimNote(folder))?.reason ?? found.reason;
  if (reason !== undefined) {
    const file = await quarantineFolder({ home, client, claimId, folder, reason, nowMilliseconds: promotion.nowMilliseconds });
    return { kind: 'quarantined', file };
  }
  if (!sameContent(found.identity, expected) || found.hardLinked) return { kind: 'restless', claimId };
  return moveToClaimed(promotion, { folder, name, identity: found.identity });
}

interface Found {
  readonly identity: FileIdentity;
  readonly hardLinked: boolean;
  readonly reason?: QuarantineReason;
}

/** The sender may have swapped the file for something else between our look and our rename; now nobody can any more (XP2). */
async function inspect(path: string): Promise<Found> {
  const stats = await lstat(path, { bigint: true });
  const identity = identityOf(stats);
  if (fileKindOf(stats) !== 'file') return { identity, hardLinked: false, reason: 'swapped' };
  const readable = await canRead(path);
  return { identity, hardLinked: stats.nlink > 1n, ...(readable ? {} : { reason: 'unreadable' as const }) };
}

async function canRead(path: string): Promise<boolean> {
  try {
    await (await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)).close();
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EACCES' || errnoOf(error) === 'EPERM') return false;
    throw error;
  }
}

async function moveToClaimed(
  { home, client, claimId, nowMilliseconds }: Promotion,
  { folder, name, identity }: { readonly folder: string; readonly name: string; readonly identity: FileIdentity },
): Promise<ClaimResult> {
  const target = join(homeFolders(home).claimed, client, claimId);
  await makeFolder(dirname(target), PRIVATE_FOLDER_MODE);
  await writeClaimNote(folder, { name, identity, claimedAtMilliseconds: nowMilliseconds });
  await rename(folder, target);
  await syncFolder(dirname(target));
  await syncFolder(dirname(folder));
  return {
    kind: 'claimed',
    claim: { client, claimId, name, path: join(target, name), identity, claimedAtMilliseconds: nowMilliseconds },
  };
}

/** Claims the one file in a folder that nobody else writes to, by the same rules of name and kind as an inbox. */
export async function claimByHand(claim: {
  readonly home: string;
  readonly client: string;
  readonly folder: string;
  readonly claimId: string;
  readonly nowMilliseconds: number;
}): Promise<Extract<ClaimResult, { kind: 'claimed' | 'quarantined' }>> {
  const { entries } = await scanInbox(claim.folder);
  const [entry] = entries;
  const inbox = { client: claim.client, folder: claim.folder };
  const result = entry ? await claimFile({ ...claim, inbox, entry }) : { kind: 'gone' as const };
  if (result.kind === 'claimed' || result.kind === 'quarantined') return result;
  throw new OperatingError({
    problem: `The file in ${claim.folder} was changed while it was being taken.`,
    fix: 'Wait until it is whole and try again.',
    retry: 'soon',
  });
}
