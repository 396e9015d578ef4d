import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inTransaction } from '#engine/store/database.ts';
import { loadUnreleasedSpools } from '#engine/store/spools.ts';
import { sweepTemporary, errnoOf } from '../intake/durable.ts';
import { homeFolders } from '../intake/folders.ts';
import type { House } from '../house.ts';
import { spoolWorkName, spoolWorkFolder } from './build-spool.ts';
import { stagingFolder } from './outgoing.ts';

/** No single write takes so long, so a temporary file of this age belongs to a program that was killed, not to another daemon. */
const ABANDONED_MILLISECONDS = 60 * 60_000;

/** Removes what killed programs left in the work folder and the archive: temporary files, and half-made print jobs that were made anew. */
export async function sweepLeftovers(house: House): Promise<void> {
  // The age of a file on this machine, which has nothing to do with the business clock.
  const age = { nowMilliseconds: Date.now(), olderThanMilliseconds: ABANDONED_MILLISECONDS };
  for (const folder of [stagingFolder(house.home), homeFolders(house.home).archive]) {
    await sweepTemporary(folder, age).catch(ifMissing);
  }
  const made = (await readdir(spoolWorkFolder(house.home)).catch(ifMissing)) ?? [];
  if (made.length === 0) return;
  // Asked after the look: a job planned since has its folder still to be made.
  const wanted = new Set((await inTransaction(house.database, loadUnreleasedSpools)).map(spoolWorkName));
  for (const name of made) {
    if (!wanted.has(name)) await rm(join(spoolWorkFolder(house.home), name), { recursive: true, force: true });
  }
}

function ifMissing(error: unknown): undefined {
  if (errnoOf(error) !== 'ENOENT') throw error;
}
