import { constants } from 'node:fs';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { moveDurably, unlinkIfThere, writeWhole } from '../files/durable-write.ts';
import { errnoOf, transferErrorOf } from '../files/transfer-error.ts';
import type { RemoteEntry, RemoteFolder, RemoteStat } from './remote-folder.ts';

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
