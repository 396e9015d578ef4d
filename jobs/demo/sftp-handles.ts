import type { FileHandle } from 'node:fs/promises';
import type { FileEntry } from 'ssh2';
import { writeWhole } from '../intake/durable.ts';
import { RefusedPathError } from './sftp-tree.ts';

/** What a handle stands for: an open file, or what is left to tell of a folder. */
type Opened = { readonly file: FileHandle; written: Promise<void> } | { readonly entries: FileEntry[] };

/** The open files and folders of one session. */
export interface SftpHandles {
  readonly keepFile: (file: FileHandle) => Buffer;
  readonly keepFolder: (entries: FileEntry[]) => Buffer;
  readonly file: (handle: Buffer) => FileHandle;
  /**
   * Writes in the order of the requests: a client sends many before the first is answered, and in a file opened to append the system
   * puts each where the file then ends, whatever its offset (`sftp` resumes so).
   */
  readonly write: (handle: Buffer, bytes: Uint8Array, offset: number) => Promise<void>;
  readonly entries: (handle: Buffer) => FileEntry[];
  readonly close: (handle: Buffer) => Promise<void>;
  readonly closeAll: () => Promise<void>;
}

const MAX_OPEN_HANDLES = 64;
const HANDLE_BYTES = 4;

export function newHandles(): SftpHandles {
  const opened = new Map<number, Opened>();
  let last = 0;
  const find = (handle: Buffer): Opened => {
    const found = handle.byteLength === HANDLE_BYTES ? opened.get(handle.readUInt32BE()) : undefined;
    if (found === undefined) throw new RefusedPathError('no such handle');
    return found;
  };
  const keep = (thing: Opened): Buffer => {
    if (opened.size >= MAX_OPEN_HANDLES) throw new RefusedPathError('too many open handles');
    last += 1;
    opened.set(last, thing);
    const handle = Buffer.alloc(HANDLE_BYTES);
    handle.writeUInt32BE(last);
    return handle;
  };
  const findFile = (handle: Buffer): Extract<Opened, { file: FileHandle }> => {
    const found = find(handle);
    if ('file' in found) return found;
    throw new RefusedPathError('a folder');
  };
  return {
    keepFile: (file) => keep({ file, written: Promise.resolve() }),
    keepFolder: (entries) => keep({ entries }),
    file: (handle) => findFile(handle).file,
    write: (handle, bytes, offset) => {
      const found = findFile(handle);
      // One that failed was answered with its error and must not fail those behind it.
      const mine = found.written.then(() => writeWhole(found.file, bytes, offset));
      found.written = mine.catch(() => undefined);
      return mine;
    },
    entries: (handle) => {
      const found = find(handle);
      if ('entries' in found) return found.entries;
      throw new RefusedPathError('a file');
    },
    close: async (handle) => {
      const found = find(handle);
      opened.delete(handle.readUInt32BE());
      if ('file' in found) await found.file.close();
    },
    closeAll: async () => {
      const all = [...opened.values()];
      opened.clear();
      await Promise.allSettled(all.filter((one) => 'file' in one).map(({ file }) => file.close()));
    },
  };
}
