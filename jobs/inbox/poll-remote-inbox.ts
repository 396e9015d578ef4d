import type { Place } from '../sftp/open-remote.ts';
import { withRemoteFolder } from '../sftp/open-remote.ts';
import type { Environment } from '../sftp/private-key.ts';
import type { RemoteEntry, RemoteFolder } from '../sftp/remote-folder.ts';
import type { ClaimedFile } from './claimed-file.ts';
import { fetchRemoteFile } from './fetch-remote-file.ts';
import { escapeFileName, judgeFileName } from './file-name.ts';

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
