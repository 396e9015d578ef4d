import { createHash } from 'node:crypto';
import type { Channel, DeliveredDocument } from '#engine/sockets/channel.ts';
import { recheckPeppol } from './recheck-peppol.ts';
import { wrapSbdh } from './sbdh.ts';
import { rootOf, writePeppolInvoice } from './write-peppol-invoice.ts';

/** E-invoices by the network: each is read again before it leaves, and handed over to the access point in its envelope. */
export const einvoice: Channel = {
  id: 'einvoice',
  reachesAll: false,
  carriesLetters: false,
  lacking: (seller) =>
    seller.endpoint === undefined || seller.vatId === undefined
      ? {
          message: 'E-invoices need a sender with an electronic address and a VAT number.',
          hint: 'Add endpoint and vatNumber, or take einvoice out of the channels.',
        }
      : undefined,
  obstacle: ({ invoice, endpointUnreachable, countries }) => {
    if (invoice.buyer.endpoint === undefined) return { because: 'no-endpoint' };
    if (endpointUnreachable) return { because: 'unreachable' };
    const rule = recheckPeppol(writePeppolInvoice(invoice), invoice, countries)[0]?.rule;
    return rule === undefined ? undefined : { because: 'breaks-rule', rule };
  },
  make: { folder: 'einvoice', extension: '.xml', of: einvoiceFile },
  remote: 'access-point',
  confirmed: 'when-sent',
  feeKind: 'einvoice',
};

function einvoiceFile({ id, invoice, decidedAt, countries }: DeliveredDocument): string {
  const xml = writePeppolInvoice(invoice);
  const wrong = recheckPeppol(xml, invoice, countries);
  if (wrong.length > 0) throw new Error(`e-invoice ${invoice.number} breaks ${wrong.map((one) => one.rule).join(', ')}`);
  if (!invoice.seller.endpoint || !invoice.buyer.endpoint) throw new Error(`e-invoice ${invoice.number} has no address`);
  return wrapSbdh(xml, {
    sender: invoice.seller.endpoint,
    receiver: invoice.buyer.endpoint,
    documentType: rootOf(invoice),
    instanceIdentifier: uuidOf(id),
    createdAt: decidedAt,
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
