/** A PDF object as read: names and references are marked, strings are bytes (ISO 32000-1 §7.3). */
export type PdfValue = null | boolean | number | PdfName | PdfReference | Uint8Array | readonly PdfValue[] | PdfDictionary;
export interface PdfName {
  readonly name: string;
}
export interface PdfReference {
  readonly object: number;
}
export type PdfDictionary = ReadonlyMap<string, PdfValue>;

/** A value and the offset behind it. */
interface Read<T> {
  readonly value: T;
  readonly end: number;
}

/** Nesting that no file of ours has. */
const MAX_DEPTH = 20;

/** Reads the object that begins at or after an offset. Throws a SyntaxError on anything that is none. */
export function readValue(bytes: Uint8Array, offset: number, depth = 0): Read<PdfValue> {
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
