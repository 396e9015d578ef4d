import { setTimeout as sleep } from 'node:timers/promises';
import type { RemoteInbox } from '#config/house-config.ts';
import { OperatingError } from '#engine/operating-error.ts';
import { inTransaction } from '#engine/store/database.ts';
import { takeTurn } from '#engine/store/number-series.ts';
import type { House } from '../house/house.ts';
import { newClaimId } from '../new-claim-id.ts';
import { receiveFile } from '../pipeline/receive-file.ts';
import { type Place, withRemoteFolder } from '../outbox/open-remote.ts';
import type { Environment } from '../outbox/sftp.ts';
import type { RemoteEntry, RemoteFolder, RemoteStat } from '../outbox/remote-folder.ts';
import { type ClaimedFile, PRIVATE_FOLDER_MODE, assertFolderNames, homeFolders } from './folders.ts';
import { escapeFileName, judgeFileName, identityOf } from './look.ts';
import { lstat, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, syncFolder, temporaryPathBeside, unlinkIfThere, writeWhole, TransferError, errnoOf } from './durable.ts';
import { promoteClaim } from './claim.ts';

const MILLISECONDS_PER_SECOND = 1000;

/** Fetches what clients leave on servers of their own, until the signal comes; each server has its own loop. */
export async function pollInboxes(house: House, signal: AbortSignal): Promise<void> {
  await Promise.all(house.config.remotes.inboxes.map((inbox) => pollInbox(house, inbox, signal)));
}

async function pollInbox(house: House, inbox: RemoteInbox, signal: AbortSignal): Promise<void> {
  let looks: RemoteLooks = new Map();
  while (!signal.aborted) {
    try {
      looks = await visit(house, inbox, looks);
    } catch (error) {
      if (!(error instanceof OperatingError)) throw error;
      house.log.error('remote-inbox.trouble', { client: inbox.client, host: inbox.host, error });
    }
    await sleep(inbox.intervalSeconds * MILLISECONDS_PER_SECOND, undefined, { signal }).catch(() => undefined);
  }
}

/** One visit, unless another daemon is there: its visits would overlap with ours. */
const visit = (house: House, inbox: RemoteInbox, looks: RemoteLooks): Promise<RemoteLooks> =>
  inTransaction(house.database, async (tx) => {
    if (!(await takeTurn(tx, `remote-inbox:${inbox.client}:${inbox.host}:${inbox.folder}`))) return looks;
    return pollRemoteInbox(
      {
        home: house.home,
        client: inbox.client,
        place: inbox,
        environment: process.env,
        newClaimId: () => newClaimId(house.clock()),
        wallMilliseconds: () => house.clock().getTime(),
        maxFileBytes: house.config.limits.maxFileBytes,
        onClaim: async (claim) => void (await receiveFile(house, claim)),
        onRefused: async ({ escapedName, why }) =>
          house.log.warn('remote-inbox.refused', { client: inbox.client, name: escapedName, why }),
      },
      looks,
    );
  });

export interface RemotePoll {
  readonly home: string;
  readonly client: string;
  readonly place: Place;
  /** Where a passphrase is looked up. */
  readonly environment: Environment;
  readonly newClaimId: () => string;
  readonly wallMilliseconds: () => number;
  readonly maxFileBytes: number;
  readonly onClaim: (claim: ClaimedFile) => Promise<void>;
  /** Once for each entry that is left where it is. */
  readonly onRefused: (refused: RefusedEntry) => Promise<void>;
}

export interface RefusedEntry {
  /** To be shown, never to be used. */
  readonly escapedName: string;
  readonly why: 'unsafe-name' | 'not-a-file' | 'too-large';
}

/** What a visit saw, size and time by name, for the next one to compare with. */
export type RemoteLooks = ReadonlyMap<string, string>;

/** Where a file lies at the remote while it is fetched, and after: its owner sees what was taken, and clears it away. */
const TAKING_FOLDER = 'taking';
const TAKEN_FOLDER = 'taken';
const FOLDERS_OF_OURS: readonly string[] = [TAKING_FOLDER, TAKEN_FOLDER];

/**
 * One visit to a server on which a client leaves files. What looks as it did at the last visit is at rest: it is renamed out of its
 * sender's way, fetched, and becomes a claim like any other. What an earlier visit renamed and did not fetch to the end comes
 * first. Visits to one remote must not overlap. Returns what was seen, for the next visit.
 */
export async function pollRemoteInbox(poll: RemotePoll, earlier: RemoteLooks): Promise<RemoteLooks> {
  return withRemoteFolder(poll.place, poll.environment, async (folder) => {
    for (const name of FOLDERS_OF_OURS) await folder.makeFolder(name);
    for (const { name } of await folder.list(TAKING_FOLDER)) await finishTaking(poll, folder, name);
    const seen = new Map<string, string>();
    for (const entry of inOrderOfName(await folder.list())) {
      const look = `${entry.kind} ${entry.bytes} ${entry.modified}`;
      const asBefore = earlier.get(entry.name) === look;
      if (isToBeLeft(entry)) continue;
      seen.set(entry.name, look);
      const why = reasonAgainst(entry, poll.maxFileBytes);
      if (why !== undefined && !asBefore) await poll.onRefused({ escapedName: escapeFileName(Buffer.from(entry.name)), why });
      if (why === undefined && asBefore) await take(poll, folder, entry.name);
    }
    return seen;
  });
}

const inOrderOfName = (entries: readonly RemoteEntry[]): RemoteEntry[] =>
  entries.toSorted((left, right) => (left.name < right.name ? -1 : 1));

const isToBeLeft = ({ name, kind }: RemoteEntry): boolean =>
  judgeFileName(Buffer.from(name)).kind === 'temporary' || (kind === 'folder' && FOLDERS_OF_OURS.includes(name));

function reasonAgainst({ name, kind, bytes }: RemoteEntry, maxFileBytes: number): RefusedEntry['why'] | undefined {
  if (judgeFileName(Buffer.from(name)).kind !== 'safe') return 'unsafe-name';
  if (kind !== 'file') return 'not-a-file';
  return bytes > maxFileBytes ? 'too-large' : undefined;
}

/** The claim's id becomes part of the name, so that a visit that breaks off is taken up under the same claim. */
async function take(poll: RemotePoll, folder: RemoteFolder, name: string): Promise<void> {
  const taking = `${poll.newClaimId()}+${name}`;
  try {
    await folder.rename(name, `${TAKING_FOLDER}/${taking}`);
  } catch (error) {
    // Its sender took it back.
    if ((await folder.stat(name)) === undefined) return;
    throw error;
  }
  await finishTaking(poll, folder, taking);
}

const TAKING_NAME = /^([A-Za-z0-9][A-Za-z0-9_-]*)\+(.+)$/;

async function finishTaking(poll: RemotePoll, folder: RemoteFolder, taking: string): Promise<void> {
  const [, claimId, name] = TAKING_NAME.exec(taking) ?? [];
  if (claimId === undefined || name === undefined || judgeFileName(Buffer.from(name)).kind !== 'safe') return;
  const { home, client, wallMilliseconds } = poll;
  const remoteName = `${TAKING_FOLDER}/${taking}`;
  const claim = await fetchRemoteFile({ home, client, claimId, name, remoteName, folder, nowMilliseconds: wallMilliseconds() });
  try {
    await folder.rename(remoteName, `${TAKEN_FOLDER}/${taking}`);
  } finally {
    // Whatever the line does now, the file is ours; if it has to be fetched again, its claim id tells that it is the same.
    if (claim !== undefined) await poll.onClaim(claim);
  }
}

export interface Fetching {
  readonly home: string;
  readonly client: string;
  readonly claimId: string;
  /** Safe to use as a file name. */
  readonly name: string;
  /** Name in the remote folder, out of its sender's way. */
  readonly remoteName: string;
  readonly folder: RemoteFolder;
  /** Wall clock. */
  readonly nowMilliseconds: number;
}

const FETCHED_MODE = 0o640;

/** Fetches a file from a remote into a claim. Undefined when an earlier visit had done so and only not got round to say it there. */
async function fetchRemoteFile(fetching: Fetching): Promise<ClaimedFile | undefined> {
  const { home, client, claimId, name, nowMilliseconds } = fetching;
  assertFolderNames({ client, claimId });
  if (await isThere(join(homeFolders(home).claimed, client, claimId))) return undefined;
  const path = join(homeFolders(home).claiming, client, claimId, name);
  await makeFolder(dirname(path), PRIVATE_FOLDER_MODE);
  await fetchTo(path, fetching);
  const expected = identityOf(await lstat(path, { bigint: true }));
  const result = await promoteClaim({ home, client, claimId, expected, nowMilliseconds });
  return result.kind === 'claimed' ? result.claim : undefined;
}

async function fetchTo(path: string, { folder, remoteName }: Fetching): Promise<void> {
  const before = await folder.stat(remoteName);
  const temporary = temporaryPathBeside(path);
  const file = await open(temporary, 'wx', FETCHED_MODE);
  try {
    let bytes = 0;
    for await (const chunk of folder.read(remoteName)) {
      bytes += chunk.byteLength;
      if (bytes > (before?.bytes ?? 0)) break;
      await writeWhole(file, chunk);
    }
    await file.sync();
    demandWhole(folder, { remoteName, bytes, before, after: await folder.stat(remoteName) });
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } finally {
    await file.close();
    await unlinkIfThere(temporary);
  }
}

interface Fetched {
  readonly remoteName: string;
  readonly bytes: number;
  readonly before: RemoteStat | undefined;
  readonly after: RemoteStat | undefined;
}

/** What we got is as long as the remote says, and it says the same before and after. */
function demandWhole(folder: RemoteFolder, { remoteName, bytes, before, after }: Fetched): void {
  if (bytes === before?.bytes && bytes === after?.bytes && before.modified === after.modified) return;
  throw new TransferError({
    reason: 'remote-size-differs',
    problem: `${remoteName} at ${folder.place} gave ${bytes} bytes, was ${before?.bytes} before and ${after?.bytes} after.`,
    fix: 'It is fetched again; ask its sender if this is repeated.',
    retry: 'soon',
    alarm: false,
  });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
