import { SaxesParser, type SaxesAttributeNS } from 'saxes';
import type { XmlElement } from './element.ts';
import { guardParser, type Guard } from './guarded-parser.ts';
import type { Encoding } from '#engine/csv-mapping.ts';
import type { Finding } from '#engine/finding.ts';

export const MAX_ELEMENTS = 2_000_000;
/** Of one text, comment, attribute or tag: a PDF of 12 MB in base64. */
export const MAX_TEXT_CHARACTERS = 16 * 1024 * 1024;

export interface XmlReaderOptions {
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
