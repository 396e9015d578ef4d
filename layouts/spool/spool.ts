import type { LetterFacts } from '#engine/letter.ts';
import type { Currency, Minor } from '#engine/money.ts';

/** The control code has five digits for the job (reference/print.md §2.3). */
export const MAX_JOB_NUMBER = 99_999;

export const jobName = (jobNumber: number): string => `J${String(jobNumber).padStart(4, '0')}`;

/** A finished job, written as `path` (ending in `.tmp`); the caller verifies it and renames it to `fileName`. */
export interface SpoolJob {
  readonly job: string;
  readonly fileName: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly volumes: readonly SpoolVolume[];
  /** In the order of the spool. */
  readonly pieces: readonly SpoolPiece[];
  readonly refused: readonly RefusedPiece[];
  readonly totals: SpoolTotals;
}

/** One PDF of the job. */
export interface SpoolVolume {
  readonly fileName: string;
  readonly envelope: string;
  readonly pieces: number;
  readonly pages: number;
  readonly sheets: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** One envelope. */
export interface SpoolPiece {
  readonly documentId: string;
  readonly number: string;
  /** File name of its volume. */
  readonly volume: string;
  /** 1, 2, 3 … through the whole job; also the piece number of the control codes. */
  readonly sequence: number;
  /** Counted from 1 in the volume. */
  readonly firstPage: number;
  /** Pages in the volume, blank back pages included. */
  readonly pages: number;
  readonly sheets: number;
  readonly envelope: string;
  /** Paper and envelope together. */
  readonly milligrams: number;
  readonly postage: string;
  readonly country: string;
  readonly postcode: string;
  readonly payableAmount: Minor;
  readonly currency: Currency;
  readonly paymentReference?: string;
  /** The digits of each sheet's control mark, first sheet first. */
  readonly controlCodes: readonly string[];
  /** SHA-256 over the letter's own content and background streams: the same letter has the same hash in every job. */
  readonly sha256: string;
  readonly warnings: readonly string[];
}

/** A letter that is in no volume, and why. */
export interface RefusedPiece {
  readonly documentId: string;
  readonly number: string;
  readonly reason: 'too-many-sheets' | 'unprintable';
  /** For people: sheets and limit, or the rules of printability that were broken. */
  readonly explanation: string;
}

export interface SpoolTotals {
  readonly pieces: number;
  readonly pages: number;
  readonly sheets: number;
  readonly milligrams: number;
  readonly payable: readonly { readonly currency: Currency; readonly amount: Minor }[];
}

/** A letter as the ledger knows it. */
export interface ExpectedLetter extends LetterFacts {
  readonly documentId: string;
}

/** A difference between what was to be printed and what the files hold. An empty list releases the job. */
export interface Discrepancy {
  readonly kind:
    | 'archive'
    | 'manifest'
    | 'pdf'
    | 'totals'
    | 'missing-piece'
    | 'unexpected-piece'
    | 'number'
    | 'amount'
    | 'reference'
    | 'pages'
    | 'control-code'
    | 'content-hash';
  readonly documentId?: string;
  /** For people: what was expected and what was found. */
  readonly explanation: string;
}
