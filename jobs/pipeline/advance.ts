import { inTransaction } from '#engine/store/database.ts';
import { loadClientsWaiting } from '#engine/store/documents.ts';
import { loadFilesWithoutReceipt, loadUnsettledFiles, type FileRow } from '#engine/store/files.ts';
import { loadRemotesDue } from '#engine/store/outbound.ts';
import { loadUnreleasedSpools } from '#engine/store/spools.ts';
import type { House } from '../house.ts';
import { listClaims } from '../inbox/list-claims.ts';
import type { JobRunners } from '../queues/job-queues.ts';
import { buildSpool, planSpools } from './build-spool.ts';
import { dispatchFiles } from './dispatch-files.ts';
import { makeEinvoices } from './make-einvoices.ts';
import { releaseOutgoing } from './outgoing.ts';
import { receiveFile } from './receive-file.ts';
import { settleReceivedFile } from './settle-file.ts';
import { writeReceipt } from './write-receipt.ts';

/** What each queue's jobs do; every one may run twice or twice at once. */
export const jobRunners = (house: House): JobRunners => ({
  settle: async ({ file }) => void (await settle(house, BigInt(file))),
  receipt: async ({ file }) => void (await writeReceipt(house, BigInt(file))),
  einvoices: async ({ client }, signal) => void (await makeEinvoices(house, client, signal)),
  spool: async ({ client }) => {
    if (house.config.schedules.spools.kind === 'immediate') await planSpools(house, client);
  },
  cutOff: () => planAllSpools(house),
  build: async ({ jobNumber }) => void (await buildSpool(house, jobNumber)),
  dispatch: ({ remote }, signal) => dispatchFiles(house, remote, signal),
});

async function settle(house: House, id: bigint): Promise<FileRow | null> {
  const file = await inTransaction(house.database, (transaction) => settleReceivedFile(house, transaction, id));
  if (file)
    house.log.info('file.settled', { client: file.client, file: file.number, state: file.state, accepted: file.counts.accepted });
  return file;
}

/**
 * Does everything that waits, by what the tables and folders say and not by what the queues remember: after a crash, for a single
 * command, and now and then beside the queues.
 */
export async function advance(house: House, signal: AbortSignal): Promise<void> {
  const { database } = house;
  for (const claim of await listClaims(house.home)) await receiveFile(house, claim);
  for (const id of await inTransaction(database, loadUnsettledFiles)) await settle(house, id);
  await releaseOutgoing(house);
  for (const id of await inTransaction(database, loadFilesWithoutReceipt)) await writeReceipt(house, id);
  for (const client of await inTransaction(database, (tx) => loadClientsWaiting(tx, 'einvoice'))) {
    await makeEinvoices(house, client, signal);
  }
  if (house.config.schedules.spools.kind === 'immediate') await planAllSpools(house);
  for (const jobNumber of await inTransaction(database, loadUnreleasedSpools)) await buildSpool(house, jobNumber);
  for (const remote of await inTransaction(database, (tx) => loadRemotesDue(tx, house.clock()))) {
    await dispatchFiles(house, remote, signal);
  }
}

async function planAllSpools(house: House): Promise<void> {
  const clients = await inTransaction(house.database, (transaction) => loadClientsWaiting(transaction, 'print'));
  for (const client of clients) await planSpools(house, client);
}
