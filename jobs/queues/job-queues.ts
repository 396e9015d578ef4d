import { PgBoss, type Job } from 'pg-boss';
import type { Tx } from '#engine/store/database.ts';
import type { RunKindName } from '#engine/store/runs.ts';
import type { Log, LogFields } from '../house/log.ts';

/** A step of the work: what a job in its queue carries, and how many of them one daemon works at once. */
interface Step<Payload> {
  readonly atOnce: number;
  readonly payload?: Payload;
}

const step = <Payload extends object>(atOnce: number): Step<Payload> => ({ atOnce });

/**
 * The steps, in the order in which a document passes them: an entry here, and its runner (`jobRunners`), is a new one. Several of a kind at
 * once, since a large file of one client must not hold up a small one of another.
 */
const steps = {
  /** Read, check and book a received file. */
  settle: step<{ readonly file: string }>(3),
  /** Write the receipt of a settled file. */
  receipt: step<{ readonly file: string }>(1),
  /** Make a client's waiting documents of a channel: a file of each, or a print job of them all. */
  make: step<{ readonly client: string; readonly channel: string }>(2),
  /** At a cut-off time: gather the waiting letters of every client. */
  cutOff: step<Readonly<Record<string, never>>>(1),
  /** Build, check and release a print job. */
  build: step<{ readonly jobNumber: number }>(1),
  /** Send what waits for a remote. */
  dispatch: step<{ readonly remote: string }>(3),
  /** At the run's time of day, or a while after the gate was found shut: make today's run of every client, and what was missed. */
  run: step<{ readonly kind: RunKindName }>(1),
};

export type QueueName = keyof typeof steps;
export type JobPayloads = { readonly [Q in QueueName]: NonNullable<(typeof steps)[Q]['payload']> };
export const queueNames = Object.keys(steps) as readonly QueueName[];

export type JobRunners = { readonly [Q in QueueName]: (payload: JobPayloads[Q], signal: AbortSignal) => Promise<void> };

/**
 * pg-boss as Kuvert uses it: a job is sent in the transaction that makes it necessary, and may run twice or twice at once, because
 * each step takes its row by lock and finds what is already done. A lost job is no loss either: the sweep finds the row.
 */
export interface JobQueues {
  readonly send: <Q extends QueueName>(
    tx: Tx,
    queue: Q,
    payload: JobPayloads[Q],
    options?: { readonly afterSeconds: number },
  ) => Promise<void>;
  /** Makes the cut-off times of day the only ones; a time missed while no daemon ran is made up for once. */
  readonly scheduleCutOffs: (times: readonly string[], timeZone: string) => Promise<void>;
  /** The same for runs: each kind at its time of day; kinds without a time are never started. */
  readonly scheduleRuns: (times: Readonly<Partial<Record<RunKindName, string>>>, timeZone: string) => Promise<void>;
  readonly work: (runners: JobRunners) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const QUEUE_SCHEMA = 'pgboss';
const CONNECTIONS = 6;
const POLL_SECONDS = 2;
/** A worker that is silent for so long is given up, and its job goes to another. */
const HEARTBEAT_SECONDS = 60;
const EXPIRE_SECONDS = 4 * 60 * 60;
const RETRIES = 5;
const RETRY_DELAY_SECONDS = 2;
const RETRY_DELAY_MAX_SECONDS = 300;
const KEEP_SECONDS = 14 * 24 * 60 * 60;
const STOP_MILLISECONDS = 25_000;

/** Opens the queues; `working` starts the maintenance that a daemon does and a single command does not. */
export async function openJobQueues(url: string, log: Log, { working }: { readonly working: boolean }): Promise<JobQueues> {
  const boss = new PgBoss({
    connectionString: url,
    schema: QUEUE_SCHEMA,
    application_name: 'kuvert queues',
    max: CONNECTIONS,
    supervise: working,
    schedule: working,
    useListenNotify: working,
  });
  boss.on('error', (trouble: unknown) => log.error('queues.trouble', troubleFields(trouble)));
  await boss.start();
  for (const queue of queueNames) {
    const settings = {
      retryLimit: RETRIES,
      retryDelay: RETRY_DELAY_SECONDS,
      retryBackoff: true,
      retryDelayMax: RETRY_DELAY_MAX_SECONDS,
      expireInSeconds: EXPIRE_SECONDS,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      deleteAfterSeconds: KEEP_SECONDS,
      notify: true,
    };
    await boss.createQueue(queue, settings);
  }
  return {
    send: async (tx, queue, payload, options) => {
      const db = { executeSql: (text: string, values?: unknown[]) => tx.query(text, values) };
      await boss.send(queue, payload, { db, ...(options ? { startAfter: options.afterSeconds } : {}) });
    },
    work: async (runners) => {
      for (const queue of queueNames) await workQueue(boss, queue, runners, log);
    },
    scheduleCutOffs: async (times, timeZone) => {
      const kept = new Set(times.map(scheduleKey));
      for (const { key } of await boss.getSchedules('cutOff')) if (!kept.has(key)) await boss.unschedule('cutOff', key);
      for (const time of times) {
        const [hour, minute] = time.split(':');
        await boss.schedule('cutOff', `${minute} ${hour} * * *`, {}, { tz: timeZone, key: scheduleKey(time), missed: 'once' });
      }
    },
    scheduleRuns: async (times, timeZone) => {
      for (const { key } of await boss.getSchedules('run')) if (!Object.hasOwn(times, key)) await boss.unschedule('run', key);
      for (const [kind, time] of Object.entries(times)) {
        const [hour, minute] = time.split(':');
        await boss.schedule('run', `${minute} ${hour} * * *`, { kind }, { tz: timeZone, key: kind, missed: 'once' });
      }
    },
    stop: () => boss.stop({ graceful: working, timeout: STOP_MILLISECONDS }),
  };
}

/** A key of a schedule holds no colon: `14:30` → `14.30`. */
const scheduleKey = (time: string): string => time.replace(':', '.');

/** What pg-boss tells of a failed fetch is no Error but a plain object with its message and the queue's name. */
function troubleFields(trouble: unknown): LogFields {
  if (trouble instanceof Error) return { error: trouble };
  const { message, queue } = trouble as { readonly message?: unknown; readonly queue?: unknown };
  return { error: String(message ?? trouble), ...(typeof queue === 'string' ? { queue } : {}) };
}

async function workQueue<Q extends QueueName>(boss: PgBoss, queue: Q, runners: JobRunners, log: Log): Promise<void> {
  const run = async ([job]: Job<JobPayloads[Q]>[]): Promise<void> => {
    if (!job) return;
    try {
      await runners[queue](job.data, job.signal);
    } catch (error) {
      log.error('job.failed', { queue, job: job.id, error: error instanceof Error ? error : new Error(String(error)) });
      throw error;
    }
  };
  // A notice comes when a job is sent, not when a delayed one or one to be tried again falls due: these are found by asking, and
  // pg-boss would ask every 30 seconds only while notices come.
  const pace = {
    pollingIntervalSeconds: POLL_SECONDS,
    notifyPollingIntervalSeconds: POLL_SECONDS,
    localConcurrency: steps[queue].atOnce,
  };
  await boss.work<JobPayloads[Q]>(queue, pace, run);
}
