import { copyFile, mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inTransaction } from '#engine/store/database.ts';
import { loadFile, type FileRow } from '#engine/store/files.ts';
import type { House } from '../house.ts';
import { claimByHand } from '../intake/claim.ts';
import { newClaimId } from '../new-claim-id.ts';
import { advance } from './advance.ts';
import { receiveFile, receiveQuarantined } from './receive-file.ts';

/** Takes a file in as if it had come into the client's inbox, and does all that follows; the file stays where it is. */
export async function takeInByHand(house: House, given: { readonly client: string; readonly path: string }): Promise<FileRow> {
  const claimId = newClaimId(house.clock());
  const folder = join(house.home, 'work', 'by-hand', claimId);
  await mkdir(folder, { recursive: true });
  await copyFile(given.path, join(folder, basename(given.path)));
  const nowMilliseconds = house.clock().getTime();
  const claimed = await claimByHand({ home: house.home, client: given.client, folder, claimId, nowMilliseconds });
  await rm(folder, { recursive: true, force: true });
  const received =
    claimed.kind === 'claimed' ? await receiveFile(house, claimed.claim) : await receiveQuarantined(house, claimed.file);
  const [trouble] = await advance(house, new AbortController().signal);
  if (trouble) throw trouble;
  return inTransaction(house.database, (tx) => loadFile(tx, received.id));
}
