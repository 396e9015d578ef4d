import { createHash } from 'node:crypto';
import type { Currency, Minor } from '#engine/money.ts';
import { readSlipLine } from '../slips/slips.ts';
import { passesModulus10, readPrintedAmount } from './printed-amount.ts';
import type { LetterRow } from './letters-list.ts';
import {
  type RereadForm,
  type RereadPage,
  isBlank,
  isDelimiter,
  latin1,
  readLiteral,
  skipBlanks,
  type UnicodeMap,
} from './reread-pdf.ts';
import type { Discrepancy } from './spool.ts';

/** What one envelope's pages say. */
export interface CheckedPiece {
  readonly number: string;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly reference: string | undefined;
}

export interface PieceCheck {
  readonly row: LetterRow;
  readonly pages: readonly RereadPage[];
  readonly duplex: boolean;
  readonly colour: boolean;
}

type Report = (kind: Discrepancy['kind'], explanation: string) => void;

/**
 * Reads a piece's pages and compares them with its row in the list of letters: every printed page carries the invoice number, every
 * occurrence of amount and reference is the same, the marks of all sheets are the listed ones, and the content has the listed hash.
 */
export function checkPiece({ row, pages, duplex, colour }: PieceCheck, report: Report): CheckedPiece | undefined {
  const hash = createHash('sha256');
  const codes: string[] = [];
  const facts: PrintedFact[] = [];
  const pagesPerSheet = duplex ? 2 : 1;
  for (const [at, page] of pages.entries()) {
    const [content, mark] = page.contents;
    if (content === undefined) {
      if (!duplex || at !== pages.length - 1 || at % 2 === 0) report('pages', `page ${at + 1} of the letter is blank`);
      continue;
    }
    const printed = readPrintedFacts(content, page.fonts);
    hash.update(content).update(page.background === undefined ? '' : backgroundName(page.background));
    if (!colour && (printed.hasColour || hasColour(page))) report('pdf', `page ${at + 1} of the letter has colour`);
    if (!printed.facts.some(({ name, text }) => name === 'Number' && plain(text) === plain(row.invoice_number))) {
      report('number', `page ${at + 1} of the letter does not carry the number ${row.invoice_number}`);
    }
    facts.push(...printed.facts);
    if (at % pagesPerSheet === 0) codes.push(mark === undefined ? '' : readMark(mark, page));
    else if (mark !== undefined) report('control-code', `the back of sheet ${(at + 1) / 2} has a mark`);
  }
  if (hash.digest('hex') !== row.sha256_of_pages) report('content-hash', 'the pages are not the ones that were listed');
  checkCodes(codes, row, report);
  return agreedFacts(facts, report);
}

const backgroundNames = new WeakMap<RereadForm, string>();

function backgroundName(form: RereadForm): string {
  const known = backgroundNames.get(form);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(form.content);
  if (form.picture !== undefined) hash.update(form.picture);
  const name = hash.digest('hex');
  backgroundNames.set(form, name);
  return name;
}

const colouredForms = new WeakMap<RereadForm, boolean>();

function hasColour({ background, fonts }: RereadPage): boolean {
  if (background === undefined) return false;
  const known = colouredForms.get(background) ?? readPrintedFacts(background.content, fonts).hasColour;
  colouredForms.set(background, known);
  return known;
}

/** The digits beside the mark in the order of its fields; empty where they are not as they should be. */
function readMark(mark: Uint8Array, { fonts }: RereadPage): string {
  const { facts } = readPrintedFacts(mark, fonts);
  const text = facts.map((fact) => `${fact.name} ${fact.text}`).join(' ');
  const fields = /^ControlCode (\d{5}) (\d{7}) ControlCode (\d\d)\/(\d\d) (\d{3}) (\d) v(\d\d)$/.exec(text);
  if (fields === null) return '';
  const [, job, piece, sheet, sheets, enclosures, check, version] = fields;
  return [version, job, piece, sheet, sheets, enclosures, check].join('');
}

/** The digits of the marks: listed, right by their check digit, and saying this piece, sheet n of m. */
function checkCodes(codes: readonly string[], row: LetterRow, report: Report): void {
  if (codes.join(' ') !== row.control_code) report('control-code', `marks ${codes.join(' ')}, listed ${row.control_code}`);
  for (const [at, code] of codes.entries()) {
    const fields = /^01\d{5}(\d{7})(\d\d)(\d\d)\d{3}\d$/.exec(code);
    const agrees =
      fields !== null &&
      passesModulus10(code) &&
      Number(fields[1]) === Number(row.seq) &&
      Number(fields[2]) === at + 1 &&
      Number(fields[3]) === codes.length;
    if (!agrees) report('control-code', `mark ${code} of sheet ${at + 1} of ${codes.length} in piece ${row.seq}`);
  }
}

/** The one number, amount and reference that all occurrences on the pages agree on. */
function agreedFacts(facts: readonly PrintedFact[], report: Report): CheckedPiece | undefined {
  const textsOf = (name: string): readonly string[] => [
    ...new Set(facts.filter((fact) => fact.name === name).map(({ text }) => plain(text))),
  ];
  const numbers = textsOf('Number');
  const amounts = textsOf('Payable');
  const references = textsOf('Reference');
  if (numbers.length !== 1) report('number', `the pages say the numbers ${numbers.join(', ') || 'none'}`);
  if (references.length > 1) report('reference', `the pages say the references ${references.join(', ')}`);
  const amount = amounts.length === 1 ? readPrintedAmount(amounts[0] ?? '') : null;
  if (amount === null) {
    report('amount', `the pages say the amounts ${amounts.join(', ') || 'none'}`);
    return undefined;
  }
  for (const line of facts.filter(({ name }) => name === 'SlipLine')) {
    const slip = readSlipLine(line.text);
    const agrees =
      slip !== null && slip.amount === amount.amount && slip.currency === amount.currency && slip.reference === references[0];
    if (!agrees) report('amount', `the slip's line says "${line.text}"`);
  }
  return { number: numbers[0] ?? '', amount: amount.amount, currency: amount.currency, reference: references[0] };
}

/** Texts are compared composed and with ordinary blanks. */
export const plain = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();

/** A text that the page shows between `/Name BMC` and `EMC`. */
export interface PrintedFact {
  readonly name: string;
  readonly text: string;
}

export interface PrintedPage {
  readonly facts: readonly PrintedFact[];
  /** Whether any operator sets a colour that is not gray (ISO 32000-1 §8.6.8). */
  readonly hasColour: boolean;
}

const colourOperators = new Set(['rg', 'RG', 'k', 'K', 'cs', 'CS', 'sc', 'SC', 'scn', 'SCN']);

/**
 * Reads a content stream operator by operator, as a printer does, and returns what is shown where it is marked as a fact: the glyphs
 * that are really there, turned to text by the font's own map.
 */
export function readPrintedFacts(content: Uint8Array, fonts: ReadonlyMap<string, UnicodeMap>): PrintedPage {
  const facts: PrintedFact[] = [];
  let hasColour = false;
  let name = '';
  let font: UnicodeMap | undefined;
  let open: string | undefined;
  let text = '';
  let strings: number[] = [];
  let at = skipBlanks(content, 0);
  while (at < content.length) {
    const byte = content[at];
    if (byte === 0x2f) {
      const end = endOfWord(content, at + 1);
      name = latin1(content, at + 1, end);
      at = end;
    } else if (byte === 0x28) {
      strings.push(at);
      at = endOfString(content, at);
    } else if (byte === 0x5b || byte === 0x5d) at += 1;
    else if (isNumberStart(byte)) at = endOfWord(content, at);
    else {
      const end = endOfWord(content, at);
      if (end === at) throw new SyntaxError(`unexpected byte ${byte} at ${at} of a content stream`);
      const operator = latin1(content, at, end);
      at = end;
      if (operator === 'Tf') font = fontNamed(fonts, name);
      else if (operator === 'BMC') {
        open = name;
        text = '';
      } else if (operator === 'EMC') {
        if (open !== undefined) facts.push({ name: open, text });
        open = undefined;
      } else if (operator === 'Tj' || operator === 'TJ') {
        if (open !== undefined) text += strings.map((start) => decode(readLiteral(content, start).value, font)).join('');
      } else if (operator === 'BI') at = skipInlineImage(content, at);
      else if (colourOperators.has(operator)) hasColour = true;
      strings = [];
    }
    at = skipBlanks(content, at);
  }
  if (open !== undefined) throw new SyntaxError(`marked content ${open} is not closed`);
  return { facts, hasColour };
}

const isNumberStart = (byte: number | undefined): boolean =>
  byte !== undefined && ((byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x2e || byte === 0x2b);

function endOfWord(content: Uint8Array, from: number): number {
  let at = from;
  while (at < content.length && !isBlank(content[at]) && !isDelimiter(content[at])) at += 1;
  return at;
}

function endOfString(content: Uint8Array, start: number): number {
  let depth = 0;
  for (let at = start; at < content.length; at += 1) {
    const byte = content[at];
    if (byte === 0x5c) at += 1;
    else if (byte === 0x28) depth += 1;
    else if (byte === 0x29) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  throw new SyntaxError(`string without end at ${start} of a content stream`);
}

function fontNamed(fonts: ReadonlyMap<string, UnicodeMap>, name: string): UnicodeMap {
  const font = fonts.get(name);
  if (font === undefined) throw new SyntaxError(`page uses a font ${name} that it does not have`);
  return font;
}

function decode(bytes: Uint8Array, font: UnicodeMap | undefined): string {
  if (font === undefined) throw new SyntaxError('text is shown without a font');
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const code = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    const character = font.get(code);
    if (character === undefined) throw new SyntaxError(`glyph ${code} has no text`);
    text += character;
  }
  return text;
}

/** The bytes of a one-bit image follow from its width and height; whatever they are, they are no operators. */
function skipInlineImage(content: Uint8Array, from: number): number {
  const header = /^[^]*?\/W (\d+) \/H (\d+)[^]*? ID /.exec(latin1(content, from, Math.min(from + 80, content.length)));
  if (header === null) throw new SyntaxError(`inline image without size at ${from}`);
  const end = from + header[0].length + Math.ceil(Number(header[1]) / 8) * Number(header[2]);
  if (latin1(content, end, end + 3) !== ' EI') throw new SyntaxError(`inline image at ${from} has a wrong length`);
  return end + 3;
}
