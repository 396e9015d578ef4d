import { inflateSync } from 'node:zlib';

/**
 * A reader of our own spool files that shares no code with what writes them: cross-reference table, page tree, compressed streams and
 * fonts' ToUnicode maps. Anything it does not expect is a SyntaxError, since a print file is released only when it is understood.
 */
export interface RereadPdf {
  readonly pageCount: number;
  readonly pages: () => Generator<RereadPage>;
}

export interface RereadPage {
  /** Content streams in drawing order, inflated; none on a blank page. */
  readonly contents: readonly Uint8Array[];
  /** The background form, where the page has one. */
  readonly background?: RereadForm;
  /** Unicode maps by the font's resource name. */
  readonly fonts: ReadonlyMap<string, UnicodeMap>;
}

export interface RereadForm {
  readonly content: Uint8Array;
  /** Samples of the form's picture. */
  readonly picture?: Uint8Array;
}

/** More than any stream of ours inflates to; a defence against a file that is not ours. */
const MAX_STREAM_BYTES = 64 * 1024 * 1024;
const MAX_PAGE_TREE_DEPTH = 8;
const A4_POINTS = [0, 0, 595.28, 841.89];

export function rereadPdf(bytes: Uint8Array): RereadPdf {
  const objects = readObjects(bytes);
  const catalog = objects.dictionary(objects.trailer.get('Root'));
  const root = objects.dictionary(catalog.get('Pages'));
  const pageCount = root.get('Count');
  if (typeof pageCount !== 'number') throw new SyntaxError('page tree has no count');
  const pageObjects = makePageReader(objects);
  return {
    pageCount,
    *pages() {
      for (const page of walkPages(objects, root, 0)) yield pageObjects(page);
    },
  };
}

interface Objects {
  readonly trailer: PdfDictionary;
  readonly resolve: (value: PdfValue | undefined) => PdfValue;
  readonly dictionary: (value: PdfValue | undefined) => PdfDictionary;
  readonly array: (value: PdfValue | undefined) => readonly PdfValue[];
  readonly stream: (value: PdfValue | undefined) => { readonly dictionary: PdfDictionary; readonly content: Uint8Array };
}

function readObjects(bytes: Uint8Array): Objects {
  if (latin1(bytes, 0, 5) !== '%PDF-') throw new SyntaxError('no PDF header');
  const { offsets, trailer } = readCrossReferences(bytes);
  const objectAt = (number: number): { readonly value: PdfValue; readonly end: number } => {
    const offset = offsets[number];
    if (offset === undefined || offset === 0) throw new SyntaxError(`object ${number} is not in the cross-reference table`);
    const heading = `${number} 0 obj`;
    if (latin1(bytes, offset, offset + heading.length) !== heading) throw new SyntaxError(`object ${number} is not at ${offset}`);
    return readValue(bytes, offset + heading.length);
  };
  const resolve = (value: PdfValue | undefined): PdfValue => {
    if (value === undefined) throw new SyntaxError('a required entry is missing');
    return isReference(value) ? objectAt(value.object).value : value;
  };
  return {
    trailer,
    resolve,
    dictionary(value) {
      const resolved = resolve(value);
      if (!(resolved instanceof Map)) throw new SyntaxError('a dictionary was expected');
      return resolved;
    },
    array(value) {
      const resolved = resolve(value);
      if (!Array.isArray(resolved)) throw new SyntaxError('an array was expected');
      return resolved as readonly PdfValue[];
    },
    stream(value) {
      if (value === undefined || !isReference(value)) throw new SyntaxError('a stream was expected');
      const { value: dictionary, end } = objectAt(value.object);
      if (!(dictionary instanceof Map)) throw new SyntaxError(`object ${value.object} is no stream`);
      return { dictionary, content: streamContent(bytes, dictionary as PdfDictionary, end) };
    },
  };
}

const isReference = (value: PdfValue): value is PdfReference => typeof value === 'object' && value !== null && 'object' in value;

function streamContent(bytes: Uint8Array, dictionary: PdfDictionary, end: number): Uint8Array {
  const start = skipBlanks(bytes, end);
  if (latin1(bytes, start, start + 7) !== 'stream\n') throw new SyntaxError(`no stream at ${start}`);
  const length = dictionary.get('Length');
  if (typeof length !== 'number') throw new SyntaxError(`stream without length at ${start}`);
  const content = bytes.subarray(start + 7, start + 7 + length);
  if (latin1(bytes, start + 7 + length, start + 17 + length).trim() !== 'endstream')
    throw new SyntaxError(`stream at ${start} has a wrong length`);
  const filter = dictionary.get('Filter');
  if (typeof filter !== 'object' || filter === null || !('name' in filter) || filter.name !== 'FlateDecode') {
    throw new SyntaxError(`stream at ${start} is not FlateDecode`);
  }
  return inflateSync(content, { maxOutputLength: MAX_STREAM_BYTES });
}

/** The table at the offset that the end of the file names (ISO 32000-1 §7.5.4, §7.5.5). */
function readCrossReferences(bytes: Uint8Array): { readonly offsets: Float64Array; readonly trailer: PdfDictionary } {
  const tail = latin1(bytes, Math.max(0, bytes.length - 64), bytes.length);
  const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail)?.[1];
  if (start === undefined) throw new SyntaxError('file does not end with startxref: it is cut short');
  const table = Number(start);
  const heading = /^xref\s+0\s+(\d+)\s+/.exec(latin1(bytes, table, Math.min(table + 40, bytes.length)));
  if (heading === null) throw new SyntaxError(`no cross-reference table at ${table}`);
  const count = Number(heading[1]);
  const first = table + heading[0].length;
  const ENTRY_BYTES = 20;
  const offsets = new Float64Array(count);
  for (let entry = 0; entry < count; entry += 1) {
    let offset = 0;
    for (let digit = 0; digit < 10; digit += 1)
      offset = offset * 10 + (bytes[first + entry * ENTRY_BYTES + digit] ?? 0x30) - 0x30;
    if (bytes[first + entry * ENTRY_BYTES + 17] === 0x6e) offsets[entry] = offset;
  }
  const trailerAt = first + count * ENTRY_BYTES;
  if (latin1(bytes, trailerAt, trailerAt + 7) !== 'trailer') throw new SyntaxError(`no trailer at ${trailerAt}`);
  const { value } = readValue(bytes, trailerAt + 7);
  if (!(value instanceof Map)) throw new SyntaxError('trailer is no dictionary');
  return { offsets, trailer: value as PdfDictionary };
}

function* walkPages(objects: Objects, node: PdfDictionary, depth: number): Generator<PdfDictionary> {
  if (depth > MAX_PAGE_TREE_DEPTH) throw new SyntaxError('page tree is too deep');
  for (const kid of objects.array(node.get('Kids'))) {
    const child = objects.dictionary(kid);
    if (child.has('Kids')) yield* walkPages(objects, child, depth + 1);
    else yield child;
  }
}

/** Fonts and backgrounds are shared by thousands of pages and read once. */
function makePageReader(objects: Objects): (page: PdfDictionary) => RereadPage {
  const fontSets = new Map<string, ReadonlyMap<string, UnicodeMap>>();
  const maps = new Map<number, UnicodeMap>();
  const forms = new Map<number, RereadForm>();
  const fontsOf = (resources: PdfDictionary): ReadonlyMap<string, UnicodeMap> => {
    if (!resources.has('Font')) return new Map();
    const fonts = objects.dictionary(resources.get('Font'));
    const key = [...fonts].map(([name, value]) => `${name}${value !== null && isReference(value) ? value.object : ''}`).join();
    const known = fontSets.get(key);
    if (known !== undefined) return known;
    const read = new Map([...fonts].map(([name, value]) => [name, mapOf(value)] as const));
    fontSets.set(key, read);
    return read;
  };
  const mapOf = (font: PdfValue): UnicodeMap => {
    const reference = objects.dictionary(font).get('ToUnicode');
    if (reference === undefined || !isReference(reference)) throw new SyntaxError('font without ToUnicode');
    const known = maps.get(reference.object) ?? readUnicodeMap(objects.stream(reference).content);
    maps.set(reference.object, known);
    return known;
  };
  const formOf = (resources: PdfDictionary): RereadForm | undefined => {
    if (!resources.has('XObject')) return undefined;
    const [reference] = objects.dictionary(resources.get('XObject')).values();
    if (reference === undefined || !isReference(reference)) throw new SyntaxError('form is no reference');
    const known = forms.get(reference.object) ?? readForm(objects, reference);
    forms.set(reference.object, known);
    return known;
  };
  return (page) => {
    const box = objects.array(page.get('MediaBox'));
    if (box.length !== 4 || A4_POINTS.some((edge, at) => box[at] !== edge)) throw new SyntaxError('page is not A4');
    const resources = objects.dictionary(page.get('Resources'));
    const background = formOf(resources);
    const contents = page.has('Contents')
      ? objects.array(page.get('Contents')).map((value) => objects.stream(value).content)
      : [];
    return { contents, fonts: fontsOf(resources), ...(background === undefined ? {} : { background }) };
  };
}

function readForm(objects: Objects, reference: PdfReference): RereadForm {
  const { dictionary, content } = objects.stream(reference);
  const resources = objects.dictionary(dictionary.get('Resources'));
  if (!resources.has('XObject')) return { content };
  const [picture] = objects.dictionary(resources.get('XObject')).values();
  return { content, picture: objects.stream(picture).content };
}

/** A PDF object as read: names and references are marked, strings are bytes (ISO 32000-1 §7.3). */
type PdfValue = null | boolean | number | PdfName | PdfReference | Uint8Array | readonly PdfValue[] | PdfDictionary;
export interface PdfName {
  readonly name: string;
}
interface PdfReference {
  readonly object: number;
}
type PdfDictionary = ReadonlyMap<string, PdfValue>;

/** A value and the offset behind it. */
interface Read<T> {
  readonly value: T;
  readonly end: number;
}

/** Nesting that no file of ours has. */
const MAX_DEPTH = 20;

/** Reads the object that begins at or after an offset. Throws a SyntaxError on anything that is none. */
function readValue(bytes: Uint8Array, offset: number, depth = 0): Read<PdfValue> {
  if (depth > MAX_DEPTH) throw new SyntaxError(`objects nested deeper than ${MAX_DEPTH} at ${offset}`);
  const at = skipBlanks(bytes, offset);
  const byte = bytes[at];
  if (byte === undefined) throw new SyntaxError('file ends in the middle of an object');
  if (byte === 0x2f) return readName(bytes, at);
  if (byte === 0x28) return readLiteral(bytes, at);
  if (byte === 0x5b) return readArray(bytes, at + 1, depth);
  if (byte === 0x3c) return bytes[at + 1] === 0x3c ? readDictionary(bytes, at + 2, depth) : readHex(bytes, at + 1);
  return readWord(bytes, at);
}

export const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0;

/** ( ) < > [ ] { } / % */
export const isDelimiter = (byte: number | undefined): boolean =>
  byte === 0x28 ||
  byte === 0x29 ||
  byte === 0x3c ||
  byte === 0x3e ||
  byte === 0x5b ||
  byte === 0x5d ||
  byte === 0x7b ||
  byte === 0x7d ||
  byte === 0x2f ||
  byte === 0x25;

export function skipBlanks(bytes: Uint8Array, offset: number): number {
  let at = offset;
  while (at < bytes.length && isBlank(bytes[at])) at += 1;
  return at;
}

function wordEnd(bytes: Uint8Array, offset: number): number {
  let at = offset;
  while (at < bytes.length && !isBlank(bytes[at]) && !isDelimiter(bytes[at])) at += 1;
  return at;
}

/** Words are a few bytes long, for which joining characters is the quickest way. */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

function readName(bytes: Uint8Array, at: number): Read<PdfName> {
  const end = wordEnd(bytes, at + 1);
  return { value: { name: latin1(bytes, at + 1, end) }, end };
}

/** A number, a reference `12 0 R`, or a keyword. */
function readWord(bytes: Uint8Array, at: number): Read<PdfValue> {
  const end = wordEnd(bytes, at);
  const word = latin1(bytes, at, end);
  if (word === 'null') return { value: null, end };
  if (word === 'true' || word === 'false') return { value: word === 'true', end };
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)$/.test(word)) throw new SyntaxError(`unknown word "${word.slice(0, 20)}" at ${at}`);
  const reference = /^\d+$/.test(word) ? /^\s+\d+\s+R(?![\w.])/.exec(latin1(bytes, end, Math.min(end + 16, bytes.length))) : null;
  if (reference !== null) return { value: { object: Number(word) }, end: end + reference[0].length };
  return { value: Number(word), end };
}

function readArray(bytes: Uint8Array, offset: number, depth: number): Read<readonly PdfValue[]> {
  const items: PdfValue[] = [];
  let at = skipBlanks(bytes, offset);
  while (bytes[at] !== 0x5d) {
    const item = readValue(bytes, at, depth + 1);
    items.push(item.value);
    at = skipBlanks(bytes, item.end);
  }
  return { value: items, end: at + 1 };
}

function readDictionary(bytes: Uint8Array, offset: number, depth: number): Read<PdfDictionary> {
  const entries = new Map<string, PdfValue>();
  let at = skipBlanks(bytes, offset);
  while (bytes[at] !== 0x3e) {
    if (bytes[at] !== 0x2f) throw new SyntaxError(`dictionary key is no name at ${at}`);
    const key = readName(bytes, at);
    const item = readValue(bytes, key.end, depth + 1);
    entries.set(key.value.name, item.value);
    at = skipBlanks(bytes, item.end);
  }
  return { value: entries, end: at + 2 };
}

function readHex(bytes: Uint8Array, offset: number): Read<Uint8Array> {
  const end = bytes.indexOf(0x3e, offset);
  if (end < 0) throw new SyntaxError(`hexadecimal string without end at ${offset}`);
  const digits = latin1(bytes, offset, end).replaceAll(/\s/g, '');
  return { value: Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)), end: end + 1 };
}

const escapes: Readonly<Record<number, number>> = { 0x6e: 0x0a, 0x72: 0x0d, 0x74: 0x09, 0x62: 0x08, 0x66: 0x0c };

/** A string in parentheses with its escapes undone (ISO 32000-1 §7.3.4.2); octal escapes are not used by any writer of ours. */
export function readLiteral(bytes: Uint8Array, at: number): Read<Uint8Array> {
  const value: number[] = [];
  let depth = 1;
  let from = at + 1;
  for (;;) {
    const byte = bytes[from];
    if (byte === undefined) throw new SyntaxError(`string without end at ${at}`);
    from += 1;
    if (byte === 0x5c) {
      const escaped = bytes[from] ?? 0;
      from += 1;
      value.push(escapes[escaped] ?? escaped);
      continue;
    }
    if (byte === 0x28) depth += 1;
    if (byte === 0x29) depth -= 1;
    if (depth === 0) return { value: Uint8Array.from(value), end: from };
    value.push(byte);
  }
}

/** Text of a font's two-byte codes, from its ToUnicode stream. */
export type UnicodeMap = ReadonlyMap<number, string>;

/** Reads the `bfchar` and `bfrange` sections of a ToUnicode CMap (ISO 32000-1 §9.10.3). */
function readUnicodeMap(content: Uint8Array): UnicodeMap {
  const source = Buffer.from(content).toString('latin1');
  const map = new Map<number, string>();
  for (const [section] of source.matchAll(/beginbfchar[^]*?endbfchar/g)) {
    for (const [, code = '', target = ''] of section.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi)) {
      map.set(Number.parseInt(code, 16), textOf(target));
    }
  }
  for (const [section] of source.matchAll(/beginbfrange[^]*?endbfrange/g)) {
    for (const [, low = '', high = '', target = ''] of section.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi)) {
      const first = Number.parseInt(low, 16);
      for (let code = first; code <= Number.parseInt(high, 16); code += 1) {
        map.set(code, String.fromCharCode(Number.parseInt(target, 16) + code - first));
      }
    }
  }
  return map;
}

const textOf = (hex: string): string =>
  String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)));
