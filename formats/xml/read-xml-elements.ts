import type { XmlElement } from './element.ts';
import { xmlReader, type XmlReaderOptions } from './xml-reader.ts';
import { decodeText } from '../text/decode.ts';
import { finding, type Finding } from '#engine/finding.ts';

/** Bytes of an XML file. */
export const MAX_XML_BYTES = 256 * 1024 * 1024;

export type XmlItem =
  | { readonly kind: 'element'; readonly element: XmlElement }
  | { readonly kind: 'broken'; readonly finding: Finding };

/**
 * Reads a file as a stream of the elements that `take` chooses, each whole. Ends with `broken` at the first thing that makes the file
 * untrustworthy: wrong encoding, not well-formed, a DOCTYPE, a limit passed, an end before the root's end.
 */
export async function* readXmlElements(chunks: AsyncIterable<Uint8Array>, options: XmlReaderOptions): AsyncGenerator<XmlItem> {
  const reader = xmlReader(options);
  let empty = true;
  for await (const item of decodeText(chunks, { encoding: options.encoding, maxBytes: MAX_XML_BYTES })) {
    if (item.kind === 'broken') {
      yield item;
      return;
    }
    empty = false;
    for (const result of itemsOf(reader.write(item.text))) {
      yield result;
      if (result.kind === 'broken') return;
    }
  }
  yield* itemsOf(empty ? finding('FILE-EMPTY') : reader.close());
}

const itemsOf = (result: readonly XmlElement[] | Finding): readonly XmlItem[] =>
  'code' in result ? [{ kind: 'broken', finding: result }] : result.map((element) => ({ kind: 'element', element }));
