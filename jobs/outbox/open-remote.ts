import type { Remote } from '#config/house-config.ts';
import { type LocalPlace, openLocalFolder, type RemoteFolder, type RemoteStat } from './remote-folder.ts';
import {
  type Environment,
  type SftpConnection,
  connectSftp,
  SFTP_NO_SUCH_FILE,
  describePlace,
  sftpError,
  statusOf,
} from './sftp.ts';
import { pipeline } from 'node:stream/promises';
import { posix } from 'node:path';
import type { Stats } from 'ssh2';

/** Where files go to or come from: a folder on an SFTP server, or one on this machine. */
export type Place = Remote | LocalPlace;

/** Opens the folder, does the work, and closes whatever happens. */
export async function withRemoteFolder<T>(
  place: Place,
  environment: Environment,
  work: (folder: RemoteFolder) => Promise<T>,
): Promise<T> {
  const folder = 'host' in place ? await openSftpFolder(place, environment) : openLocalFolder(place);
  try {
    return await work(folder);
  } finally {
    await folder.close();
  }
}

/** Slower than this a transfer is given up, however steadily it drips (XO6). */
const MIN_BYTES_PER_SECOND = 2_048;
const MILLISECONDS_PER_SECOND = 1_000;

/** Opens a session in a remote's folder. Close it, whatever happens. */
async function openSftpFolder(remote: Remote, environment: Environment): Promise<RemoteFolder> {
  const connection = await connectSftp(remote, environment);
  const pathOf = (name: string): string => posix.join(remote.folder, name);
  const { client, step } = connection;
  return {
    place: describePlace(remote),
    list: (folder = '.') => step(`listing ${folder}`, () => list(connection, pathOf(folder))),
    stat: (name) => step(`looking at ${name}`, () => stat(connection, pathOf(name))),
    write: (name, content, bytes) =>
      step(`writing ${name}`, () => writeNew(connection, pathOf(name), content), transferMilliseconds(remote, bytes)),
    read: (name) => readSteadily(connection, remote, pathOf(name)),
    rename: (from, to) => step(`renaming ${from} to ${to}`, async () => void (await client.rename(pathOf(from), pathOf(to)))),
    remove: (name) => step(`removing ${name}`, async () => void (await client.delete(pathOf(name), true))),
    makeFolder: (name) => step(`making the folder ${name}`, () => makeFolder(connection, pathOf(name))),
    close: () => connection.close(),
  };
}

const transferMilliseconds = ({ timeoutSeconds }: Remote, bytes: number): number =>
  (timeoutSeconds + Math.ceil(bytes / MIN_BYTES_PER_SECOND)) * MILLISECONDS_PER_SECOND;

/** Of the protocol's own answers, because the library reports a general failure, too, as "no such file". */
function stat({ wrapper }: SftpConnection, path: string): Promise<RemoteStat | undefined> {
  return new Promise((resolve, reject) => {
    wrapper.lstat(path, (error, stats) => {
      if (error === undefined) resolve(remoteStatOf(stats));
      else if (statusOf(error) === SFTP_NO_SUCH_FILE) resolve(undefined);
      else reject(error);
    });
  });
}

function remoteStatOf(stats: Stats): RemoteStat {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  return { kind, bytes: stats.size, modified: String(stats.mtime) };
}

async function list({ client }: SftpConnection, folder: string) {
  const kinds = { '-': 'file', d: 'folder', l: 'other' } as const;
  return (await client.list(folder)).map(({ name, type, size, modifyTime }) => ({
    name,
    // Servers may show other letters for devices and the like.
    kind: kinds[type] ?? 'other',
    bytes: size,
    modified: String(modifyTime),
  }));
}

/**
 * One ordered stream: the library's fast ways may truncate on some servers (reliability §2), and its `put` calls it success when
 * the server refuses a write in the middle (tested). Exclusive, so that no two uploads mix.
 */
async function writeNew({ client }: SftpConnection, path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  await pipeline(content, client.createWriteStream(path, { flags: 'wx' }));
}

/** Each chunk is a step of its own: a reader may take its time, the remote may not. */
async function* readSteadily({ client, step }: SftpConnection, remote: Remote, path: string): AsyncGenerator<Uint8Array> {
  const stream = client.createReadStream(path);
  // When the session ends before the server has answered the closing of the file, that is an error nobody else listens to.
  stream.on('error', () => undefined);
  const chunks: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await step(`reading ${path}`, () => chunks.next());
      if (done === true) return;
      yield value;
    }
  } catch (error) {
    throw sftpError(error, { remote, doing: `reading ${path}`, lost: false });
  } finally {
    stream.destroy();
  }
}

async function makeFolder(connection: SftpConnection, path: string): Promise<void> {
  if ((await stat(connection, path))?.kind === 'folder') return;
  await connection.client.mkdir(path);
}
