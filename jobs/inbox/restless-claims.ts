import { lstat, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileIdentity } from '../files/file-identity.ts';
import { identityOf } from '../files/file-identity.ts';
import { homeFolders } from '../files/home-folders.ts';
import { errnoOf } from '../files/transfer-error.ts';
import { contentNameIn } from './claim-note.ts';
import type { RoundSettings } from './inbox-round.ts';
import { foldersIn } from './list-claims.ts';
import { openForWritingUnder } from './open-writers.ts';
import type { ClaimResult } from './promote-claim.ts';
import { promoteClaim } from './promote-claim.ts';
import type { Watched } from './settling.ts';
import { isSettled, lookAgain } from './settling.ts';

/**
 * Looks at what lies in `work/claiming`: files that changed in the moment they were taken, and those of a daemon that was killed in
 * that moment. The same rule of rest holds for them as in the inbox; a claim another daemon is just making is younger than that.
 */
export async function lookAtRestless(
  settings: RoundSettings,
  earlier: ReadonlyMap<string, Watched>,
): Promise<Map<string, Watched>> {
  const folder = claimingFolder(settings);
  const seen: { key: string; identity: FileIdentity }[] = [];
  for (const key of await foldersIn(folder)) {
    const identity = await identityIn(join(folder, key));
    if (identity !== undefined) seen.push({ key, identity });
  }
  return lookAgain(earlier, seen, settings.clock.steadyMilliseconds());
}

/** Moves on what has come to rest; a file that still has another link then is put aside. */
export async function promoteRestless(
  settings: RoundSettings,
  restless: ReadonlyMap<string, Watched>,
  handOver: (result: ClaimResult) => Promise<void>,
): Promise<void> {
  const { home, inbox, clock, settleMilliseconds } = settings;
  const settled = [...restless].filter(([, watched]) => isSettled(watched, clock.steadyMilliseconds(), settleMilliseconds));
  if (settled.length === 0) return;
  const folder = await realpath(claimingFolder(settings));
  const written = [...(await openForWritingUnder(folder))];
  for (const [claimId, { identity }] of settled) {
    if (written.some((path) => path.startsWith(join(folder, claimId, '/')))) continue;
    const promotion = { home, client: inbox.client, claimId, expected: identity, nowMilliseconds: clock.wallMilliseconds() };
    const result = await promoteClaim(promotion);
    await handOver(result.kind === 'restless' ? await promoteClaim({ ...promotion, reason: 'hard-link' }) : result);
  }
}

const claimingFolder = ({ home, inbox }: RoundSettings): string => join(homeFolders(home).claiming, inbox.client);

/** The identity of a claim's file, or of its folder when the file never came, so that empty folders too are tidied when at rest. */
async function identityIn(folder: string): Promise<FileIdentity | undefined> {
  try {
    const name = await contentNameIn(folder);
    return identityOf(await lstat(name === undefined ? folder : join(folder, name), { bigint: true }));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
