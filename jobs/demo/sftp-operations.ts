import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { link, lstat, mkdir, open, readdir, rename, rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attributes, FileEntry } from 'ssh2';
import { RefusedPathError, pathInside, visiblePath } from './sftp-tree.ts';

/** What a client may set on a file: never execute, set-user-id or write for others. */
const SETTABLE_MODE = 0o660;
const NEW_FILE_MODE = 0o640;
const NEW_FOLDER_MODE = 0o750;

/** Open flags of the protocol (draft-ietf-secsh-filexfer-02 §6.3). */
const openFlag = { read: 0x01, write: 0x02, append: 0x04, create: 0x08, truncate: 0x10, exclusive: 0x20 } as const;

/** Opens a regular file in the client's tree; never a link, and never waiting for a FIFO's other end. */
export async function openFile(root: string, path: string, flags: number): Promise<FileHandle> {
  const file = await open(await pathInside(root, path), systemFlags(flags), NEW_FILE_MODE);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new RefusedPathError('not a regular file');
}

function systemFlags(flags: number): number {
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const access = has(openFlag.write) ? (has(openFlag.read) ? constants.O_RDWR : constants.O_WRONLY) : constants.O_RDONLY;
  return (
    access |
    constants.O_NOFOLLOW |
    constants.O_NONBLOCK |
    (has(openFlag.append) ? constants.O_APPEND : 0) |
    (has(openFlag.create) ? constants.O_CREAT : 0) |
    (has(openFlag.truncate) ? constants.O_TRUNC : 0) |
    (has(openFlag.exclusive) ? constants.O_EXCL : 0)
  );
}

export async function statPath(root: string, path: string): Promise<Attributes> {
  return attributesOf(await lstat(await pathInside(root, path)));
}

export async function listFolder(root: string, path: string): Promise<FileEntry[]> {
  const folder = await pathInside(root, path);
  if (!(await lstat(folder)).isDirectory()) throw new RefusedPathError('not a folder');
  const entries: FileEntry[] = [];
  for (const filename of await readdir(folder)) {
    const stats = await lstat(join(folder, filename)).catch(() => undefined);
    if (stats !== undefined) entries.push({ filename, longname: longName(filename, stats), attrs: attributesOf(stats) });
  }
  return entries;
}

/** Never over an existing name, as the protocol says (§6.5); for files without a moment in which both or neither is true. */
export async function renamePath(root: string, { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  const [source, target] = [await pathInside(root, from), await pathInside(root, to)];
  if ((await lstat(source)).isFile()) {
    await link(source, target);
    await unlink(source);
    return;
  }
  if (await lstat(target).catch(() => undefined)) throw new RefusedPathError('name in use');
  await rename(source, target);
}

export async function removeFile(root: string, path: string): Promise<void> {
  await unlink(await pathInside(root, path));
}

export async function makeFolderIn(root: string, path: string): Promise<void> {
  await mkdir(await pathInside(root, path), { mode: NEW_FOLDER_MODE });
}

export async function removeFolder(root: string, path: string): Promise<void> {
  if (visiblePath(path) === '/') throw new RefusedPathError('the root stays');
  await rmdir(await pathInside(root, path));
}

/** Size, mode and times, as WinSCP sets them after an upload; owner and group are not the client's to set. */
export async function setAttributes(file: FileHandle, { size, mode, atime, mtime }: Partial<Attributes>): Promise<void> {
  if (size !== undefined) await file.truncate(size);
  if (mode !== undefined) await file.chmod(mode & SETTABLE_MODE);
  if (atime !== undefined && mtime !== undefined) await file.utimes(atime, mtime);
}

export async function setAttributesOf(root: string, path: string, attributes: Partial<Attributes>): Promise<void> {
  const file = await openFile(root, path, attributes.size === undefined ? openFlag.read : openFlag.write);
  try {
    await setAttributes(file, attributes);
  } finally {
    await file.close();
  }
}

const MILLISECONDS_PER_SECOND = 1_000;

export function attributesOf({ mode, uid, gid, size, atimeMs, mtimeMs }: Stats): Attributes {
  const seconds = (milliseconds: number): number => Math.max(0, Math.floor(milliseconds / MILLISECONDS_PER_SECOND));
  return { mode, uid, gid, size, atime: seconds(atimeMs), mtime: seconds(mtimeMs) };
}

/** A line like `ls -l` writes it; clients tell files from folders by its first letter. */
function longName(name: string, stats: Stats): string {
  const kind = stats.isDirectory() ? 'd' : stats.isSymbolicLink() ? 'l' : '-';
  const rights = [0o400, 0o200, 0o100, 0o040, 0o020, 0o010, 0o004, 0o002, 0o001]
    .map((bit, index) => ((stats.mode & bit) === 0 ? '-' : 'rwx'.charAt(index % 3)))
    .join('');
  return `${kind}${rights} ${stats.nlink} ${stats.uid} ${stats.gid} ${stats.size} ${stats.mtime.toISOString().slice(0, 10)} ${name}`;
}
