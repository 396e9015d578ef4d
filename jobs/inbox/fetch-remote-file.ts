import { lstat, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, syncFolder, temporaryPathBeside, unlinkIfThere, writeWhole } from '../files/durable-write.ts';
import { identityOf } from '../files/file-identity.ts';
import { PRIVATE_FOLDER_MODE, assertFolderNames, homeFolders } from '../files/home-folders.ts';
import { TransferError, errnoOf } from '../files/transfer-error.ts';
import type { RemoteFolder, RemoteStat } from '../sftp/remote-folder.ts';
import type { ClaimedFile } from './claimed-file.ts';
import { promoteClaim } from './promote-claim.ts';

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
export async function fetchRemoteFile(fetching: Fetching): Promise<ClaimedFile | undefined> {
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
