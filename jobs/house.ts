import type { HouseConfig } from '#config/house-config.ts';
import type { Database } from '#engine/store/database.ts';
import type { Log } from './house/log.ts';
import type { JobQueues } from './queues/job-queues.ts';

/** Everything a pipeline step may touch. The clock is a parameter: a fixed one makes a run repeatable to the byte. */
export interface House {
  /** The bureau's home folder: inbox, work, archive, outbox, quarantine, postgres, log. */
  readonly home: string;
  readonly config: HouseConfig;
  readonly database: Database;
  readonly queues: JobQueues;
  readonly log: Log;
  readonly clock: () => Date;
}
