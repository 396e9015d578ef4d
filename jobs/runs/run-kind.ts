import type { Agreement } from '#engine/agreement.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import type { Tx } from '#engine/store/database.ts';
import type { Ledger } from '#engine/store/ledger.ts';
import type { RunKindName, RunOutcome } from '#engine/store/runs.ts';
import type { House } from '../house/house.ts';
import type { PlannedStep } from '#engine/claims/plan-demands.ts';

/**
 * One kind of run. The framework (execute-run.ts) sees to everything that kinds have in common: the one row per client and date, the gate,
 * missed dates, the transaction, the audit. A kind only plans and applies. Registered in execute-run.ts.
 */
export interface RunKind {
  readonly kind: RunKindName;
  /** One line for `--help` and lists. */
  readonly title: string;
  /** Has it anything to do for a client under this agreement? */
  readonly concerns: (agreement: Agreement) => boolean;
  /**
   * `each-date`: a missed business date is made up for as it would have been, in order; `latest`: what was missed is part of the next run
   * anyway, as with payouts.
   */
  readonly catchUp: 'each-date' | 'latest';
  /** What it would do, for `--dry-run`: nothing is written, neither rows nor files. */
  readonly plan: (house: House, tx: Tx, request: PlanRequest) => Promise<RunPreview>;
  /**
   * Does it, in the framework's transaction, whose run rows are begun. Gives an outcome for each run of the request, in order; the
   * framework stores them. Jobs are sent by `house.queues` in the transaction; files are staged and get their names after the commit.
   */
  readonly apply: (house: House, tx: Tx, request: RunRequest) => Promise<readonly RunOutcome[]>;
}

export interface PlanRequest {
  readonly client: string;
  readonly businessDate: IsoDate;
  /** The day it is in the bureau's time zone: letters cannot be in the post earlier. */
  readonly today: IsoDate;
}

export interface RunRequest {
  readonly client: string;
  readonly today: IsoDate;
  /** In order of business date: those missed and the one asked for. */
  readonly runs: readonly BegunRun[];
  readonly who: string;
}

export interface BegunRun {
  readonly id: bigint;
  readonly businessDate: IsoDate;
}

/** A plan to be shown: rows under titles, and the same as data. */
export interface RunPreview extends RunOutcome {
  /** A line per step: whom or what it concerns, what is done, why. */
  readonly lines: readonly PreviewLine[];
}

export interface PreviewLine {
  readonly subject: string;
  readonly what: string;
  /** As decimal text with two decimals; empty where no money is claimed or moved. */
  readonly amount: string;
  readonly because: string;
}

/** What all that takes steps works on. */
export interface Applied {
  readonly house: House;
  readonly tx: Tx;
  readonly ledger: Ledger;
  readonly client: string;
  readonly today: RunRequest['today'];
  readonly at: Date;
  readonly steps: readonly RunStep[];
}

/** A step with the run that takes it. */
export interface RunStep extends PlannedStep {
  readonly run: BegunRun;
}
