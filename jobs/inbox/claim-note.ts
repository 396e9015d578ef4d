import { readFile, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceDurably } from '../files/durable-write.ts';
import { errnoOf } from '../files/transfer-error.ts';
import type { ClaimNote } from './claimed-file.ts';
import { claimNotePath } from './claimed-file.ts';
import { quarantineReasons } from './quarantine-reason.ts';

const NOTE_MODE = 0o640;

const noteSchema = z.strictObject({
  name: z.string(),
  identity: z.strictObject({
    device: z.string(),
    inode: z.string(),
    bytes: z.int().nonnegative(),
    modifiedNanoseconds: z.string(),
    changedNanoseconds: z.string(),
  }),
  claimedAtMilliseconds: z.int(),
  reason: z.exactOptional(z.enum(quarantineReasons)),
});

/** Writes what a claim's folder remembers. */
export async function writeClaimNote(folder: string, note: ClaimNote): Promise<void> {
  await replaceDurably(claimNotePath(folder), `${JSON.stringify(note)}\n`, { mode: NOTE_MODE });
}

/** What a claim's folder remembers; undefined when it has none, or none that can be read. */
export async function readClaimNote(folder: string): Promise<ClaimNote | undefined> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(claimNotePath(folder), 'utf8')));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

/** The one received file in a claim's folder; undefined when there is none (a claim cut short) or no folder. */
export async function contentNameIn(folder: string): Promise<string | undefined> {
  try {
    return (await readdir(folder)).find((name) => !name.startsWith('.'));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Tidies the folder of a claim that came to nothing. One that has content stays as it is. */
export async function removeEmptyClaim(folder: string): Promise<void> {
  if ((await contentNameIn(folder)) !== undefined) return;
  try {
    // The note, and what a kill while it was written left behind.
    for (const name of await readdir(folder)) if (name.startsWith('.')) await rm(join(folder, name), { force: true });
    await rmdir(folder);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY'].includes(errnoOf(error) ?? '')) throw error;
  }
}
