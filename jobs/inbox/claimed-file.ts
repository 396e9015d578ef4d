import { join } from 'node:path';
import type { FileIdentity } from '../files/file-identity.ts';
import type { QuarantineReason } from './quarantine-reason.ts';

/** A received file in our hands: at rest, out of its sender's reach, not yet read. Plain JSON, so it can be stored. */
export interface ClaimedFile {
  readonly client: string;
  readonly claimId: string;
  /** The sender's name for it, safe to use as a file name (see `judgeFileName`). */
  readonly name: string;
  /** Absolute path of the bytes. */
  readonly path: string;
  /** What the bytes were when they were found at rest; whoever reads them compares before and after (`archiveFile`). */
  readonly identity: FileIdentity;
  /** Wall clock of the daemon that claimed it. */
  readonly claimedAtMilliseconds: number;
}

/** What a claim's folder remembers beside the bytes, so that nothing depends on the memory of the daemon that made the claim. */
export interface ClaimNote {
  readonly name: string;
  readonly identity: FileIdentity;
  readonly claimedAtMilliseconds: number;
  /** Known from the start to be unfit for reading: the claim is on its way to quarantine. */
  readonly reason?: QuarantineReason;
}

/** Inside a claim's folder; senders' names never start with a dot. */
export const CLAIM_NOTE_NAME = '.claim.json';
export const claimNotePath = (claimFolder: string): string => join(claimFolder, CLAIM_NOTE_NAME);
