import { SBDH } from './names.ts';
import { isDocument, readDocument } from './read-document.ts';
import { type XmlElement, readXmlElements, xmlReader } from '../xml/read-xml.ts';
import type { Encoding } from '#engine/csv-mapping.ts';
import { finding } from '#engine/finding.ts';
import type { ReadItem } from '#engine/submission.ts';

/**
 * Reads a Peppol BIS Billing 3.0 file: one UBL Invoice or CreditNote, with or without its network envelope (SBDH). Yields that document
 * as a submission or refusal; `broken` if the file is no well-formed XML in the agreed encoding or holds something else.
 */
export async function* readPeppolInvoice(
  chunks: AsyncIterable<Uint8Array>,
  context: { readonly encoding: Encoding },
): AsyncGenerator<ReadItem> {
  const elements: XmlElement[] = [];
  for await (const item of readXmlElements(chunks, { encoding: context.encoding, take: isRoot })) {
    if (item.kind === 'broken') {
      yield item;
      return;
    }
    elements.push(item.element);
  }
  yield readRoot(elements);
}

/** Reads a document from text in memory, such as one that was just written. */
export function readPeppolText(text: string): ReadItem {
  const reader = xmlReader({ encoding: 'utf-8', take: isRoot });
  const written = reader.write(text);
  if ('code' in written) return { kind: 'broken', finding: written };
  const closed = reader.close();
  return 'code' in closed ? { kind: 'broken', finding: closed } : readRoot([...written, ...closed]);
}

const isRoot = (path: string): boolean => path.lastIndexOf('/') === 0;

function readRoot([root]: readonly XmlElement[]): ReadItem {
  if (root === undefined) return { kind: 'broken', finding: finding('FILE-EMPTY') };
  if (isDocument(root)) return readDocument(root);
  const isEnvelope = root.name === 'StandardBusinessDocument' && root.namespace === SBDH;
  const payload = isEnvelope ? root.children.filter((child) => child.namespace !== SBDH) : [];
  const [document, second] = payload;
  if (document !== undefined && second === undefined && isDocument(document)) return readDocument(document);
  const odd = document ?? root;
  const place = { line: odd.line, column: odd.column, field: odd.name, value: `{${odd.namespace}}${odd.name}` };
  return { kind: 'broken', finding: finding('XML-ROOT', place) };
}
