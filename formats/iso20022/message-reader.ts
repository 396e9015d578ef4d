import { SaxesParser } from 'saxes';
import type { MessagePart } from './message-part.ts';
import { decodeText } from '../text/decode.ts';
import { guardParser, type Guard } from '../xml/guarded-parser.ts';
import type { Encoding } from '#engine/csv-mapping.ts';
import { finding, type DetailsOf, type Finding, type FindingCodeName, type FindingCodeTelling } from '#engine/finding.ts';

/** Bytes of a bank's file: a year of a large client's payments is one gigabyte. */
export const MAX_BANK_FILE_BYTES = 4 * 1024 * 1024 * 1024;
/** Of one text: the longest element of these messages that is read has 500 characters (AddtlTxInf). */
export const MAX_BANK_TEXT_CHARACTERS = 1024 * 1024;
/** Elements of one part: a transaction with 300 documents has three thousand. */
export const MAX_PART_ELEMENTS = 100_000;
/** Text given to the parser before the items that came of it are handed on. */
const WRITE_CHARACTERS = 64 * 1024;

/** What a container of a message holds: further containers, and parts that are kept whole. Everything else is skipped. */
export interface MessageShape {
  readonly name: string;
  readonly keep: ReadonlySet<string>;
  readonly inside: ReadonlyMap<string, MessageShape>;
}

/** What is heard of a message while it is read; a returned finding breaks the file. */
export interface MessageListener<Item> {
  /** What has been made since it was last asked; cleared by the reader. */
  readonly items: Item[];
  /** `Document` began, with its namespace; empty without one. */
  readonly document: (namespace: string, place: Place) => Finding | undefined;
  /** An element stands in `Document` that is none of the messages looked for. */
  readonly alien: (name: string, place: Place) => Finding;
  readonly begin: (container: string, place: Place) => Finding | undefined;
  /** A part ended, of so many elements. */
  readonly part: (container: string, part: MessagePart, elements: number) => Finding | undefined;
  readonly end: (container: string, place: Place) => Finding | undefined;
  /** The file is whole and well-formed: did it hold what it must? */
  readonly close: () => Finding | undefined;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface MessageReaderOptions {
  readonly encoding: Encoding;
  /** The containers in `Document`, by name. */
  readonly messages: ReadonlyMap<string, MessageShape>;
  /** The finding for a file without `Document`. */
  readonly noDocument: FindingCodeTelling<never>;
}

/**
 * Reads one ISO 20022 message as a stream: containers are announced, parts are handed over whole when they end. The message may stand in
 * any envelope; namespaces inside `Document` are not looked at, so that files of the wild are read (reference/iso20022.md §2.1). Yields what the
 * listener makes; ends with `broken` at the first thing that makes the file untrustworthy.
 */
export async function* readMessage<Item>(
  chunks: AsyncIterable<Uint8Array>,
  listener: MessageListener<Item>,
  options: MessageReaderOptions,
): AsyncGenerator<Item | { readonly kind: 'broken'; readonly finding: Finding }> {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const guard = guardParser(parser, {
    encoding: options.encoding,
    maxTextCharacters: MAX_BANK_TEXT_CHARACTERS,
  });
  const state = connect(parser, guard, listener, options);
  let empty = true;
  for await (const decoded of decodeText(chunks, { encoding: options.encoding, maxBytes: MAX_BANK_FILE_BYTES })) {
    if (decoded.kind === 'broken') {
      yield decoded;
      return;
    }
    empty = false;
    for (let begin = 0; begin < decoded.text.length; begin += WRITE_CHARACTERS) {
      guard.write(decoded.text.slice(begin, begin + WRITE_CHARACTERS));
      // One by one: delegating to an array takes several promises an item.
      for (const item of listener.items.splice(0)) yield item;
      const problem = state.problem ?? guard.problem();
      if (problem !== undefined) {
        yield { kind: 'broken', finding: problem };
        return;
      }
    }
  }
  guard.close();
  const problem = empty ? finding('FILE-EMPTY') : (state.problem ?? guard.problem() ?? closing(state, listener, options));
  for (const item of listener.items.splice(0)) yield item;
  if (problem !== undefined) yield { kind: 'broken', finding: problem };
}

interface OpenPart extends MessagePart {
  text: string;
  readonly children: MessagePart[];
}

interface State {
  /** Containers that are open, outermost first; none while `Document` is looked for. */
  readonly containers: MessageShape[];
  /** Open elements of the part that is being kept, outermost first. */
  readonly open: OpenPart[];
  partElements: number;
  /** Open elements of something that is not read. */
  skipping: number;
  documents: number;
  /** Prefixes declared around and on `Document`. */
  readonly namespaces: Map<string, string>;
  problem: Finding | undefined;
}

function closing<Item>(state: State, listener: MessageListener<Item>, options: MessageReaderOptions): Finding | undefined {
  return state.documents === 0 ? finding(options.noDocument, { line: 1, column: 1 }) : listener.close();
}

type Parser = SaxesParser<{ xmlns: false; position: true }>;

function connect<Item>(parser: Parser, guard: Guard, listener: MessageListener<Item>, options: MessageReaderOptions): State {
  const state: State = {
    containers: [],
    open: [],
    partElements: 0,
    skipping: 0,
    documents: 0,
    namespaces: new Map(),
    problem: undefined,
  };
  const document: MessageShape = { name: 'Document', keep: new Set(), inside: options.messages };
  const isBroken = (): boolean => state.problem !== undefined || guard.problem() !== undefined;
  parser.on('opentag', (tag) => {
    guard.opened();
    if (isBroken()) return;
    if (state.skipping > 0) state.skipping += 1;
    else if (state.open.length > 0) openChild(state, guard, tag);
    else if (state.containers.length > 0) openInContainer(state, guard, listener, tag);
    else openOutside(state, guard, listener, document, tag);
  });
  parser.on('closetag', () => {
    guard.closed();
    if (!isBroken()) closeElement(state, listener, parser);
  });
  const addText = (text: string): void => {
    guard.textSeen();
    const part = state.open.at(-1);
    if (part === undefined || state.skipping > 0 || isBroken()) return;
    part.text += text;
    if (part.text.length > MAX_BANK_TEXT_CHARACTERS) {
      guard.breakWith('XML-TEXT-TOO-LONG', { facts: { maximum: String(MAX_BANK_TEXT_CHARACTERS) } });
    }
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  return state;
}

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const placeOf = (guard: Guard): Place => ({ line: guard.tagLine(), column: guard.tagColumn() });

/** Parts of parts that nobody asks for, and that may be large. */
const DULL = new Set(['SplmtryData', 'PstlAdr', 'RltdAgts', 'Avlbty', 'CcyXchg', 'Tax', 'CtctDtls']);

function openChild(state: State, guard: Guard, tag: Tag): void {
  const name = localName(tag.name);
  if (DULL.has(name)) {
    state.skipping = 1;
    return;
  }
  state.partElements += 1;
  if (state.partElements > MAX_PART_ELEMENTS) {
    state.problem = finding('BANK-PART-SIZE', { ...placeOf(guard), field: name, facts: { maximum: String(MAX_PART_ELEMENTS) } });
    return;
  }
  const part = newPart(name, guard, tag);
  state.open.at(-1)!.children.push(part);
  state.open.push(part);
}

const newPart = (name: string, guard: Guard, tag: Tag): OpenPart => ({
  name,
  text: '',
  currency: tag.attributes['Ccy'] ?? '',
  children: [],
  line: guard.tagLine(),
  column: guard.tagColumn(),
});

function openInContainer<Item>(state: State, guard: Guard, listener: MessageListener<Item>, tag: Tag): void {
  const name = localName(tag.name);
  const container = state.containers.at(-1)!;
  const inner = container.inside.get(name);
  if (inner !== undefined) {
    state.containers.push(inner);
    state.problem = listener.begin(inner.name, placeOf(guard));
  } else if (container.keep.has(name)) {
    state.partElements = 1;
    state.open.push(newPart(name, guard, tag));
  } else if (state.containers.length === 1) {
    state.problem = listener.alien(name, placeOf(guard));
  } else {
    state.skipping = 1;
  }
}

/** Looks for `Document` in whatever envelope it came; a second one is refused, since a file is posted whole or not at all. */
function openOutside<Item>(state: State, guard: Guard, listener: MessageListener<Item>, document: MessageShape, tag: Tag): void {
  for (const [key, value] of Object.entries(tag.attributes)) {
    if (key === 'xmlns' || key.startsWith('xmlns:')) state.namespaces.set(key.slice('xmlns:'.length), value);
  }
  const name = localName(tag.name);
  if (name !== document.name) return;
  state.documents += 1;
  if (state.documents > 1) {
    state.problem = finding('BANK-TWO-DOCUMENTS', { ...placeOf(guard), field: name });
    return;
  }
  state.containers.push(document);
  const prefix = tag.name.slice(0, Math.max(0, tag.name.length - name.length - 1));
  state.problem = listener.document(state.namespaces.get(prefix) ?? '', placeOf(guard));
}

function closeElement<Item>(state: State, listener: MessageListener<Item>, place: Place): void {
  if (state.skipping > 0) {
    state.skipping -= 1;
    return;
  }
  const part = state.open.pop();
  if (part !== undefined) {
    if (state.open.length === 0) state.problem = listener.part(state.containers.at(-1)!.name, part, state.partElements);
    return;
  }
  const container = state.containers.pop();
  if (container !== undefined && state.containers.length > 0) {
    state.problem = listener.end(container.name, { line: place.line, column: place.column + 1 });
  }
}

/** A finding at a place of the message. */
export const findingAt = <Code extends FindingCodeName>(place: Place, code: Code, ...details: DetailsOf<Code>): Finding => ({
  ...finding(code, ...details),
  line: place.line,
  column: place.column,
});
