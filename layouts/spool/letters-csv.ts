import { formatAmount } from '#engine/money.ts';
import type { SpoolPiece, SpoolTotals } from './spool-job.ts';

/** Columns of `J0042.letters.csv` in their order (print.md §3.3). No names and addresses: those are on the sheets. */
export const letterColumns = [
  'seq',
  'document_id',
  'invoice_number',
  'spool_file',
  'first_page',
  'pages',
  'sheets',
  'envelope',
  'grams',
  'postage_class',
  'country',
  'postcode',
  'control_code',
  'amount',
  'currency',
  'payment_reference',
  'sha256_of_pages',
] as const;

export type LetterColumn = (typeof letterColumns)[number];

export const TOTAL_MARK = '#TOTAL';
const LINE_END = '\r\n';

/** The list of letters: UTF-8, `;`, CRLF, a heading row and a last row `#TOTAL;letters;pages;sheets`. */
export function writeLettersCsv(pieces: readonly SpoolPiece[], totals: SpoolTotals): string {
  const rows = pieces.map((piece) => letterColumns.map((column) => cell(columns[column](piece))).join(';'));
  const total = [TOTAL_MARK, totals.pieces, totals.pages, totals.sheets].join(';');
  return [letterColumns.join(';'), ...rows, total, ''].join(LINE_END);
}

/** A printed value: `text` comes from outside and is made harmless, `figure` is made by us. */
type Cell = { readonly text: string } | { readonly figure: string };

const text = (value: string): Cell => ({ text: value });
const figure = (value: number | string): Cell => ({ figure: String(value) });

const columns: Readonly<Record<LetterColumn, (piece: SpoolPiece) => Cell>> = {
  seq: ({ sequence }) => figure(sequence),
  document_id: ({ documentId }) => text(documentId),
  invoice_number: ({ number }) => text(number),
  spool_file: ({ volume }) => text(volume),
  first_page: ({ firstPage }) => figure(firstPage),
  pages: ({ pages }) => figure(pages),
  sheets: ({ sheets }) => figure(sheets),
  envelope: ({ envelope }) => text(envelope),
  grams: ({ milligrams }) => figure(Math.ceil(milligrams / MILLIGRAMS_PER_GRAM)),
  postage_class: ({ postage }) => text(postage),
  country: ({ country }) => text(country),
  postcode: ({ postcode }) => text(postcode),
  control_code: ({ controlCodes }) => figure(controlCodes.join(' ')),
  amount: ({ payableAmount }) => figure(formatAmount(payableAmount)),
  currency: ({ currency }) => figure(currency),
  payment_reference: ({ paymentReference }) => text(paymentReference ?? ''),
  sha256_of_pages: ({ sha256 }) => figure(sha256),
};

const MILLIGRAMS_PER_GRAM = 1000;

/**
 * A cell starting with one of these is a formula to spreadsheets; an apostrophe in front makes it text (reliability.md IS3). One
 * that starts with an apostrophe gets another, so that the reader can tell them apart.
 */
const DANGEROUS_START = /^[=+\-@\t\r']/;

function cell(value: Cell): string {
  const plain = 'figure' in value ? value.figure : DANGEROUS_START.test(value.text) ? `'${value.text}` : value.text;
  return /[";\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** The inverse of the guard in `writeLettersCsv`. */
export const unguardCell = (value: string): string =>
  value.startsWith("'") && DANGEROUS_START.test(value.slice(1)) ? value.slice(1) : value;
