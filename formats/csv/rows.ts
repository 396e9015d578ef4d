import type { DecodedText } from '../text/decode.ts';
import { finding, type Finding } from '#engine/finding.ts';

/** One row of a CSV file: its cells as text, and its first and last line in the file, from 1: a quoted cell may hold line ends. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly line: number;
  readonly lastLine: number;
}

/** Rows in file order, in blocks of what one chunk of the file held; `end` comes last unless the file is broken. */
export type RowBlock =
  | { readonly kind: 'rows'; readonly rows: readonly CsvRow[] }
  | { readonly kind: 'end'; readonly finalNewline: boolean; readonly lastLine: number }
  | { readonly kind: 'broken'; readonly finding: Finding };

export interface Dialect {
  readonly delimiter: string;
  readonly quote: '"' | 'none';
}

/** Characters of one row; no invoice line needs more, and a file without line ends must not fill the memory. */
export const MAX_RECORD_CHARACTERS = 100_000;

/** Lines that one quoted cell may hold; a forgotten quote is found here, not at the end of a million lines (reliability.md XC2). */
export const MAX_LINES_PER_FIELD = 50;

/** Columns of a row; the widest invoice layout seen has about a hundred. */
export const MAX_COLUMNS = 1_000;

/** Rows of a file. Larger deliveries are divided. */
export const MAX_ROWS = 5_000_000;

/**
 * Cuts decoded text into rows and cells (RFC 4180) in one pass, and checks the quoting strictly: a quote opens only at a cell's beginning,
 * and what closes one is followed by a delimiter or a line end, which is a line feed, or carriage return and line feed. Anything more
 * lenient lets one unbalanced quote swallow the rest of the file. Blank rows (empty, or only delimiters) are left out. The next chunk is
 * asked for when the caller wants the next block: memory holds one chunk and one row, however large the file is.
 */
export async function* readRows(texts: AsyncIterable<DecodedText>, dialect: Dialect): AsyncGenerator<RowBlock> {
  const scan: Scan = { dialect, line: 1, rest: '' };
  let count = 0;
  for await (const item of texts) {
    if (item.kind === 'broken') {
      yield item;
      return;
    }
    const rows: CsvRow[] = [];
    const fault = cutText(scan, item.text, rows);
    count += rows.length;
    const problem = rowsProblem(rows, count);
    if (rows.length > 0 && problem === undefined) yield { kind: 'rows', rows: rows.filter((row) => !isBlank(row)) };
    const broken = problem ?? fault;
    if (broken !== undefined) {
      yield { kind: 'broken', finding: broken };
      return;
    }
  }
  yield* finish(scan, count);
}

function* finish(scan: Scan, count: number): Generator<RowBlock> {
  const { rest, line } = scan;
  if (rest === '') {
    yield { kind: 'end', finalNewline: true, lastLine: Math.max(1, line - 1) };
    return;
  }
  // What has no line end is cut as if it had one: a file that ends here may be cut short, which its reader judges.
  const last = cutRow(scan, { text: rest, begin: 0, isLast: true });
  const problem = last.kind === 'row' ? rowsProblem([last.row], count + 1) : last.kind === 'fault' ? last.finding : undefined;
  if (problem !== undefined) {
    yield { kind: 'broken', finding: problem };
    return;
  }
  if (last.kind === 'row' && !isBlank(last.row)) yield { kind: 'rows', rows: [last.row] };
  yield { kind: 'end', finalNewline: false, lastLine: last.kind === 'row' ? last.row.lastLine : line };
}

function rowsProblem(rows: readonly CsvRow[], count: number): Finding | undefined {
  const wide = rows.find((row) => row.cells.length > MAX_COLUMNS);
  if (wide) return finding('CSV-TOO-MANY-COLUMNS', { line: wide.line, facts: { maxColumns: String(MAX_COLUMNS) } });
  if (count <= MAX_ROWS) return undefined;
  return finding('CSV-TOO-MANY-ROWS', { line: rows.at(-1)?.line ?? 1, facts: { maxRows: String(MAX_ROWS) } });
}

const isBlank = (row: CsvRow): boolean => row.cells.every((cell) => cell.trim() === '');

interface Scan {
  readonly dialect: Dialect;
  /** The line that the next row begins on. */
  line: number;
  /** The beginning of a row that goes on in the next chunk. */
  rest: string;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;

/** Cuts every row that is whole; the finding of what stopped it. */
function cutText(scan: Scan, chunk: string, rows: CsvRow[]): Finding | undefined {
  const text = scan.rest + chunk;
  const plain: Plain = { text, begin: 0, nextQuote: -1, nextReturn: -1 };
  for (;;) {
    takePlainRows(scan, plain, rows);
    const cut = cutRow(scan, { text, begin: plain.begin, isLast: false });
    if (cut.kind === 'fault') return cut.finding;
    if (cut.kind === 'unfinished') break;
    rows.push(cut.row);
    plain.begin = cut.end;
    scan.line = cut.row.lastLine + 1;
  }
  scan.rest = text.slice(plain.begin);
  return scan.rest.length > MAX_RECORD_CHARACTERS ? tooLong(scan.line) : undefined;
}

interface Plain {
  readonly text: string;
  /** Where the present row begins. */
  begin: number;
  /** Known places ahead; -1 before the first search, the text's length if there is none. */
  nextQuote: number;
  nextReturn: number;
}

/** The quick way: a line that holds no quote and no lone carriage return is a row, and its delimiters are all there is to it. */
function takePlainRows(scan: Scan, plain: Plain, rows: CsvRow[]): void {
  const { text } = plain;
  const quoting = scan.dialect.quote === '"';
  for (let end = text.indexOf('\n', plain.begin); end >= 0; end = text.indexOf('\n', plain.begin)) {
    if (quoting && plain.nextQuote < plain.begin) plain.nextQuote = indexOrEnd(text, '"', plain.begin);
    if (plain.nextReturn < plain.begin) plain.nextReturn = indexOrEnd(text, '\r', plain.begin);
    const quoteAhead = quoting && plain.nextQuote < end;
    if (quoteAhead || plain.nextReturn < end - 1 || end - plain.begin > MAX_RECORD_CHARACTERS) return;
    const line = text.slice(plain.begin, plain.nextReturn === end - 1 ? end - 1 : end);
    rows.push({ cells: line.split(scan.dialect.delimiter), line: scan.line, lastLine: scan.line });
    scan.line += 1;
    plain.begin = end + 1;
  }
}

function indexOrEnd(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index < 0 ? text.length : index;
}

/** A row that was cut, up to and with its line end; `unfinished` where the text ends before the row does. */
type Cut =
  | { readonly kind: 'row'; readonly row: CsvRow; readonly end: number }
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'fault'; readonly finding: Finding };

interface Stretch {
  readonly text: string;
  readonly begin: number;
  /** Nothing follows the text. */
  readonly isLast: boolean;
}

/** Cuts one row cell by cell. */
function cutRow({ dialect, line }: Scan, stretch: Stretch): Cut {
  const { text, begin } = stretch;
  const quoting = dialect.quote === '"';
  const delimiter = dialect.delimiter.charCodeAt(0);
  const cells: string[] = [];
  let lastLine = line;
  for (let at = begin; ; at += 1) {
    const cell: Cell =
      quoting && text.charCodeAt(at) === QUOTE
        ? quotedCell(stretch, at, lastLine)
        : plainCell(stretch, at, { delimiter, quoting });
    if (cell.kind === 'quote-inside') {
      return { kind: 'fault', finding: finding('CSV-QUOTE-INSIDE', { line: lastLine, value: around(text, cell.at) }) };
    }
    if (cell.kind !== 'cell') return cell;
    cells.push(cell.value);
    lastLine += cell.lines;
    at = cell.end;
    const next = text.charCodeAt(at);
    if (next === delimiter) continue;
    const isReturn = next === CARRIAGE_RETURN;
    const end = isReturn ? at + 1 : at;
    if (end >= text.length && !stretch.isLast) return { kind: 'unfinished' };
    if (isReturn && text.charCodeAt(end) !== LINE_FEED) {
      return { kind: 'fault', finding: finding('CSV-LONE-RETURN', { line: lastLine }) };
    }
    if (end < text.length && text.charCodeAt(end) !== LINE_FEED) {
      return { kind: 'fault', finding: finding('CSV-QUOTE-CLOSED', { line: lastLine, value: around(text, end) }) };
    }
    if (at - begin > MAX_RECORD_CHARACTERS) return { kind: 'fault', finding: tooLong(line) };
    return { kind: 'row', row: { cells, line, lastLine }, end: end + 1 };
  }
}

/** One cell; `end` is the place behind it, and `lines` how many line ends it holds. */
type Cell =
  | { readonly kind: 'cell'; readonly value: string; readonly end: number; readonly lines: number }
  | { readonly kind: 'quote-inside'; readonly at: number }
  | Exclude<Cut, { readonly kind: 'row' }>;

function plainCell({ text, isLast }: Stretch, begin: number, marks: { delimiter: number; quoting: boolean }): Cell {
  for (let at = begin; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === marks.delimiter || character === LINE_FEED || character === CARRIAGE_RETURN) {
      return { kind: 'cell', value: text.slice(begin, at), end: at, lines: 0 };
    }
    if (character === QUOTE && marks.quoting) return { kind: 'quote-inside', at };
  }
  return isLast ? { kind: 'cell', value: text.slice(begin), end: text.length, lines: 0 } : { kind: 'unfinished' };
}

function quotedCell({ text, isLast }: Stretch, begin: number, line: number): Cell {
  const quoteOpen = (): Cell => ({
    kind: 'fault',
    finding: finding('CSV-QUOTE-OPEN', { line, facts: { maxLines: String(MAX_LINES_PER_FIELD) } }),
  });
  let lines = 0;
  let isDoubled = false;
  for (let from = begin + 1; ;) {
    const quote = indexOrEnd(text, '"', from);
    for (let feed = text.indexOf('\n', from); feed >= 0 && feed < quote; feed = text.indexOf('\n', feed + 1)) {
      lines += 1;
      if (lines >= MAX_LINES_PER_FIELD) return quoteOpen();
    }
    if (quote === text.length) return isLast ? quoteOpen() : { kind: 'unfinished' };
    // A quote at the text's end may be the first of two.
    if (quote === text.length - 1 && !isLast) return { kind: 'unfinished' };
    if (text.charCodeAt(quote + 1) === QUOTE) {
      isDoubled = true;
      from = quote + 2;
      continue;
    }
    const inside = text.slice(begin + 1, quote);
    return { kind: 'cell', value: isDoubled ? inside.replaceAll('""', '"') : inside, end: quote + 1, lines };
  }
}

const tooLong = (line: number): Finding =>
  finding('CSV-RECORD-TOO-LONG', { line, facts: { maxCharacters: String(MAX_RECORD_CHARACTERS) } });

/** A few characters on each side of the fault. */
const around = (text: string, index: number): string => text.slice(Math.max(0, index - 20), index + 20);
