import type { FileHandle } from 'node:fs/promises';
import type { FileEntry } from 'ssh2';
import { RefusedPathError } from './sftp-tree.ts';

/** What a handle stands for: an open file, or what is left to tell of a folder. */
type Opened = { readonly file: FileHandle } | { readonly entries: FileEntry[] };

/** The open files and folders of one session. */
export interface SftpHandles {
  readonly keep: (opened: Opened) => Buffer;
  readonly file: (handle: Buffer) => FileHandle;
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
  return {
    keep: (thing) => {
      if (opened.size >= MAX_OPEN_HANDLES) throw new RefusedPathError('too many open handles');
      last += 1;
      opened.set(last, thing);
      const handle = Buffer.alloc(HANDLE_BYTES);
      handle.writeUInt32BE(last);
      return handle;
    },
    file: (handle) => {
      const found = find(handle);
      if ('file' in found) return found.file;
      throw new RefusedPathError('a folder');
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
