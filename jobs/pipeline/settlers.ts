import type { FileRow } from '#engine/store/files.ts';
import type { Tx } from '#engine/store/database.ts';
import type { House } from '../house.ts';

/** A received file with its bytes, under the lock of its row. */
export interface FileToSettle {
  readonly file: FileRow;
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

/**
 * Reads one kind of file and does all that follows from it, in the transaction of its row: all of it or nothing. Findings are stored
 * by the settler. `held`: something was not done, and the findings say what a person must look at; tried again, the settler does only that.
 */
export type Settler = (house: House, tx: Tx, received: FileToSettle) => Promise<'booked' | 'rejected' | 'held'>;
