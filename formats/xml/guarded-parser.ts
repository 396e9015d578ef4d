import type { SaxesOptions, SaxesParser } from 'saxes';
import type { Encoding } from '#engine/csv-mapping.ts';
import { finding, type DetailsOf, type Finding, type FindingCodeName } from '#engine/finding.ts';

/** Limits of every XML file; each is far above what any invoice or bank file needs (reliability.md XC4). */
export const MAX_DEPTH = 64;
export const MAX_ATTRIBUTES = 64;
/** Before the root element: declaration and comments. */
export const MAX_PROLOG_CHARACTERS = 64 * 1024;

/** Characters given to the parser at once: it goes on to their end after a limit was passed, and takes long for deep elements. */
const SLICE_CHARACTERS = 4 * 1024;

export interface GuardOptions {
  /** The agreed encoding; a declaration that names another one breaks the file. */
  readonly encoding: Encoding;
  /** Of one text, comment, attribute or tag. */
  readonly maxTextCharacters: number;
  /** Of the whole file; absent where the elements are not kept. */
  readonly maxElements?: number;
}

/** A saxes parser behind limits. Its owner listens to `opentag`, `closetag`, `text` and `cdata` only, and reports each of them here. */
export interface Guard {
  /** An `opentag`, a `closetag`, a `text` or `cdata` came. */
  readonly opened: () => void;
  readonly closed: () => void;
  readonly textSeen: () => void;
  /** Where the `<` of the tag that was opened last stands, from 1. */
  readonly tagLine: () => number;
  readonly tagColumn: () => number;
  /** What broke the file. */
  readonly problem: () => Finding | undefined;
  /** Breaks the file at the parser's place, unless it is broken already. */
  readonly breakWith: <Code extends FindingCodeName>(code: Code, ...details: DetailsOf<Code>) => void;
  readonly write: (text: string) => void;
  /** The end of the file: was it whole? */
  readonly close: () => void;
}

type Parser = SaxesParser<SaxesOptions>;

interface State {
  readonly options: GuardOptions;
  depth: number;
  elements: number;
  attributes: number;
  tagLine: number;
  tagColumn: number;
  /** Position of the last event: a long way without one is a huge text, comment or tag. */
  quietSince: number;
  lastLine: number;
  lastColumn: number;
  rootSeen: boolean;
  ended: boolean;
  problem: Finding | undefined;
}

/**
 * What every XML file is guarded against, for every reader: any DOCTYPE breaks it, so that there are no entities but the five of XML itself
 * and nothing is fetched or expands; so do a declared encoding that is not the agreed one, limits passed, and an end inside the document.
 */
export function guardParser(parser: Parser, options: GuardOptions): Guard {
  const state: State = {
    options,
    depth: 0,
    elements: 0,
    attributes: 0,
    tagLine: 1,
    tagColumn: 1,
    quietSince: 0,
    lastLine: 1,
    lastColumn: 1,
    rootSeen: false,
    ended: false,
    problem: undefined,
  };
  const breakWith: Guard['breakWith'] = (code, ...details) => {
    state.problem ??= { ...finding(code, ...details), line: parser.line, column: parser.column + 1 };
  };
  keepFast(parser);
  connect(parser, state, breakWith);
  return {
    opened: () => {
      noteEvent(parser, state);
      state.depth += 1;
      if (state.depth > MAX_DEPTH) breakWith('XML-TOO-DEEP', { facts: { maximum: String(MAX_DEPTH) } });
    },
    closed: () => {
      noteEvent(parser, state);
      state.depth -= 1;
    },
    textSeen: () => noteEvent(parser, state),
    tagLine: () => state.tagLine,
    tagColumn: () => state.tagColumn,
    problem: () => state.problem,
    breakWith,
    write: (text) => {
      for (let begin = 0; begin < text.length && state.problem === undefined; begin += SLICE_CHARACTERS) {
        parser.write(text.slice(begin, begin + SLICE_CHARACTERS));
        checkQuiet(parser, state);
      }
    },
    close: () => {
      state.ended = true;
      if (state.problem === undefined) closeParser(parser, state);
    },
  };
}

/**
 * saxes stores each listener by a computed name, and V8 turns an object with more than a few properties made that way into a dictionary: the
 * eighth listener makes the parser four times slower (test/bench/camt.test.ts). Properties that were made by their names before are no such
 * thing.
 */
function keepFast(parser: Parser): void {
  const internals = parser as unknown as Partial<Record<string, undefined>>;
  internals.xmldeclHandler = undefined;
  internals.doctypeHandler = undefined;
  internals.openTagStartHandler = undefined;
  internals.attributeHandler = undefined;
  internals.openTagHandler = undefined;
  internals.closeTagHandler = undefined;
  internals.textHandler = undefined;
  internals.cdataHandler = undefined;
  internals.errorHandler = undefined;
}

function connect(parser: Parser, state: State, breakWith: Guard['breakWith']): void {
  const { encoding: agreed, maxElements = Infinity } = state.options;
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && encodingOf(encoding) !== agreed)
      breakWith('XML-ENCODING', { facts: { declared: encoding, agreed } });
  });
  parser.on('doctype', () => breakWith('XML-DOCTYPE'));
  parser.on('opentagstart', (tag) => {
    state.tagLine = parser.line;
    state.tagColumn = Math.max(1, parser.column - tag.name.length - 1);
    state.attributes = 0;
    state.rootSeen = true;
    state.elements += 1;
    if (state.elements > maxElements) breakWith('XML-TOO-MANY-ELEMENTS', { facts: { maximum: String(maxElements) } });
  });
  parser.on('attribute', () => {
    state.attributes += 1;
    if (state.attributes > MAX_ATTRIBUTES) breakWith('XML-TOO-MANY-ATTRIBUTES', { facts: { maximum: String(MAX_ATTRIBUTES) } });
  });
  parser.on('error', (error) => {
    const truncated = state.ended && state.depth > 0;
    breakWith(truncated ? 'XML-TRUNCATED' : 'XML-NOT-WELL-FORMED', {
      facts: { reason: error.message.replace(/^\d+:\d+: /, '') },
    });
  });
}

function noteEvent(parser: Parser, state: State): void {
  state.quietSince = parser.position;
  state.lastLine = parser.line;
  state.lastColumn = parser.column + 1;
}

/**
 * After a bare `&`, the commonest fault of XML made by text templates, saxes waits for a semicolon to the end of the file and then speaks of
 * an unclosed tag. What it has gathered of the reference is the only trace; the place is that of the last thing understood.
 */
function closeParser(parser: Parser, state: State): void {
  const { entity } = parser as unknown as { readonly entity: string };
  if (entity !== '') {
    const reason = `& without ; before "${entity.slice(0, 20).trim()}"`;
    state.problem = finding('XML-NOT-WELL-FORMED', { line: state.lastLine, column: state.lastColumn, facts: { reason } });
  } else parser.close();
}

function checkQuiet(parser: Parser, state: State): void {
  const maximum = state.rootSeen ? state.options.maxTextCharacters : MAX_PROLOG_CHARACTERS;
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
