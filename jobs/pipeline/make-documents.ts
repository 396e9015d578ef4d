import type { Invoice } from '#engine/invoice.ts';
import { channelOf, type DocumentMaker } from '#engine/sockets/channel.ts';
import { inTransaction, type Tx } from '#engine/store/database.ts';
import {
  loadLedgerFacts,
  lockWaitingDocuments,
  releaseDocuments,
  type ChannelQueue,
  type LedgerFacts,
  type WaitingDocument,
} from '#engine/store/documents.ts';
import { type House, todayOf } from '../house/house.ts';
import { planSpools } from './build-spool.ts';
import { releaseOutgoing, stageOutgoing, channelRemote } from '../outbox/outgoing.ts';

/** Documents written and released by one transaction. */
const CHUNK_DOCUMENTS = 100;

/** A client that sends many small files gets one print job of them, not one each. */
const GATHER_SECONDS = 5;

/** Has documents made that were just booked, each by its channel. */
export async function enqueueMaking(
  house: House,
  tx: Tx,
  { client, channels }: { readonly client: string; readonly channels: Iterable<string> },
): Promise<void> {
  for (const channel of new Set(channels)) {
    const gathered = channelOf(house.config.parts, channel).make === 'spool';
    await house.queues.send(tx, 'make', { client, channel }, ...(gathered ? [{ afterSeconds: GATHER_SECONDS }] : []));
  }
}

/** Makes a client's waiting documents of a channel. Those of print jobs wait for the cut-off time, where there is one. */
export async function makeDocuments(house: House, queue: ChannelQueue, signal: AbortSignal): Promise<void> {
  const { make } = channelOf(house.config.parts, queue.channel);
  if (make !== 'spool') await writeDocuments(house, queue, make, signal);
  else if (house.config.schedules.spools.kind === 'immediate') await planSpools(house, queue.client);
}

/** Writes a file for each document, compared with the ledger before it may leave. */
async function writeDocuments(house: House, queue: ChannelQueue, maker: DocumentMaker, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const count = await makeChunk(house, queue, maker);
    if (count === 0) return;
    await releaseOutgoing(house);
    house.log.info('documents.released', { ...queue, count });
  }
}

const makeChunk = (house: House, { client, channel }: ChannelQueue, maker: DocumentMaker): Promise<number> =>
  inTransaction(house.database, async (tx) => {
    const waiting = await lockWaitingDocuments(tx, { client, channel }, CHUNK_DOCUMENTS);
    const found = await loadLedgerFacts(
      tx,
      { which: { ids: waiting.map((item) => item.id) }, on: todayOf(house) },
      '',
      CHUNK_DOCUMENTS,
    );
    const facts = new Map(found.map((item) => [item.documentId, item]));
    const released = [];
    for (const item of waiting) {
      compare(item, facts.get(item.id));
      const { id, content: invoice, decidedAt } = item;
      const text = maker.of({ id, invoice, decidedAt, countries: house.config.parts.countries });
      const name = `${maker.folder}/${client}/${id}${maker.extension}`;
      const remote = channelRemote(house.config, channel);
      const { outbound, sha256 } = await stageOutgoing(house, tx, { kind: channel, client, file: null, name, remote }, text);
      released.push({ id, outbound, sha256 });
    }
    await releaseDocuments(tx, released, house.clock());
    return waiting.length;
  });

/** Throws if a document does not say what the ledger says: that is our mistake and must not leave. */
function compare({ content: invoice }: WaitingDocument<Invoice>, facts: LedgerFacts | undefined): void {
  const reference = invoice.paymentMeans[0]?.reference;
  if (
    facts?.number !== invoice.number ||
    facts.payableAmount !== invoice.totals.payableAmount ||
    (facts.paymentReference !== undefined && facts.paymentReference !== reference)
  ) {
    throw new Error(`document ${invoice.number} does not say what the ledger says`);
  }
}
