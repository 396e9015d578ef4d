import { basename } from 'node:path';
import { inTransaction } from '#engine/store/database.ts';
import { confirmedWhenSent, type SentFile } from '#engine/sockets/channel.ts';
import { confirmSent } from '#engine/store/documents.ts';
import { lockNextToSend, setSendFailed, setSent, type OutboundRow } from '#engine/store/outbound.ts';
import { OperatingError } from '#engine/operating-error.ts';
import { backOffSeconds, sendFile } from '../outbox/send-file.ts';
import { TransferError } from '../intake/durable.ts';
import { type House, todayOf } from '../house/house.ts';
import { outboxPath, remoteNamed, senderNamed } from '../outbox/outgoing.ts';

/**
 * Sends what waits for a remote, in order, one file a transaction: the row is locked while its bytes travel, so two daemons never send
 * the same file, and what a lost connection left behind is settled by asking the remote on the next attempt.
 */
export async function dispatchFiles(house: House, remote: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const sent = await sendNext(house, remote);
    if (!sent) return;
  }
}

const sendNext = (house: House, name: string): Promise<boolean> =>
  inTransaction(house.database, async (tx) => {
    const row = await lockNextToSend(tx, name, house.clock());
    if (!row) return false;
    try {
      const { sha256, bytes } = row;
      await handOver(house, name, { path: outboxPath(house.home, row.name), name: basename(row.name), sha256, bytes });
      await setSent(tx, row.id, house.clock());
      await confirmSent(tx, { outbound: row.id, on: todayOf(house), channels: confirmedWhenSent(house.config.parts) });
      house.log.info('outbound.sent', { remote: name, name: row.name, bytes: row.bytes });
      return true;
    } catch (error) {
      if (!(error instanceof OperatingError)) throw error;
      await setSendFailed(tx, { id: row.id, error: error.message, nextAttemptAt: nextAttempt(house, row, error) });
      house.log.warn('outbound.failed', { remote: name, name: row.name, attempt: row.attempts + 1, error });
      return false;
    }
  });

/** To the channel that sends its files itself, or to a server. */
async function handOver(house: House, name: string, file: SentFile): Promise<void> {
  const send = senderNamed(house.config, name);
  if (send !== undefined) {
    await send(file);
    return;
  }
  const remote = remoteNamed(house.config, name);
  if (!remote)
    throw new OperatingError({ problem: `Remote ${name} is not configured.`, fix: 'Add it to remotes.yaml.', retry: 'later' });
  await sendFile(remote, { ...file, marker: remote.marker });
}

/** When to try again; null where a person must act first. */
function nextAttempt(house: House, row: OutboundRow, error: OperatingError): Date | null {
  if (error.retry === 'never') return null;
  const reason = error instanceof TransferError ? { reason: error.reason } : {};
  const seconds = backOffSeconds({ attempt: row.attempts + 1, retry: error.retry, jitter: Math.random(), ...reason });
  return new Date(house.clock().getTime() + seconds * 1000);
}
