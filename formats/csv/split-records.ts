import type { DecodedText } from '../text/decode.ts';
import { finding, type Finding } from '#engine/finding.ts';

/** A record as it stands in the file, without its line end, which is a line feed, or carriage return and line feed. */
export interface TextRecord {
  readonly text: string;
  /** First and last line in the file, from 1: a quoted field may hold line ends. */
  readonly line: number;
  readonly lastLine: number;
}

/** Whole records in file order; `end` comes last unless the file is broken. */
export type RecordBlock =
  | { readonly kind: 'records'; readonly records: readonly TextRecord[] }
  | { readonly kind: 'end'; readonly finalNewline: boolean; readonly lastLine: number }
  | { readonly kind: 'broken'; readonly finding: Finding };

export interface Dialect {
  readonly delimiter: string;
  readonly quote: '"' | 'none';
}

/** Characters of one record; no invoice line needs more, and a file without line ends must not fill the memory. */
export const MAX_RECORD_CHARACTERS = 100_000;

/** Lines that one quoted field may hold; a forgotten quote is found here, not at the end of a million lines (reliability.md XC2). */
export const MAX_LINES_PER_FIELD = 50;

/**
 * Cuts decoded text into CSV records (RFC 4180) and checks the quoting strictly: a quote opens only at a field's beginning, and what
 * closes one is followed by a delimiter or a line end. PapaParse, which splits the fields afterwards, forgives all of that and would
 * let one unbalanced quote swallow the rest of the file. Holds one record and one chunk in memory.
 */
export async function* splitRecords(texts: AsyncIterable<DecodedText>, dialect: Dialect): AsyncGenerator<RecordBlock> {
  const scan: Scan = { dialect, pending: '', line: 1, firstLine: 1, quoteLine: 1, state: 'start' };
  for await (const item of texts) {
    if (item.kind === 'broken') {
      yield item;
      return;
    }
    const records: TextRecord[] = [];
    const problem = scanText(scan, item.text, records);
    if (records.length > 0) yield { kind: 'records', records };
    if (problem !== undefined) {
      yield { kind: 'broken', finding: problem };
      return;
    }
  }
  yield* finish(scan);
}

/**
 * `start`: at a field's beginning; `plain`: in an unquoted field; `quoted`: in a quoted one; `closing`: after a quote in a quoted field,
 * which either closes it or is the first of a doubled one; `return`: after a carriage return.
 */
type State = 'start' | 'plain' | 'quoted' | 'closing' | 'return';

interface Scan {
  readonly dialect: Dialect;
  /** The record so far, from earlier chunks. */
  pending: string;
  /** The line of the next character, of the record's beginning and of the open quote. */
  line: number;
  firstLine: number;
  quoteLine: number;
  state: State;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;

function scanText(scan: Scan, text: string, records: TextRecord[]): Finding | undefined {
  const cursor: Cursor = { text, begin: 0, index: 0, nextQuote: -1, nextReturn: -1 };
  while (cursor.index < text.length) {
    if (scan.pending === '' && scan.state === 'start') takePlainRecords(scan, cursor, records);
    const problem = scanRecord(scan, cursor, records);
    if (problem !== undefined) return problem;
  }
  scan.pending += text.slice(cursor.begin);
  return scan.pending.length > MAX_RECORD_CHARACTERS ? tooLong(scan) : undefined;
}

interface Cursor {
  readonly text: string;
  /** Where the present record begins, and the next character to look at. */
  begin: number;
  index: number;
  /** Known places ahead; -1 before the first search, the text's length if there is none. */
  nextQuote: number;
  nextReturn: number;
}

/** The quick way: lines that hold no quote and no lone carriage return are records as they stand. */
function takePlainRecords(scan: Scan, cursor: Cursor, records: TextRecord[]): void {
  const { text } = cursor;
  for (let end = text.indexOf('\n', cursor.begin); end >= 0; end = text.indexOf('\n', cursor.begin)) {
    if (scan.dialect.quote !== 'none' && cursor.nextQuote < cursor.begin) cursor.nextQuote = indexOrEnd(text, '"', cursor.begin);
    if (cursor.nextReturn < cursor.begin) cursor.nextReturn = indexOrEnd(text, '\r', cursor.begin);
    const quoteAhead = scan.dialect.quote !== 'none' && cursor.nextQuote < end;
    if (quoteAhead || cursor.nextReturn < end - 1 || end - cursor.begin > MAX_RECORD_CHARACTERS) return;
    const record = text.slice(cursor.begin, cursor.nextReturn === end - 1 ? end - 1 : end);
    records.push({ text: record, line: scan.line, lastLine: scan.line });
    scan.line += 1;
    scan.firstLine = scan.line;
    cursor.begin = end + 1;
    cursor.index = cursor.begin;
  }
}

function indexOrEnd(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index < 0 ? text.length : index;
}

/** Looks at each character up to the record's end or the text's. */
function scanRecord(scan: Scan, cursor: Cursor, records: TextRecord[]): Finding | undefined {
  const { text } = cursor;
  const delimiter = scan.dialect.delimiter.charCodeAt(0);
  const quoting = scan.dialect.quote === '"';
  for (; cursor.index < text.length; cursor.index += 1) {
    const character = text.charCodeAt(cursor.index);
    if (scan.state === 'quoted') {
      if (character === QUOTE) scan.state = 'closing';
      else if (character === LINE_FEED) {
        scan.line += 1;
        if (scan.line - scan.quoteLine >= MAX_LINES_PER_FIELD) return quoteOpen(scan);
      }
    } else if (character === LINE_FEED) {
      return endRecord(scan, cursor, records);
    } else if (scan.state === 'return') {
      return finding('CSV-LONE-RETURN', { line: scan.line });
    } else if (character === delimiter) {
      scan.state = 'start';
    } else if (character === CARRIAGE_RETURN) {
      scan.state = 'return';
    } else if (character === QUOTE && quoting) {
      if (scan.state === 'plain') return finding('CSV-QUOTE-INSIDE', { line: scan.line, value: around(cursor) });
      if (scan.state === 'start') scan.quoteLine = scan.line;
      scan.state = 'quoted';
    } else if (scan.state === 'closing') {
      return finding('CSV-QUOTE-CLOSED', { line: scan.line, value: around(cursor) });
    } else {
      scan.state = 'plain';
    }
  }
  return undefined;
}

function endRecord(scan: Scan, cursor: Cursor, records: TextRecord[]): Finding | undefined {
  const whole = scan.pending + cursor.text.slice(cursor.begin, cursor.index);
  const text = scan.state === 'return' ? whole.slice(0, -1) : whole;
  if (text.length > MAX_RECORD_CHARACTERS) return tooLong(scan);
  records.push({ text, line: scan.firstLine, lastLine: scan.line });
  scan.line += 1;
  scan.firstLine = scan.line;
  scan.pending = '';
  scan.state = 'start';
  cursor.index += 1;
  cursor.begin = cursor.index;
  return undefined;
}

function* finish(scan: Scan): Generator<RecordBlock> {
  if (scan.state === 'quoted') {
    yield { kind: 'broken', finding: quoteOpen(scan) };
    return;
  }
  if (scan.state === 'return') {
    yield { kind: 'broken', finding: finding('CSV-LONE-RETURN', { line: scan.line }) };
    return;
  }
  const { pending: text, firstLine: line, line: lastLine } = scan;
  if (text !== '') yield { kind: 'records', records: [{ text, line, lastLine }] };
  yield { kind: 'end', finalNewline: text === '', lastLine: text === '' ? Math.max(1, lastLine - 1) : lastLine };
}

const tooLong = (scan: Scan): Finding =>
  finding('CSV-RECORD-TOO-LONG', { line: scan.firstLine, facts: { maxCharacters: String(MAX_RECORD_CHARACTERS) } });

const quoteOpen = (scan: Scan): Finding =>
  finding('CSV-QUOTE-OPEN', { line: scan.quoteLine, facts: { maxLines: String(MAX_LINES_PER_FIELD) } });

/** A few characters on each side of the fault. */
const around = ({ text, index }: Cursor): string => text.slice(Math.max(0, index - 20), index + 20);
