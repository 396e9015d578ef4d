import { setTimeout as sleep } from 'node:timers/promises';
import type { RemoteInbox } from '#config/house-config.ts';
import { OperatingError } from '#engine/operating-error.ts';
import { inTransaction } from '#engine/store/database.ts';
import { takeTurn } from '#engine/store/turns.ts';
import type { House } from './house.ts';
import { pollRemoteInbox, type RemoteLooks } from './inbox/poll-remote-inbox.ts';
import { newClaimId } from './new-claim-id.ts';
import { receiveFile } from './pipeline/receive-file.ts';

const MILLISECONDS_PER_SECOND = 1000;

/** Fetches what clients leave on servers of their own, until the signal comes; each server has its own loop. */
export async function pollInboxes(house: House, signal: AbortSignal): Promise<void> {
  await Promise.all(house.config.remotes.inboxes.map((inbox) => pollInbox(house, inbox, signal)));
}

async function pollInbox(house: House, inbox: RemoteInbox, signal: AbortSignal): Promise<void> {
  let looks: RemoteLooks = new Map();
  while (!signal.aborted) {
    try {
      looks = await visit(house, inbox, looks);
    } catch (error) {
      if (!(error instanceof OperatingError)) throw error;
      house.log.error('remote-inbox.trouble', { client: inbox.client, host: inbox.host, error });
    }
    await sleep(inbox.intervalSeconds * MILLISECONDS_PER_SECOND, undefined, { signal }).catch(() => undefined);
  }
}

/** One visit, unless another daemon is there: its visits would overlap with ours. */
const visit = (house: House, inbox: RemoteInbox, looks: RemoteLooks): Promise<RemoteLooks> =>
  inTransaction(house.database, async (tx) => {
    if (!(await takeTurn(tx, `remote-inbox:${inbox.client}:${inbox.host}:${inbox.folder}`))) return looks;
    return pollRemoteInbox(
      {
        home: house.home,
        client: inbox.client,
        place: inbox,
        environment: process.env,
        newClaimId: () => newClaimId(house.clock()),
        wallMilliseconds: () => house.clock().getTime(),
        maxFileBytes: house.config.limits.maxFileBytes,
        onClaim: async (claim) => void (await receiveFile(house, claim)),
        onRefused: async ({ escapedName, why }) =>
          house.log.warn('remote-inbox.refused', { client: inbox.client, name: escapedName, why }),
      },
      looks,
    );
  });
