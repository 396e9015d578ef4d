import { inTransaction } from '#engine/store/database.ts';
import { loadWaitingChannels } from '#engine/store/documents.ts';
import { loadFilesWithoutReceipt, loadUnsettledFiles, setTrouble, type FileRow } from '#engine/store/files.ts';
import { loadRemotesDue } from '#engine/store/outbound.ts';
import { loadJoinedFiles } from '#engine/store/payments/bank-blocks.ts';
import { loadUnreleasedSpools } from '#engine/store/spools.ts';
import { spooledChannels } from '#engine/sockets/channel.ts';
import type { House } from '../house/house.ts';
import { listClaims } from '../intake/folders.ts';
import type { JobRunners } from '../queues/job-queues.ts';
import { buildSpool, planSpools } from './build-spool.ts';
import { dispatchFiles } from './dispatch-files.ts';
import { makeDocuments } from './make-documents.ts';
import { releaseOutgoing } from '../outbox/outgoing.ts';
import { sendPayouts } from '../payout/send-payouts.ts';
import { runOnSchedule } from '../runs/execute-run.ts';
import { receiveFile } from './receive-file.ts';
import { settleReceivedFile } from './settle-file.ts';
import { writeReceipt } from './write-receipt.ts';

/** What each queue's jobs do; every one may run twice or twice at once. */
export const jobRunners = (house: House): JobRunners => ({
  settle: async ({ file }) => void (await settle(house, BigInt(file))),
  receipt: ({ file }) => writeReceipt(house, BigInt(file)),
  make: (queue, signal) => makeDocuments(house, queue, signal),
  cutOff: () => planAllSpools(house),
  build: async ({ jobNumber }) => void (await buildSpool(house, jobNumber)),
  dispatch: ({ remote }, signal) => dispatchFiles(house, remote, signal),
  run: ({ kind }, signal) => runOnSchedule(house, kind, signal),
});

async function settle(house: House, id: bigint, state: 'archived' | 'held' = 'archived'): Promise<FileRow | null> {
  const file = await inTransaction(house.database, (tx) => settleReceivedFile(house, tx, id, { state })).catch(
    async (error: unknown) => {
      // Its own transaction is gone; without this nobody would see that the file is stuck.
      await inTransaction(house.database, (tx) => setTrouble(tx, id, error instanceof Error ? error.message : String(error)));
      throw error;
    },
  );
  if (file)
    house.log.info('file.settled', { client: file.client, file: file.number, state: file.state, accepted: file.counts.accepted });
  return file;
}

/**
 * Does everything that waits, by what the tables and folders say and not by what the queues remember: after a crash, for a single
 * command, and now and then beside the queues. What fails is logged and left for the next time, so that one file or job that cannot
 * be done never holds up the others; the troubles come back for whoever asked.
 */
export async function advance(house: House, signal: AbortSignal): Promise<readonly Error[]> {
  const { database } = house;
  const troubles: Error[] = [];
  const each = <T>(step: string, things: readonly T[], work: (thing: T) => Promise<unknown>): Promise<void> =>
    doEach(house, { step, things, work, troubles, signal });
  await each('receive', await listClaims(house.home), (claim) => receiveFile(house, claim));
  await each('settle', await inTransaction(database, loadUnsettledFiles), (id) => settle(house, id));
  await each('pay', ['payouts'], () => sendPayouts(house));
  await settleJoined(house, each);
  await each('release', ['outgoing'], () => releaseOutgoing(house));
  await each('receipt', await inTransaction(database, loadFilesWithoutReceipt), (id) => writeReceipt(house, id));
  const waiting = await inTransaction(database, loadWaitingChannels);
  await each('make', waiting, (queue) => makeDocuments(house, queue, signal));
  await each('build', await inTransaction(database, loadUnreleasedSpools), (jobNumber) => buildSpool(house, jobNumber));
  const remotes = await inTransaction(database, (tx) => loadRemotesDue(tx, house.clock()));
  await each('dispatch', remotes, (remote) => dispatchFiles(house, remote, signal));
  return troubles;
}

/** Statements that waited for the one before them, each of which may be what the next waits for. */
async function settleJoined(
  house: House,
  each: (step: string, things: readonly bigint[], work: (id: bigint) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const tried = new Set<bigint>();
  for (;;) {
    const joined = (await inTransaction(house.database, loadJoinedFiles)).filter((id) => !tried.has(id));
    if (joined.length === 0) return;
    for (const id of joined) tried.add(id);
    await each('settle', joined, (id) => settle(house, id, 'held'));
  }
}

interface Step<T> {
  readonly step: string;
  readonly things: readonly T[];
  readonly work: (thing: T) => Promise<unknown>;
  readonly troubles: Error[];
  readonly signal: AbortSignal;
}

async function doEach<T>(house: House, { step, things, work, troubles, signal }: Step<T>): Promise<void> {
  for (const thing of things) {
    if (signal.aborted) return;
    try {
      await work(thing);
    } catch (error) {
      const trouble = error instanceof Error ? error : new Error(String(error));
      house.log.error('step.failed', { step, of: typeof thing === 'object' ? undefined : String(thing), error: trouble });
      troubles.push(trouble);
    }
  }
}

async function planAllSpools(house: House): Promise<void> {
  const spooled = spooledChannels(house.config.parts);
  const waiting = await inTransaction(house.database, loadWaitingChannels);
  const clients = new Set(waiting.flatMap(({ client, channel }) => (spooled.includes(channel) ? [client] : [])));
  for (const client of clients) await planSpools(house, client);
}
