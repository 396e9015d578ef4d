import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction } from '#engine/store/database.ts';
import { loadLateFiles } from '#engine/store/files.ts';
import type { House } from './house.ts';
import { watchInboxes } from './intake/watch.ts';
import { newClaimId } from './new-claim-id.ts';
import { advance, jobRunners } from './pipeline/advance.ts';
import { receiveFile, receiveQuarantined } from './pipeline/receive-file.ts';
import { recoverQuarantined } from './pipeline/recover-quarantined.ts';
import { senders } from '#engine/sender.ts';
import { sweepLeftovers } from './pipeline/sweep-leftovers.ts';
import { pollInboxes } from './intake/remote.ts';

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
