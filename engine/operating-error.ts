/** When it is worth trying again: soon by itself, later by itself, or never before somebody has done something. */
export type Retry = 'soon' | 'later' | 'never';

export interface OperatingTrouble {
  /** What went wrong, in one sentence an operator understands. */
  readonly problem: string;
  /** What to do about it. */
  readonly fix: string;
  readonly retry: Retry;
  readonly cause?: unknown;
}

/** The world failed: disk, network, database, permission. Wrong data is a Finding and our own mistakes are assertions; this is neither. */
export class OperatingError extends Error {
  readonly fix: string;
  readonly retry: Retry;

  constructor({ problem, fix, retry, cause }: OperatingTrouble) {
    super(`${problem} ${fix}`, { cause });
    this.name = 'OperatingError';
    this.fix = fix;
    this.retry = retry;
  }
}
