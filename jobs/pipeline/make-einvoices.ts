import { createHash } from 'node:crypto';
import type { Invoice } from '#engine/invoice.ts';
import { inTransaction } from '#engine/store/database.ts';
import {
  loadLedgerFacts,
  lockWaitingEinvoices,
  releaseEinvoices,
  type LedgerFacts,
  type WaitingDocument,
} from '#engine/store/documents.ts';
import { recheckPeppol } from '#formats/peppol/recheck-peppol.ts';
import { wrapSbdh } from '#formats/peppol/sbdh.ts';
import { writePeppolInvoice } from '#formats/peppol/write-peppol-invoice.ts';
import type { House } from '../house.ts';
import { todayOf } from '../today.ts';
import { releaseOutgoing, stageOutgoing } from './outgoing.ts';
import { remoteFor } from './remotes.ts';

/** E-invoices written and released by one transaction. */
const CHUNK_DOCUMENTS = 100;

/** Writes a client's waiting e-invoices, each read again and compared with the invoice and the ledger before it may leave. */
export async function makeEinvoices(house: House, client: string, signal: AbortSignal): Promise<number> {
  let made = 0;
  while (!signal.aborted) {
    const count = await makeChunk(house, client);
    if (count === 0) return made;
    made += count;
    await releaseOutgoing(house);
    house.log.info('einvoices.released', { client, count });
  }
  return made;
}

const makeChunk = (house: House, client: string): Promise<number> =>
  inTransaction(house.database, async (tx) => {
    const waiting = await lockWaitingEinvoices(tx, client, CHUNK_DOCUMENTS);
    const facts = new Map(
      (
        await loadLedgerFacts(tx, { which: { ids: waiting.map((item) => item.id) }, on: todayOf(house) }, '', CHUNK_DOCUMENTS)
      ).map((item) => [item.documentId, item]),
    );
    const released = [];
    for (const item of waiting) {
      const xml = einvoiceFile(house, item, facts.get(item.id));
      const outgoing = {
        kind: 'einvoice',
        client,
        file: null,
        name: `einvoice/${client}/${item.id}.xml`,
        remote: remoteFor(house.config, 'einvoice', client),
      } as const;
      const { outbound, sha256 } = await stageOutgoing(house, tx, outgoing, xml);
      released.push({ id: item.id, outbound, sha256 });
    }
    await releaseEinvoices(tx, released, house.clock());
    return waiting.length;
  });

/** The file as it leaves. Throws if what was written does not say what the ledger says: that is our mistake and must not leave. */
function einvoiceFile(house: House, item: WaitingDocument<Invoice>, facts: LedgerFacts | undefined): string {
  const { content: invoice } = item;
  const xml = writePeppolInvoice(invoice);
  const wrong = recheckPeppol(xml, invoice, house.config.parts.countries);
  const reference = invoice.paymentMeans[0]?.reference;
  if (wrong.length > 0) throw new Error(`e-invoice ${invoice.number} breaks ${wrong.map((one) => one.rule).join(', ')}`);
  if (
    facts?.number !== invoice.number ||
    facts.payableAmount !== invoice.totals.payableAmount ||
    (facts.paymentReference !== undefined && facts.paymentReference !== reference)
  ) {
    throw new Error(`e-invoice ${invoice.number} does not say what the ledger says`);
  }
  if (!invoice.seller.endpoint || !invoice.buyer.endpoint) throw new Error(`e-invoice ${invoice.number} has no address`);
  return wrapSbdh(xml, {
    sender: invoice.seller.endpoint,
    receiver: invoice.buyer.endpoint,
    documentType: invoice.kind === 'creditNote' ? 'CreditNote' : 'Invoice',
    instanceIdentifier: uuidOf(item.id),
    createdAt: item.decidedAt,
    countryC1: invoice.seller.address.country,
  });
}

/** A UUID (version 8, RFC 9562 §5.8) made of the document's id: one transmission has one identifier, however often it is written. */
function uuidOf(documentId: string): string {
  const bytes = createHash('sha256').update(`sbdh:${documentId}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
