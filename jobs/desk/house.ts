import { resolve } from 'node:path';
import { checkClientFile, loadConfig } from '#config/load-config.ts';
import type { ConfigProblem } from '#config/config-problem.ts';
import {
  loadOutstandingJobs,
  type DispatchCount,
  loadMoneyStatus,
  type MoneyStatus,
  loadQueueDepths,
  type QueueDepth,
  loadStatus,
  type HouseStatus,
} from '#engine/store/status.ts';
import { loadMigrations } from '#engine/store/migrate.ts';
import { jobName } from '#layouts/spool/spool.ts';
import { runDaemon } from '../daemon.ts';
import { runDemo, type DemoResult } from '../demo/run-demo.ts';
import { withHouse } from '../house/prepare.ts';
import { queueNames } from '../queues/job-queues.ts';
import { loadAllMissing, type MissingRun } from '../runs/execute-run.ts';
import { verifyHouse, type Verdict } from '../verify/verify-house.ts';
import { houseAt, read, type ActingDesk, type Desk, type Place } from './desk.ts';

export type { Verdict };

const MILLISECONDS_PER_DAY = 86_400_000;

/** Files, outbox and money, and what waits for whom. */
export interface WholeStatus extends HouseStatus {
  readonly dispatch: readonly DispatchCount[];
  readonly money: MoneyStatus;
  readonly missingRuns: readonly MissingRun[];
  /** Of the whole house: jobs are no client's. Empty where one client asks. */
  readonly queues: readonly QueueDepth[];
}

/** How the house stands, or one client's affairs in it. */
export function status(desk: Desk): Promise<WholeStatus> {
  const { house, scope } = desk;
  const overdueBefore = new Date(house.clock().getTime() - house.config.limits.dispatchAlarmDays * MILLISECONDS_PER_DAY);
  return read(desk, async (tx) => ({
    ...(await loadStatus(tx, scope)),
    dispatch: await loadOutstandingJobs(tx, { scope, overdueBefore }),
    money: await loadMoneyStatus(tx, scope),
    missingRuns: await loadAllMissing(house, tx, scope),
    queues: scope === 'bureau' ? await loadQueueDepths(tx, queueNames) : [],
  }));
}

/** The name of a print job in files and to people. */
export const spoolName = (jobNumber: number): string => jobName(jobNumber);

/** Asks every invariant of ledger, files and documents, one after another; `onVerdict` hears of each as it is known. */
export const verify = ({ house }: Desk<'bureau'>, onVerdict: (verdict: Verdict) => void): Promise<readonly Verdict[]> =>
  verifyHouse(house, onVerdict);

/** Names of the migrations that the database has run, after the desk was opened to act: all there are. */
export const migrations = (desk: ActingDesk<'bureau'>): Promise<readonly string[]> => read(desk, loadMigrations);

/** Problems of the whole configuration, or of one client's file before it is put in place; none: it is in order. */
export async function checkConfig(
  place: Place,
  file: string | undefined,
): Promise<{ readonly checked: string; readonly problems: readonly ConfigProblem[] }> {
  await using options = houseAt(place);
  const { configFolder, parts } = options;
  return file === undefined
    ? { checked: configFolder, problems: (await loadConfig(configFolder, parts)).problems }
    : { checked: file, problems: await checkClientFile(resolve(file), configFolder, parts) };
}

/** Keeps the house until the signal comes: watches the inboxes and works the queues. */
export async function keepHouse(place: Place, signal: AbortSignal, { terminal }: { readonly terminal: boolean }): Promise<void> {
  await using options = houseAt(place, { working: true, terminal });
  await withHouse(options, (house) => runDaemon(house, signal));
}

/** What the demo did, and in which home. */
export interface DemoShown extends Omit<DemoResult, 'world'> {
  readonly home: string;
  readonly folderOf: DemoResult['world']['folderOf'];
}

/** Runs the main job once with fictional data; `tell` hears of each thing that happens. */
export async function demo(place: Place, tell: (line: string) => void): Promise<DemoShown> {
  await using options = houseAt(place);
  const { world, ...result } = await runDemo(options, tell);
  return { ...result, home: options.home, folderOf: world.folderOf };
}
