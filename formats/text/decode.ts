import { finding, type Finding } from '#engine/finding.ts';
import type { Encoding } from '#engine/csv-mapping.ts';

/** A stretch of decoded text, or the reason why the file cannot be trusted from there on; nothing follows `broken`. */
export type DecodedText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'broken'; readonly finding: Finding };

export interface DecodeOptions {
  readonly encoding: Encoding;
  /** Larger files are refused while they are read. */
  readonly maxBytes: number;
}

/**
 * Decodes a file by its agreed encoding, once and at the edge. Nothing is guessed: bytes that the encoding does not allow, or that text
 * never holds (NUL, UTF-16, a byte order mark inside), break the file with their offset and line; what the file looks like instead is
 * only said in the finding (reliability.md XC1). A byte order mark at the start of UTF-8 is dropped.
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>, options: DecodeOptions): AsyncGenerator<DecodedText> {
  const reading: Reading = { encoding: options.encoding, offset: 0, line: 1, carry: new Uint8Array(0), started: false };
  for await (const chunk of chunks) {
    const bytes = reading.carry.length === 0 ? chunk : joined(reading.carry, chunk);
    if (reading.offset + bytes.length > options.maxBytes) {
      const place = placeOf(reading, 0);
      const maxBytes = String(options.maxBytes);
      yield broken(finding('FILE-TOO-LARGE', { ...place, facts: { ...place.facts, maxBytes } }));
      return;
    }
    if (!reading.started && bytes.length < FIRST_LOOK_BYTES) {
      reading.carry = bytes;
      continue;
    }
    const decoded = decodeBytes(reading, bytes, false);
    yield decoded;
    if (decoded.kind === 'broken') return;
  }
  const rest = decodeBytes(reading, reading.carry, true);
  if (rest.kind === 'broken' || rest.text !== '') yield rest;
}

/** Bytes at the beginning that are looked at together, whatever the chunks: enough to tell UTF-16 from a stray NUL. */
const FIRST_LOOK_BYTES = 64;

/** Bytes of the byte order mark in UTF-8. */
const MARK_BYTES = 3;

interface Reading {
  readonly encoding: Encoding;
  /** Bytes before `carry`, and the line they end on. */
  offset: number;
  line: number;
  /** The beginning of a character or of the file that goes on in the next chunk. */
  carry: Uint8Array;
  started: boolean;
}

function decodeBytes(reading: Reading, bytes: Uint8Array, last: boolean): DecodedText {
  let skip = 0;
  if (!reading.started) {
    const mark = byteOrderMark(bytes);
    if (mark === 'utf-16') return broken(finding('TEXT-UTF-16', placeOf(reading, 0)));
    if (mark === 'utf-8' && reading.encoding !== 'utf-8') return broken(finding('TEXT-LOOKS-UTF-8', placeOf(reading, 0)));
    if (mark === 'utf-8') skip = MARK_BYTES;
    reading.started = true;
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) return broken(finding(looksLikeUtf16(bytes) ? 'TEXT-UTF-16' : 'TEXT-NUL', placeIn(reading, bytes, nul)));
  return reading.encoding === 'utf-8' ? decodeUtf8(reading, bytes, skip, last) : decodeSingleByte(reading, bytes, last);
}

function byteOrderMark(bytes: Uint8Array): 'utf-8' | 'utf-16' | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) ? 'utf-16' : undefined;
}

/** Western text in UTF-16 has a NUL in every second byte. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, FIRST_LOOK_BYTES);
  const nuls = sample.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  return sample.length >= 4 && nuls * 3 >= sample.length;
}

function decodeUtf8(reading: Reading, bytes: Uint8Array, skip: number, last: boolean): DecodedText {
  const end = last ? bytes.length : completeCharacters(bytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(skip, end));
  } catch {
    const offset = invalidUtf8Offset(bytes.subarray(0, end));
    const place = placeIn(reading, bytes, offset);
    const hintEncoding = singleByteGuess(bytes, offset);
    return broken(finding('TEXT-NOT-UTF-8', { ...place, facts: { ...place.facts, hintEncoding } }));
  }
  const mark = text.indexOf(BYTE_ORDER_MARK);
  if (mark >= 0) {
    const place = placeIn(reading, bytes, skip + Buffer.byteLength(text.slice(0, mark)));
    return broken(finding('TEXT-MARK-INSIDE', place));
  }
  advance(reading, bytes, end);
  return { kind: 'text', text };
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Bytes up to the last character that is whole: a chunk may end inside one. */
function completeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** Which single-byte encoding the byte would be a Nordic letter in; for the finding's text only. */
function singleByteGuess(bytes: Uint8Array, offset: number): string {
  const byte = bytes[offset] ?? 0;
  if (byte >= 0xc0) return 'ISO-8859-1 / Windows-1252';
  return byte === 0x84 || byte === 0x86 || byte === 0x94 || byte === 0x8f ? 'CP850' : '?';
}

/**
 * ISO-8859-1 and Windows-1252 give every byte a meaning, so a UTF-8 file would pass as mojibake. Its å, ä, ö, æ and ø are C3 followed by
 * 80–BF, a pair (Ã and a sign) that no Nordic text in these encodings holds.
 */
function decodeSingleByte(reading: Reading, bytes: Uint8Array, last: boolean): DecodedText {
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index]!;
    if (byte < 0x7f) continue;
    const next = bytes[index + 1];
    if (byte === 0xc3 && next !== undefined && next >= 0x80 && next <= 0xbf) {
      return broken(finding('TEXT-LOOKS-UTF-8', placeIn(reading, bytes, index)));
    }
    if (isUndefinedByte(byte, reading.encoding)) {
      const place = placeIn(reading, bytes, index);
      const facts = { ...place.facts, byte: byte.toString(16).padStart(2, '0') };
      return broken(finding('TEXT-NO-CHARACTER', { ...place, facts }));
    }
  }
  const end = !last && bytes.at(-1) === 0xc3 ? bytes.length - 1 : bytes.length;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, end);
  const text = reading.encoding === 'iso-8859-1' ? buffer.toString('latin1') : new TextDecoder('windows-1252').decode(buffer);
  advance(reading, bytes, end);
  return { kind: 'text', text };
}

/** C1 control characters are never text; Windows-1252 fills most of their places with signs, five stay empty. */
function isUndefinedByte(byte: number, encoding: Encoding): boolean {
  if (byte === 0x7f) return true;
  if (byte < 0x80 || byte > 0x9f) return false;
  return encoding === 'iso-8859-1' || [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte);
}

function advance(reading: Reading, bytes: Uint8Array, end: number): void {
  reading.line += countLines(bytes.subarray(0, end));
  reading.offset += end;
  reading.carry = bytes.slice(end);
}

const LINE_FEED = 10;

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

const broken = (problem: Finding): DecodedText => ({ kind: 'broken', finding: problem });

/** Where a byte stands, as every finding about bytes tells it; `index` is counted from the bytes that are not decoded yet. */
const placeOf = ({ line, encoding, offset }: Reading, index: number) => ({
  line,
  facts: { encoding, offset: String(offset + index) },
});

/** The same with the line on which it stands, and the byte with its neighbours as the value. */
const placeIn = (reading: Reading, bytes: Uint8Array, index: number) => ({
  ...placeOf(reading, index),
  line: reading.line + countLines(bytes.subarray(0, index)),
  value: Buffer.from(bytes.slice(index, index + 4)).toString('hex'),
});

/**
 * Index of the first byte that is not UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). Bytes that end inside
 * a character are invalid from that character's first byte on; the length if all are valid.
 */
export function invalidUtf8Offset(bytes: Uint8Array): number {
  let index = 0;
  while (index < bytes.length) {
    const length = characterLength(bytes, index);
    if (length === 0) return index;
    index += length;
  }
  return index;
}

/** Bytes of the character at the index, or 0. */
function characterLength(bytes: Uint8Array, index: number): number {
  const lead = bytes[index]!;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf5 ? 0 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  for (let offset = 1; offset < length; offset += 1) {
    const byte = bytes[index + offset];
    if (byte === undefined || byte < 0x80 || byte > 0xbf) return 0;
  }
  const second = bytes[index + 1] ?? 0;
  const outside =
    (lead === 0xe0 && second < 0xa0) ||
    (lead === 0xed && second > 0x9f) ||
    (lead === 0xf0 && second < 0x90) ||
    (lead === 0xf4 && second > 0x8f);
  return outside ? 0 : length;
}

/**
 * Text as it may stand in a document: line ends are line feeds, no blanks at either end, and none of the control characters that
 * neither paper nor XML can carry (XML 1.0 §2.2: below U+0020 but tab and line feed, lone surrogates, U+FFFE, U+FFFF).
 */
export function cleanText(text: string): { readonly text: string; readonly removed: boolean } {
  if (!suspicious.test(text)) return { text: text.trim(), removed: false };
  const lines = text.replaceAll('\r\n', '\n');
  const clean = lines.replaceAll(forbidden, '');
  return { text: clean.trim(), removed: clean !== lines };
}

// oxlint-disable-next-line no-control-regex -- these are the characters that are looked for
const suspicious = /[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/;

/** Control characters; surrogates only where they are not a pair (the `u` flag pairs them). */
// oxlint-disable-next-line no-control-regex -- these are the characters that are looked for
const forbidden = /[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/gu;
