import { modulus10CheckDigit } from '#engine/check-digits.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import { encodeDataMatrix } from '../codes/datamatrix.ts';
import type { Drawing } from '../page/drawing.ts';
import type { Typesetter } from '../page/typesetter.ts';

/** What the control mark of one sheet says. */
export interface SheetControl {
  readonly jobNumber: number;
  /** Number of the piece in the job, from 1. */
  readonly piece: number;
  /** Number of the sheet in the piece, from 1. */
  readonly sheet: number;
  readonly sheets: number;
}

/** Largest values of the fields (print.md §2.3). */
export const MAX_PIECES_PER_JOB = 9_999_999;
export const MAX_SHEETS_PER_PIECE = 99;

/** Version 01 of the fields, and a mask of three digits for enclosures, of which there are none yet. */
const VERSION = '01';
const NO_ENCLOSURES = '000';

/**
 * The 22 digits of a sheet's control mark: version 2, job 5, piece 7, sheet 2, of 2, enclosures 3, check 1 (ISO/IEC 7812-1 annex B). They fill a
 * 16 × 16 DataMatrix. Throws a RangeError for numbers that do not fit their fields.
 */
export function controlCode({ jobNumber, piece, sheet, sheets }: SheetControl): string {
  const body = VERSION + field(jobNumber, 5) + field(piece, 7) + field(sheet, 2) + field(sheets, 2) + NO_ENCLOSURES;
  return body + modulus10CheckDigit(body);
}

/**
 * The code in two lines of groups, for the eyes of whoever repairs a stopped inserter by hand: job and piece, then sheet n/m,
 * enclosures, check digit and version.
 */
export const printControlCode = (code: string): readonly [string, string] => [
  `${code.slice(2, 7)} ${code.slice(7, 14)}`,
  `${code.slice(14, 16)}/${code.slice(16, 18)} ${code.slice(18, 21)} ${code.slice(21)} v${code.slice(0, 2)}`,
];

function field(value: number, digits: number): string {
  const text = String(value);
  if (!Number.isInteger(value) || value < 0 || text.length > digits)
    throw new RangeError(`${value} does not fit ${digits} digits`);
  return text.padStart(digits, '0');
}

/** Two lines hardly longer than the mark, so that they stay above a window that reaches up high. */
const TEXT_SIZE_PT = 4;
const TEXT_LEADING_MM = 1.6;
/** A reader wants at least one quiet module; three are usual (print.md §2.3). */
const QUIET_MODULES = 3;

/** The DataMatrix of a sheet's front at the profile's place, and its digits running down beside it. */
export function controlMark(set: Typesetter, profile: PrintProfile, code: string): readonly Drawing[] {
  const { xMm, yMm, moduleMm } = profile.controlMark;
  const { size, modules } = encodeDataMatrix(code);
  const style = { font: 'regular', sizePt: TEXT_SIZE_PT } as const;
  const textLeft = xMm + (size + QUIET_MODULES) * moduleMm;
  const lines = printControlCode(code).map((line, at): Drawing => {
    const text = set.line(line, style, { xMm: textLeft + at * TEXT_LEADING_MM, yMm, fact: 'ControlCode', zone: 'control' });
    return { ...text, turned: true };
  });
  return [{ kind: 'modules', xMm, yMm, moduleMm, size, modules, drawnAs: 'vectors', zone: 'control' }, ...lines];
}
