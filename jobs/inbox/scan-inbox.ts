import type { BigIntStats } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileIdentity } from '../files/file-identity.ts';
import { identityOf } from '../files/file-identity.ts';
import { errnoOf, transferErrorOf } from '../files/transfer-error.ts';
import type { JudgedName } from './file-name.ts';
import { judgeFileName } from './file-name.ts';

/** One client's folder for incoming files. Senders may write to it, so nothing in it is to be trusted. */
export interface Inbox {
  readonly client: string;
  /** Absolute path; what lies above it is the operator's and never the sender's. */
  readonly folder: string;
}

export type NotAFile = 'symbolic-link' | 'directory' | 'fifo' | 'socket' | 'device';

export interface InboxEntry {
  /** The name's bytes as Latin-1 text: one key per name even where the name is not UTF-8. */
  readonly key: string;
  readonly nameBytes: Buffer;
  readonly name: JudgedName;
  readonly identity: FileIdentity;
  /** More than one link: somebody has another way to the bytes. OpenSSH renames by link and unlink, so it may last a moment only. */
  readonly hardLinked: boolean;
  /** What it is, if no regular file. */
  readonly notAFile?: NotAFile;
}

export interface InboxScan {
  readonly entries: readonly InboxEntry[];
  /** More names than the limit: the rest is seen by later scans, when these have moved on. */
  readonly truncated: boolean;
}

/** Names looked at in one scan; bounds time and memory when 100,000 files arrive at once (XU10). */
export const MAX_ENTRIES_PER_SCAN = 20_000;

/** Lists what lies in an inbox, without opening anything and without following links (IS1). Entries that vanish are left out. */
export async function scanInbox(folder: string, maxEntries = MAX_ENTRIES_PER_SCAN): Promise<InboxScan> {
  const entries: InboxEntry[] = [];
  try {
    for await (const nameBytes of namesIn(folder)) {
      if (entries.length >= maxEntries) return { entries, truncated: true };
      const entry = await lookAt(folder, nameBytes);
      if (entry !== undefined) entries.push(entry);
    }
  } catch (error) {
    throw transferErrorOf(error, `listing ${folder}`);
  }
  return { entries, truncated: false };
}

/** Path of an entry as bytes: a name that is not UTF-8 has no string. */
export const entryPath = (folder: string, nameBytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(join(folder, '/')), nameBytes]);

/** Names as bytes and in the order the folder has them, without reading the whole folder into memory. */
async function* namesIn(folder: string): AsyncGenerator<Buffer> {
  // The typing of opendir knows only strings; with this encoding Node gives buffers (tested).
  for await (const { name } of await opendir(folder, { encoding: 'buffer' as BufferEncoding })) {
    yield name as unknown as Buffer;
  }
}

async function lookAt(folder: string, nameBytes: Buffer): Promise<InboxEntry | undefined> {
  try {
    const stats = await lstat(entryPath(folder, nameBytes), { bigint: true });
    const kind = fileKindOf(stats);
    return {
      key: nameBytes.toString('latin1'),
      nameBytes,
      name: judgeFileName(nameBytes),
      identity: identityOf(stats),
      hardLinked: kind === 'file' && stats.nlink > 1n,
      ...(kind === 'file' ? {} : { notAFile: kind }),
    };
  } catch (error) {
    // The sender may rename or delete what waits (XU5, XU6).
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** What kind of thing a look found. */
export function fileKindOf(stats: BigIntStats): NotAFile | 'file' {
  if (stats.isFile()) return 'file';
  if (stats.isSymbolicLink()) return 'symbolic-link';
  if (stats.isDirectory()) return 'directory';
  if (stats.isFIFO()) return 'fifo';
  return stats.isSocket() ? 'socket' : 'device';
}
