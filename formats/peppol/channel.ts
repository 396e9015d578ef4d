import { createHash } from 'node:crypto';
import type { Channel, DeliveredDocument } from '#engine/sockets/channel.ts';
import { recheckPeppol } from './peppol.ts';
import { rootOf, writePeppolInvoice } from './write-peppol-invoice.ts';
import { documentTypeId, PROFILE_ID, rootNamespaces, SBDH, type RootName } from './names.ts';
import { writeXml, XML_DECLARATION, xmlNode, type XmlNode } from '../xml/write-xml.ts';
import type { Identifier } from '#engine/invoice.ts';

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

export interface Envelope {
  /** Network addresses: scheme by EAS and identifier, `0007` and `5560000000`. */
  readonly sender: Identifier;
  readonly receiver: Identifier;
  readonly documentType: RootName;
  /** Unique per transmission, a UUID; not the invoice number. */
  readonly instanceIdentifier: string;
  /** When the envelope was made. */
  readonly createdAt: Date;
  /** ISO 3166-1 country of the supplier, mandatory since envelope specification 2.0. */
  readonly countryC1: string;
}

/**
 * Puts a UBL document into the network's envelope, the Standard Business Document Header (reference/einvoice.md §1.12). Throws if an
 * address has no scheme: such a document must not have come so far (PEPPOL-EN16931-R010, -R020).
 */
export function wrapSbdh(xml: string, envelope: Envelope): string {
  const root = envelope.documentType;
  const header = writeXml(
    parent('StandardBusinessDocumentHeader', [
      xmlNode('HeaderVersion', '1.0'),
      parent('Sender', [participant(envelope.sender)]),
      parent('Receiver', [participant(envelope.receiver)]),
      parent('DocumentIdentification', [
        xmlNode('Standard', rootNamespaces[root]),
        xmlNode('TypeVersion', '2.1'),
        xmlNode('InstanceIdentifier', envelope.instanceIdentifier),
        xmlNode('Type', root),
        xmlNode('CreationDateAndTime', envelope.createdAt.toISOString().replace(/\.\d+Z$/, 'Z')),
      ]),
      parent('BusinessScope', [
        scope('DOCUMENTID', documentTypeId(root), 'busdox-docid-qns'),
        scope('PROCESSID', PROFILE_ID, 'cenbii-procid-ubl'),
        scope('COUNTRY_C1', envelope.countryC1),
      ]),
    ]),
    { empty: 'drop' },
  );
  const document = xml.replace(/^<\?xml[^>]*\?>\s*/, '').trimEnd();
  return `${XML_DECLARATION}<StandardBusinessDocument xmlns="${SBDH}">${header}${document}</StandardBusinessDocument>\n`;
}

const parent = (name: string, children: readonly XmlNode[]): XmlNode => ({ ...xmlNode(name), children: [...children] });

function participant({ scheme, id }: Identifier): XmlNode {
  if (scheme === undefined) throw new Error(`network address without scheme: ${id}`);
  return { ...xmlNode('Identifier', `${scheme}:${id}`), attributes: { Authority: 'iso6523-actorid-upis' } };
}

const scope = (type: string, instance: string, identifier?: string): XmlNode =>
  parent('Scope', [
    xmlNode('Type', type),
    xmlNode('InstanceIdentifier', instance),
    ...(identifier === undefined ? [] : [xmlNode('Identifier', identifier)]),
  ]);
