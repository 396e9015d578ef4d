import { createHash } from 'node:crypto';
import type { Currency, Minor } from '#engine/money.ts';
import { readSlipLine } from '../slips/slips.ts';
import { passesModulus10, readPrintedAmount } from './printed-amount.ts';
import { type PrintedFact, readPrintedFacts } from './printed-facts.ts';
import type { LetterRow } from './letters-list.ts';
import type { RereadForm, RereadPage } from './reread-pdf.ts';
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
