import type { HouseConfig } from '#config/house-config.ts';
import type { Database } from '#engine/store/database.ts';
import type { Log } from './house/log.ts';
import type { JobQueues } from './queues/job-queues.ts';

/** A home as a question sees it: everything can be looked at, and the database itself refuses to change anything. */
export interface OpenHome {
  /** The bureau's home folder: inbox, work, archive, outbox, quarantine, postgres, log. */
  readonly home: string;
  readonly config: HouseConfig;
  readonly database: Database;
  readonly log: Log;
  /** A parameter: a fixed clock makes a run repeatable to the byte. */
  readonly clock: () => Date;
}

/** Everything a pipeline step may touch. */
export interface House extends OpenHome {
  readonly queues: JobQueues;
}
