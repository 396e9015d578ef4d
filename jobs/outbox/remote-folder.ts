import { constants, createReadStream } from 'node:fs';
import { lstat, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { moveDurably, unlinkIfThere, writeWhole, errnoOf, transferErrorOf } from '../intake/durable.ts';

/** What a look at a remote name shows. */
export interface RemoteStat {
  readonly kind: 'file' | 'folder' | 'other';
  readonly bytes: number;
  /** By the remote's clock, in its own precision; only ever compared with itself. */
  readonly modified: string;
}

export interface RemoteEntry extends RemoteStat {
  readonly name: string;
}

/**
 * One folder somewhere else, over SFTP or on this machine, with the same meaning of every step. Names are relative to it. All
 * failures are operating errors.
 */
export interface RemoteFolder {
  /** For messages: `user@host:folder`. */
  readonly place: string;
  /** What lies in it, or in a folder in it. */
  readonly list: (folder?: string) => Promise<readonly RemoteEntry[]>;
  /** Undefined only when the remote says that there is no such name: a failure to answer is an error, never absence. */
  readonly stat: (name: string) => Promise<RemoteStat | undefined>;
  /** Writes a new file and waits until the remote has taken every byte. The name must be free. */
  readonly write: (name: string, content: AsyncIterable<Uint8Array>, bytes: number) => Promise<void>;
  readonly read: (name: string) => AsyncIterable<Uint8Array>;
  /** Never over an existing name. */
  readonly rename: (from: string, to: string) => Promise<void>;
  /** A name that is gone is no trouble. */
  readonly remove: (name: string) => Promise<void>;
  /** A folder that is there is no trouble. */
  readonly makeFolder: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A folder on this machine as hand-over place: a mounted share of the print house, or a site without SFTP. */
export interface LocalPlace {
  readonly kind: 'local';
  /** Absolute path. */
  readonly folder: string;
}

const HANDED_OVER_MODE = 0o640;
const HANDED_OVER_FOLDER_MODE = 0o750;

/** The same steps as over SFTP, on this machine. */
export function openLocalFolder({ folder }: LocalPlace): RemoteFolder {
  const attempt = async <T>(doing: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw transferErrorOf(error, `${doing} in ${folder}`);
    }
  };
  return {
    place: folder,
    list: (inner = '.') => attempt(`listing ${inner}`, () => list(join(folder, inner))),
    stat: (name) => attempt(`looking at ${name}`, () => stat(join(folder, name))),
    write: (name, content) => attempt(`writing ${name}`, () => writeNew(join(folder, name), content)),
    read: (name) => createReadStream(join(folder, name), { flags: 'r' }),
    rename: (from, to) =>
      attempt(`renaming ${from} to ${to}`, async () => void (await moveDurably(join(folder, from), join(folder, to)))),
    remove: (name) => attempt(`removing ${name}`, () => unlinkIfThere(join(folder, name))),
    makeFolder: (name) =>
      attempt(
        `making ${name}`,
        async () => void (await mkdir(join(folder, name), { recursive: true, mode: HANDED_OVER_FOLDER_MODE })),
      ),
    close: async () => undefined,
  };
}

async function stat(path: string): Promise<RemoteStat | undefined> {
  try {
    const stats = await lstat(path, { bigint: true });
    const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
    return { kind, bytes: Number(stats.size), modified: String(stats.mtimeNs) };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function list(folder: string): Promise<readonly RemoteEntry[]> {
  const entries: RemoteEntry[] = [];
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name));
    if (found !== undefined) entries.push({ name, ...found });
  }
  return entries;
}

async function writeNew(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, HANDED_OVER_MODE);
  try {
    for await (const chunk of content) await writeWhole(file, chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}
