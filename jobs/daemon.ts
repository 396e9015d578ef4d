import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction } from '#engine/store/database.ts';
import { loadLateFiles, loadUnknownClaims } from '#engine/store/files.ts';
import type { House } from './house/house.ts';
import { watchInboxes } from './intake/watch.ts';
import { newClaimId } from './new-claim-id.ts';
import { advance, jobRunners } from './pipeline/advance.ts';
import { receiveFile, receiveQuarantined } from './pipeline/receive-file.ts';
import { senders } from '#engine/sender.ts';
import { pollInboxes } from './intake/remote.ts';
import { readdir, rm } from 'node:fs/promises';
import { loadUnreleasedSpools } from '#engine/store/spools.ts';
import { sweepTemporary, errnoOf } from './intake/durable.ts';
import { homeFolders } from './intake/folders.ts';
import { spoolWorkName, spoolWorkFolder } from './pipeline/build-spool.ts';
import { stagingFolder } from './outbox/outgoing.ts';
import { listQuarantined } from './intake/quarantine.ts';

const MILLISECONDS_PER_SECOND = 1000;
const MILLISECONDS_PER_MINUTE = 60_000;

/**
 * Watches the inboxes and works the queues until the signal comes. Any number may run on one home: a file is claimed by a rename and a
 * row by its lock.
 */
export async function runDaemon(house: House, signal: AbortSignal): Promise<void> {
  house.log.info('daemon.started', { home: house.home, clients: [...house.config.clients.keys()] });
  await recoverQuarantined(house);
  await advance(house, signal);
  await sweepLeftovers(house);
  await house.queues.work(jobRunners(house));
  await house.queues.scheduleCutOffs(cutOffTimes(house), house.config.bureau.timeZone);
  await house.queues.scheduleRuns(house.config.schedules.runs, house.config.bureau.timeZone);
  await Promise.all([watch(house, signal), pollInboxes(house, signal), sweep(house, signal)]);
  house.log.info('daemon.stopped');
}

const cutOffTimes = ({ config }: House): readonly string[] =>
  config.schedules.spools.kind === 'cut-off' ? config.schedules.spools.times : [];

async function watch(house: House, signal: AbortSignal): Promise<void> {
  const { limits, schedules } = house.config;
  await watchInboxes({
    home: house.home,
    inboxes: [...house.config.clients.keys(), ...senders].map((client) => ({
      client,
      folder: join(house.home, 'inbox', client),
    })),
    clock: { wallMilliseconds: () => house.clock().getTime(), steadyMilliseconds: () => performance.now() },
    settleMilliseconds: limits.stabilitySeconds * MILLISECONDS_PER_SECOND,
    alarmMilliseconds: limits.unstableAlarmMinutes * MILLISECONDS_PER_MINUTE,
    scanEveryMilliseconds: schedules.inboxScanSeconds * MILLISECONDS_PER_SECOND,
    newClaimId: () => newClaimId(house.clock()),
    signal,
    onClaim: async (claim) => void (await receiveFile(house, claim)),
    onQuarantine: async (put) => void (await receiveQuarantined(house, put)),
    onNotice: async (notice) => {
      const name = 'escapedName' in notice ? notice.escapedName : undefined;
      house.log.warn('inbox.notice', { client: notice.inbox.client, kind: notice.kind, name });
    },
    onStuck: async (stuck) =>
      house.log.error('inbox.stuck', { client: stuck.inbox.client, name: stuck.escapedName, bytes: stuck.bytes }),
    onError: async (error, inbox) => house.log.error('inbox.trouble', { client: inbox.client, error }),
  });
}

async function sweep(house: House, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(house.config.schedules.sweepSeconds * MILLISECONDS_PER_SECOND, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      await advance(house, signal);
      await alarmLateReceipts(house);
      await sweepLeftovers(house);
    } catch (error) {
      house.log.error('sweep.failed', { error: error instanceof Error ? error : new Error(String(error)) });
    }
  }
}

/** A file must have its receipt in time, whatever holds it up (F11). */
async function alarmLateReceipts(house: House): Promise<void> {
  const { receiptAlarmMinutes } = house.config.limits;
  const before = new Date(house.clock().getTime() - receiptAlarmMinutes * MILLISECONDS_PER_MINUTE);
  for (const file of await inTransaction(house.database, (tx) => loadLateFiles(tx, before))) {
    house.log.error('receipt.late', { client: file.client, file: file.number, name: file.name });
  }
}

/** No single write takes so long, so a temporary file of this age belongs to a program that was killed, not to another daemon. */
const ABANDONED_MILLISECONDS = 60 * 60_000;

/** Removes what killed programs left in the work folder and the archive: temporary files, and half-made print jobs that were made anew. */
export async function sweepLeftovers(house: House): Promise<void> {
  // The age of a file on this machine, which has nothing to do with the business clock.
  const age = { nowMilliseconds: Date.now(), olderThanMilliseconds: ABANDONED_MILLISECONDS };
  for (const folder of [stagingFolder(house.home), homeFolders(house.home).archive]) {
    await sweepTemporary(folder, age).catch(ifMissing);
  }
  const made = (await readdir(spoolWorkFolder(house.home)).catch(ifMissing)) ?? [];
  if (made.length === 0) return;
  // Asked after the look: a job planned since has its folder still to be made.
  const wanted = new Set((await inTransaction(house.database, loadUnreleasedSpools)).map(spoolWorkName));
  for (const name of made) {
    if (!wanted.has(name)) await rm(join(spoolWorkFolder(house.home), name), { recursive: true, force: true });
  }
}

function ifMissing(error: unknown): undefined {
  if (errnoOf(error) !== 'ENOENT') throw error;
}

/** Registers what was put into the quarantine just before a daemon died: its sender has no receipt yet. */
export async function recoverQuarantined(house: House): Promise<void> {
  const lying = (await listQuarantined(house.home)).filter(({ client }) => house.config.clients.has(client));
  const claims = lying.map(({ claimId }) => claimId);
  const unknown = new Set(await inTransaction(house.database, (tx) => loadUnknownClaims(tx, claims)));
  for (const put of lying) if (unknown.has(put.claimId)) await receiveQuarantined(house, put);
}
