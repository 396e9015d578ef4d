import type { OperatingTrouble } from '#engine/operating-error.ts';
import { OperatingError } from '#engine/operating-error.ts';

/** Why a file could not be moved, as stable words for metrics, retries and tests. */
export type TransferReason =
  | 'disk-full'
  | 'read-only-file-system'
  | 'input-output-error'
  | 'permission-denied'
  | 'too-many-open-files'
  | 'other-file-system'
  | 'file-system'
  | 'name-taken'
  | 'archive-damaged'
  | 'copy-differs'
  | 'host-key-changed'
  | 'login-refused'
  | 'unreachable'
  | 'deadline'
  | 'connection-lost'
  | 'remote-folder-missing'
  | 'remote-refused'
  | 'remote-size-differs'
  | 'source-changed'
  | 'outcome-unknown'
  | 'key-unusable';

export interface TransferTrouble extends OperatingTrouble {
  readonly reason: TransferReason;
  /** True when somebody must look at it now, even though everything else goes on. */
  readonly alarm: boolean;
}

/** The world failed while a file was on its way; neither the data nor the program is wrong. */
export class TransferError extends OperatingError {
  readonly reason: TransferReason;
  readonly alarm: boolean;

  constructor(trouble: TransferTrouble) {
    super(trouble);
    this.name = 'TransferError';
    this.reason = trouble.reason;
    this.alarm = trouble.alarm;
  }
}

/** The error's errno name, such as `ENOENT`, or undefined for what is no system error. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

type Known = Pick<TransferTrouble, 'reason' | 'retry' | 'alarm' | 'fix'>;
const full: Known = { reason: 'disk-full', retry: 'later', alarm: true, fix: 'Free disk space or raise the quota.' };
const forbidden: Known = {
  reason: 'permission-denied',
  retry: 'later',
  alarm: true,
  fix: 'Check owner, group and mode of the file and its folder.',
};
const tooManyOpen: Known = {
  reason: 'too-many-open-files',
  retry: 'soon',
  alarm: false,
  fix: 'Raise the limit of open files if this is repeated.',
};
const knownErrnos: Readonly<Record<string, Known>> = {
  ENOSPC: full,
  EDQUOT: full,
  EROFS: { reason: 'read-only-file-system', retry: 'later', alarm: true, fix: 'Find out why the disk became read-only.' },
  EIO: { reason: 'input-output-error', retry: 'later', alarm: true, fix: 'Check the disk.' },
  EACCES: forbidden,
  EPERM: forbidden,
  EMFILE: tooManyOpen,
  ENFILE: tooManyOpen,
  EXDEV: {
    reason: 'other-file-system',
    retry: 'never',
    alarm: true,
    fix: 'Put the inbox and the work folder on one file system: a file is taken from its sender by renaming it.',
  },
};
const unknownErrno: Known = { reason: 'file-system', retry: 'soon', alarm: false, fix: 'See the cause if this is repeated.' };

/** Names what the system refused while we were `doing` something, such as `archiving a file`. An operating error passes unchanged. */
export function transferErrorOf(error: unknown, doing: string): OperatingError {
  if (error instanceof OperatingError) return error;
  const known = knownErrnos[errnoOf(error) ?? ''] ?? unknownErrno;
  return new TransferError({ ...known, problem: `Failed ${doing}: ${describe(error)}.`, cause: error });
}

/** Without the paths a system error's own message has: they may hold a sender's raw file name, and differ each time. */
function describe(error: unknown): string {
  const errno = errnoOf(error);
  if (errno === undefined) return error instanceof Error ? error.message : String(error);
  const call = error instanceof Error && 'syscall' in error ? ` in ${String(error.syscall)}` : '';
  return `${errno}${call}`;
}
