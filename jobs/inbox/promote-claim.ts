import { constants } from 'node:fs';
import { lstat, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, syncFolder } from '../files/durable-write.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import { identityOf, sameContent } from '../files/file-identity.ts';
import { PRIVATE_FOLDER_MODE, homeFolders } from '../files/home-folders.ts';
import { errnoOf, transferErrorOf } from '../files/transfer-error.ts';
import { contentNameIn, readClaimNote, removeEmptyClaim, writeClaimNote } from './claim-note.ts';
import type { ClaimedFile } from './claimed-file.ts';
import type { QuarantinedFile } from './quarantine-file.ts';
import { quarantineFolder } from './quarantine-file.ts';
import type { QuarantineReason } from './quarantine-reason.ts';
import { fileKindOf } from './scan-inbox.ts';

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
