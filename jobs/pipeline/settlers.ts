import type { Tx } from '#engine/store/database.ts';
import type { FileRow } from '#engine/store/files.ts';
import type { ReportReader } from '#engine/sockets/format.ts';
import type { House } from '../house/house.ts';

/** A received file with its bytes, under the lock of its row. */
export interface FileToSettle {
  readonly file: FileRow;
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

/** How a kind of report is read, whatever its format. */
export type ReadOf<Of extends ReportReader['of']> = Extract<ReportReader, { readonly of: Of }>['read'];

/**
 * Takes in one kind of report and does all that follows from it, in the transaction of its row: all of it or nothing. Findings are stored
 * by the settler. `held`: something was not done, and the findings say what a person must look at; tried again, the settler does only that.
 */
export type Settler<Of extends ReportReader['of']> = (
  house: House,
  tx: Tx,
  received: FileToSettle & { readonly read: ReadOf<Of> },
) => Promise<'booked' | 'rejected' | 'held'>;
