import { documentTypeId, PROFILE_ID, rootNamespaces, SBDH, type RootName } from './names.ts';
import { writeXml, XML_DECLARATION, xmlNode, type XmlNode } from '../xml/write-xml.ts';
import type { Identifier } from '#engine/invoice.ts';

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
