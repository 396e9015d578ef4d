import { SaxesParser, type SaxesAttributeNS } from 'saxes';
import type { XmlElement } from './element.ts';
import type { Encoding } from '#engine/csv-mapping.ts';
import { finding, type Finding, type FindingCodeName } from '#engine/finding.ts';

/** Limits of an XML file; each is far above what any invoice or bank file needs (reliability.md XC4). */
export const MAX_DEPTH = 64;
export const MAX_ATTRIBUTES = 64;
export const MAX_ELEMENTS = 2_000_000;
/** Of one text, comment, attribute or tag: a PDF of 12 MB in base64. */
export const MAX_TEXT_CHARACTERS = 16 * 1024 * 1024;
/** Before the root element: declaration and comments. */
export const MAX_PROLOG_CHARACTERS = 64 * 1024;

/** Characters given to the parser at once: it goes on to their end after a limit was passed, and takes long for deep elements. */
const SLICE_CHARACTERS = 4 * 1024;

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
 * A streaming XML reader on saxes with positions and limits. Any DOCTYPE breaks the file, so that there are no entities but the five
 * of XML itself: nothing is fetched and nothing expands. Namespaces are resolved; text and CDATA are joined.
 */
export function xmlReader(options: XmlReaderOptions): XmlReader {
  const state: State = {
    options,
    taken: [],
    open: [],
    paths: [''],
    elements: 0,
    quietSince: 0,
    lastPlace: { line: 1, column: 1 },
    rootSeen: false,
    ended: false,
    problem: undefined,
  };
  const parser = new SaxesParser({ xmlns: true, position: true });
  connect(parser, state);
  const drain = (): readonly XmlElement[] | Finding => state.problem ?? state.taken.splice(0);
  return {
    write: (text) => {
      for (let begin = 0; begin < text.length && state.problem === undefined; begin += SLICE_CHARACTERS) {
        parser.write(text.slice(begin, begin + SLICE_CHARACTERS));
        checkQuiet(parser, state);
      }
      return drain();
    },
    close: () => {
      state.ended = true;
      if (state.problem === undefined) closeParser(parser, state);
      return drain();
    },
  };
}

type Parser = SaxesParser<{ xmlns: true; position: true }>;

interface OpenElement extends XmlElement {
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

interface State {
  readonly options: XmlReaderOptions;
  readonly taken: XmlElement[];
  /** The elements that are being kept, outermost first. */
  readonly open: OpenElement[];
  /** Paths of all open elements; the first is the document's. */
  readonly paths: string[];
  elements: number;
  /** Position of the last event: a long way without one is a huge text, comment or tag. */
  quietSince: number;
  lastPlace: { readonly line: number; readonly column: number };
  rootSeen: boolean;
  ended: boolean;
  problem: Finding | undefined;
}

function connect(parser: Parser, state: State): void {
  const breakWith = (code: FindingCodeName, facts: Readonly<Record<string, string>> = {}): void => {
    state.problem ??= finding(code, { line: parser.line, column: parser.column + 1, facts });
  };
  const noteEvent = (): void => {
    state.quietSince = parser.position;
    state.lastPlace = { line: parser.line, column: parser.column + 1 };
  };
  let start = { line: 1, column: 1 };
  let attributes = 0;
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && encodingOf(encoding) !== state.options.encoding) {
      breakWith('XML-ENCODING', { declared: encoding, agreed: state.options.encoding });
    }
  });
  parser.on('doctype', () => breakWith('XML-DOCTYPE'));
  parser.on('opentagstart', (tag) => {
    start = { line: parser.line, column: Math.max(1, parser.column - tag.name.length - 1) };
    attributes = 0;
    state.rootSeen = true;
    state.elements += 1;
    if (state.elements > MAX_ELEMENTS) breakWith('XML-TOO-MANY-ELEMENTS', { maximum: String(MAX_ELEMENTS) });
    if (state.paths.length > MAX_DEPTH) breakWith('XML-TOO-DEEP', { maximum: String(MAX_DEPTH) });
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES) breakWith('XML-TOO-MANY-ATTRIBUTES', { maximum: String(MAX_ATTRIBUTES) });
  });
  parser.on('opentag', (tag) => {
    noteEvent();
    if (state.problem === undefined) openElement(state, tag, start);
  });
  parser.on('closetag', () => {
    noteEvent();
    if (state.problem === undefined) closeElement(state);
  });
  const addText = (text: string): void => {
    noteEvent();
    const element = state.open.at(-1);
    if (element === undefined || state.problem !== undefined) return;
    element.text += text;
    if (element.text.length > MAX_TEXT_CHARACTERS) breakWith('XML-TEXT-TOO-LONG', { maximum: String(MAX_TEXT_CHARACTERS) });
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('error', (error) => {
    const truncated = state.ended && state.paths.length > 1;
    breakWith(truncated ? 'XML-TRUNCATED' : 'XML-NOT-WELL-FORMED', { reason: error.message.replace(/^\d+:\d+: /, '') });
  });
}

/**
 * After a bare `&`, the commonest fault of XML made by text templates, saxes waits for a semicolon to the end of the file and then speaks of
 * an unclosed tag. What it has gathered of the reference is the only trace; the place is that of the last thing understood.
 */
function closeParser(parser: Parser, state: State): void {
  const { entity } = parser as unknown as { readonly entity: string };
  if (entity !== '') {
    const reason = `& without ; before "${entity.slice(0, 20).trim()}"`;
    state.problem = finding('XML-NOT-WELL-FORMED', { ...state.lastPlace, facts: { reason } });
  } else parser.close();
}

function openElement(
  state: State,
  tag: { readonly uri: string; readonly local: string; readonly attributes: Readonly<Record<string, SaxesAttributeNS>> },
  start: { readonly line: number; readonly column: number },
): void {
  const path = `${state.paths.at(-1)}/${tag.local}`;
  state.paths.push(path);
  const parent = state.open.at(-1);
  if (parent === undefined && !state.options.take(path)) return;
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

function checkQuiet(parser: Parser, state: State): void {
  const maximum = state.rootSeen ? MAX_TEXT_CHARACTERS : MAX_PROLOG_CHARACTERS;
  if (parser.position - state.quietSince <= maximum) return;
  const code = state.rootSeen ? 'XML-TEXT-TOO-LONG' : 'XML-PROLOG';
  state.problem ??= finding(code, { line: parser.line, facts: { maximum: String(maximum) } });
}

/** The encoding that a declaration names, in our words. */
function encodingOf(declared: string): Encoding | undefined {
  const name = declared.toLowerCase();
  if (name === 'utf-8' || name === 'utf8' || name === 'us-ascii') return 'utf-8';
  if (name === 'iso-8859-1' || name === 'latin1') return 'iso-8859-1';
  return name === 'windows-1252' || name === 'cp1252' ? 'windows-1252' : undefined;
}
