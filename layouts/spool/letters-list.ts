import { formatAmount } from '#engine/money.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import { type SpoolPiece, type SpoolTotals, jobName, type RefusedPiece, type SpoolVolume } from './spool.ts';

/** Columns of `J0042.letters.csv` in their order (print.md §3.3). No names and addresses: those are on the sheets. */
const letterColumns = [
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

type LetterColumn = (typeof letterColumns)[number];

const TOTAL_MARK = '#TOTAL';
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
const unguardCell = (value: string): string =>
  value.startsWith("'") && DANGEROUS_START.test(value.slice(1)) ? value.slice(1) : value;

/** A row of `J0042.letters.csv` by column, guards undone. */
export type LetterRow = Readonly<Record<LetterColumn, string>>;

export interface LettersCsv {
  readonly rows: readonly LetterRow[];
  /** Letters, pages, sheets of the last line. */
  readonly total: readonly [pieces: string, pages: string, sheets: string];
}

/** Reads the list of letters back. Throws a SyntaxError on a heading, row or total line that is not as written. */
export function readLettersCsv(text: string): LettersCsv {
  const lines = splitRecords(text);
  const heading = lines.shift();
  if (heading?.join(';') !== letterColumns.join(';')) throw new SyntaxError('letters.csv has other columns');
  const last = lines.pop();
  const [mark, pieces, pages, sheets] = last ?? [];
  if (mark !== TOTAL_MARK || pieces === undefined || pages === undefined || sheets === undefined) {
    throw new SyntaxError('letters.csv has no total line: it is cut short');
  }
  const rows = lines.map((cells, at) => {
    if (cells.length !== letterColumns.length) throw new SyntaxError(`letters.csv line ${at + 2} has ${cells.length} cells`);
    return Object.fromEntries(letterColumns.map((column, index) => [column, unguardCell(cells[index] ?? '')])) as Record<
      LetterColumn,
      string
    >;
  });
  return { rows, total: [pieces, pages, sheets] };
}

/** RFC 4180 with `;`: records end in CRLF, quoted cells may hold anything. */
function splitRecords(text: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  const token = /(?:"((?:[^"]|"")*)"|([^;"\r\n]*))(;|\r\n)/y;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new SyntaxError(`letters.csv cannot be read at character ${at}`);
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ';') continue;
    records.push(cells);
    cells = [];
  }
  if (cells.length > 0) throw new SyntaxError('letters.csv does not end with a line end');
  return records;
}

/** `J0042.manifest.json`: what the archive holds, for the print house's intake and for our own check. Last entry of the archive. */
export interface Manifest {
  readonly schemaVersion: 1;
  readonly job: string;
  readonly createdAt: string;
  readonly profile: { readonly id: string; readonly title: string; readonly duplex: boolean; readonly colour: boolean };
  readonly files: readonly ManifestFile[];
  readonly volumes: readonly SpoolVolume[];
  readonly totals: ManifestTotals;
  /** Letters that are in no volume. */
  readonly refused: number;
}

export interface ManifestFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface ManifestTotals {
  readonly pieces: number;
  readonly pages: number;
  readonly sheets: number;
  readonly milligrams: number;
  readonly payable: readonly { readonly currency: string; readonly amount: string }[];
}

export interface ManifestContent {
  readonly jobNumber: number;
  readonly createdAt: Date;
  readonly profile: PrintProfile;
  readonly volumes: readonly SpoolVolume[];
  readonly otherFiles: readonly ManifestFile[];
  readonly totals: SpoolTotals;
  readonly refused: readonly RefusedPiece[];
}

export function writeManifest(content: ManifestContent): string {
  const { profile, totals, volumes } = content;
  const manifest: Manifest = {
    schemaVersion: 1,
    job: jobName(content.jobNumber),
    createdAt: content.createdAt.toISOString(),
    profile: { id: profile.id, title: profile.title, duplex: profile.duplex, colour: profile.colour },
    files: [
      ...volumes.map(({ fileName, bytes, sha256 }) => ({ name: fileName, sizeBytes: bytes, sha256 })),
      ...content.otherFiles,
    ],
    volumes,
    totals: { ...totals, payable: totals.payable.map(({ currency, amount }) => ({ currency, amount: formatAmount(amount) })) },
    refused: content.refused.length,
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Reads a manifest; throws a SyntaxError where a field that the check needs is missing or of another kind. */
export function readManifest(text: string): Manifest {
  const manifest = JSON.parse(text) as Partial<Manifest>;
  const isWhole = (value: unknown): boolean => Number.isInteger(value);
  const isText = (value: unknown): boolean => typeof value === 'string';
  const problems = [
    manifest.schemaVersion !== 1 && 'schemaVersion',
    !isText(manifest.job) && 'job',
    !(typeof manifest.profile?.duplex === 'boolean' && typeof manifest.profile.colour === 'boolean') && 'profile',
    !manifest.files?.every((file) => isText(file.name) && isWhole(file.sizeBytes) && isText(file.sha256)) && 'files',
    !manifest.volumes?.every(
      (volume) => isText(volume.fileName) && isWhole(volume.pages) && isWhole(volume.sheets) && isWhole(volume.pieces),
    ) && 'volumes',
    !(isWhole(manifest.totals?.pieces) && isWhole(manifest.totals?.pages) && isWhole(manifest.totals?.sheets)) && 'totals',
    !manifest.totals?.payable.every(({ currency, amount }) => isText(currency) && isText(amount)) && 'totals.payable',
  ].filter((problem) => problem !== false);
  if (problems.length > 0) throw new SyntaxError(`manifest is wrong in ${problems.join(', ')}`);
  return manifest as Manifest;
}
