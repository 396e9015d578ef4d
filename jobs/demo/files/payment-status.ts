import { writeXml, XML_DECLARATION, xmlNode, type XmlNode } from '#formats/xml/write-xml.ts';

/** A bank’s answer to a payment file: for the demo and the tests, which play the bank. */
export interface DemoPaymentStatus {
  readonly messageId: string;
  /** With offset, such as `2026-11-23T06:20:00+01:00`. */
  readonly createdAt: string;
  /** Of the file that is answered. */
  readonly originalMessageId: string;
  readonly status?: string;
  readonly reason?: string;
  readonly payments: readonly {
    readonly id: string;
    readonly status?: string;
    readonly reason?: string;
    readonly transactions?: readonly { readonly id: string; readonly status: string; readonly reason?: string }[];
  }[];
}

/** Writes a pain.002.001.03 (reference/iso20022.md §7). */
export function makePain002(answer: DemoPaymentStatus): Uint8Array {
  const document: XmlNode = {
    ...node(
      'Document',
      node(
        'CstmrPmtStsRpt',
        node('GrpHdr', xmlNode('MsgId', answer.messageId), xmlNode('CreDtTm', answer.createdAt)),
        node(
          'OrgnlGrpInfAndSts',
          xmlNode('OrgnlMsgId', answer.originalMessageId),
          xmlNode('OrgnlMsgNmId', 'pain.001.001.03'),
          xmlNode('GrpSts', answer.status),
          reasonNode(answer.reason),
        ),
        ...answer.payments.map(paymentNode),
      ),
    ),
    attributes: { xmlns: 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.03' },
  };
  return Buffer.from(`${XML_DECLARATION}${writeXml(document, { empty: 'drop' })}\n`, 'utf8');
}

const paymentNode = ({ id, status, reason, transactions = [] }: DemoPaymentStatus['payments'][number]): XmlNode =>
  node(
    'OrgnlPmtInfAndSts',
    xmlNode('OrgnlPmtInfId', id),
    xmlNode('PmtInfSts', status),
    reasonNode(reason),
    ...transactions.map((item) =>
      node(
        'TxInfAndSts',
        xmlNode('OrgnlInstrId', item.id),
        xmlNode('OrgnlEndToEndId', item.id),
        xmlNode('TxSts', item.status),
        reasonNode(item.reason),
      ),
    ),
  );

const reasonNode = (code: string | undefined): XmlNode => node('StsRsnInf', node('Rsn', xmlNode('Cd', code)));

const node = (name: string, ...children: readonly XmlNode[]): XmlNode => ({ ...xmlNode(name), children: [...children] });
