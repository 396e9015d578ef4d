import { decodeText } from '../text/decode.ts';
import { finding, type Finding } from '#engine/finding.ts';
import { SaxesParser, type SaxesAttributeNS } from 'saxes';
import { guardParser, type Guard } from './guarded-parser.ts';
import type { Encoding } from '#engine/csv-mapping.ts';

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

export const MAX_ELEMENTS = 2_000_000;
/** Of one text, comment, attribute or tag: a PDF of 12 MB in base64. */
export const MAX_TEXT_CHARACTERS = 16 * 1024 * 1024;

interface XmlReaderOptions {
  /** The agreed encoding; a declaration that names another one breaks the file. */
  readonly encoding: Encoding;
  /** Which elements are kept and handed out, with all they hold, by their path of local names such as `/Invoice`. */
  readonly take: (path: string) => boolean;
}

/** A push reader: text goes in, whole elements come out as soon as they end. */
export interface XmlReader {
  /** The elements that ended in this text, or the finding that broke the file. */
  readonly write: (text: string) => readonly XmlElement[] | Finding;
  /** The last elements of a file that is complete and well-formed, or the finding that says it is not. */
  readonly close: () => readonly XmlElement[] | Finding;
}

/**
 * A streaming reader of whole elements with their places, behind the guard of every XML file. Namespaces are resolved; text and CDATA are
 * joined.
 */
export function xmlReader({ encoding, take }: XmlReaderOptions): XmlReader {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const guard = guardParser(parser, {
    encoding,
    maxTextCharacters: MAX_TEXT_CHARACTERS,
    maxElements: MAX_ELEMENTS,
  });
  const state: State = { take, taken: [], open: [], paths: [''] };
  connect(parser, guard, state);
  const drain = (): readonly XmlElement[] | Finding => guard.problem() ?? state.taken.splice(0);
  return {
    write: (text) => {
      guard.write(text);
      return drain();
    },
    close: () => {
      guard.close();
      return drain();
    },
  };
}

interface OpenElement extends XmlElement {
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

interface State {
  readonly take: XmlReaderOptions['take'];
  readonly taken: XmlElement[];
  /** The elements that are being kept, outermost first. */
  readonly open: OpenElement[];
  /** Paths of all open elements; the first is the document's. */
  readonly paths: string[];
}

function connect(parser: SaxesParser<{ xmlns: true; position: true }>, guard: Guard, state: State): void {
  parser.on('opentag', (tag) => {
    guard.opened();
    if (guard.problem() === undefined) openElement(state, tag, { line: guard.tagLine(), column: guard.tagColumn() });
  });
  parser.on('closetag', () => {
    guard.closed();
    if (guard.problem() === undefined) closeElement(state);
  });
  const addText = (text: string): void => {
    guard.textSeen();
    const element = state.open.at(-1);
    if (element === undefined || guard.problem() !== undefined) return;
    element.text += text;
    if (element.text.length > MAX_TEXT_CHARACTERS)
      guard.breakWith('XML-TEXT-TOO-LONG', { facts: { maximum: String(MAX_TEXT_CHARACTERS) } });
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
}

function openElement(
  state: State,
  tag: { readonly uri: string; readonly local: string; readonly attributes: Readonly<Record<string, SaxesAttributeNS>> },
  start: { readonly line: number; readonly column: number },
): void {
  const path = `${state.paths.at(-1)}/${tag.local}`;
  state.paths.push(path);
  const parent = state.open.at(-1);
  if (parent === undefined && !state.take(path)) return;
  const element: OpenElement = {
    namespace: tag.uri,
    name: tag.local,
    attributes: {},
    children: [],
    text: '',
    ...start,
    parent,
  };
  for (const attribute of Object.values(tag.attributes)) {
    if (attribute.prefix !== 'xmlns' && attribute.name !== 'xmlns' && attribute.uri !== SCHEMA_INSTANCE) {
      element.attributes[attribute.local] = attribute.value;
    }
  }
  parent?.children.push(element);
  state.open.push(element);
}

/** `xsi:schemaLocation` and its like: hints that nobody follows. */
const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

function closeElement(state: State): void {
  state.paths.pop();
  const element = state.open.pop();
  if (element !== undefined && element.parent === undefined) state.taken.push(element);
}

/** An element of an XML file as it was read, with its place. */
export interface XmlElement {
  readonly namespace: string;
  /** Local name. */
  readonly name: string;
  /** By local name; namespace declarations and `xsi:` attributes are not among them. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The element's own text, CDATA included, as it stands. */
  readonly text: string;
  /** Of the opening `<`, from 1. */
  readonly line: number;
  readonly column: number;
  readonly parent: XmlElement | undefined;
}

/** The path a sender finds the element by: `/Invoice/InvoiceLine[2]/Price/PriceAmount`; numbered where there are several. */
export function pathOf(element: XmlElement): string {
  const steps: string[] = [];
  for (let item: XmlElement | undefined = element; item !== undefined; item = item.parent) {
    const twins = item.parent?.children.filter((child) => child.name === item?.name) ?? [];
    steps.unshift(twins.length > 1 ? `${item.name}[${twins.indexOf(item) + 1}]` : item.name);
  }
  return `/${steps.join('/')}`;
}
