import { access } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { replaceDurably, unlinkIfThere } from '../files/durable-write.ts';
import { errnoOf } from '../files/transfer-error.ts';

const NOTE_MODE = 0o640;

/** Beside the file to send, hidden: it is there from before the file can be seen at the remote until we know that it was. */
export const publishNotePath = (path: string): string => join(dirname(path), `.${basename(path)}.publishing`);

/** Writes down, lasting through a crash, that from now on the receiver may have the file. */
export async function beginPublishing(path: string, place: string): Promise<void> {
  await replaceDurably(publishNotePath(path), `${place}\n`, { mode: NOTE_MODE });
}

export async function wasPublishing(path: string): Promise<boolean> {
  try {
    await access(publishNotePath(path));
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

export async function endPublishing(path: string): Promise<void> {
  await unlinkIfThere(publishNotePath(path));
}
