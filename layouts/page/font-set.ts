import { type FontFace, makeFontFace } from './font-face.ts';

/** The faces of a letter by what they are for; the value is the font's resource name in every content stream. */
export const fontRoles = { regular: 'R', semibold: 'S', bold: 'B', ocr: 'O' } as const;
export type FontRole = keyof typeof fontRoles;

export type FontSet = Readonly<Record<FontRole, FontFace>>;

/** The bytes of the font files, read by whoever may touch the file system. */
export type FontFiles = Readonly<Record<FontRole, Uint8Array>>;

/** Measures the house's fonts. Takes tens of milliseconds: once per thread. */
export function makeFontSet(files: FontFiles): FontSet {
  const text = [...textRepertoire()];
  const code = [...codeRepertoire];
  return {
    regular: makeFontFace(files.regular, text),
    semibold: makeFontFace(files.semibold, text),
    bold: makeFontFace(files.bold, text),
    ocr: makeFontFace(files.ocr, code),
  };
}

/** What stands on a machine-read line: nothing but these (sweden-bank.md §7.1). */
const codeRepertoire = Array.from(' #>H0123456789', (character) => character.charCodeAt(0));

/**
 * Characters every text face is measured for, in the order of the embedded subset: Latin-1 and Latin Extended-A, the Romanian and
 * Vietnamese letters that names in the Nordic countries have, and the punctuation of invoices.
 */
function* textRepertoire(): Generator<number> {
  yield* range(0x20, 0x7e);
  yield* range(0xa0, 0x17f);
  yield* range(0x218, 0x21b);
  yield* [0x192, 0x1a0, 0x1a1, 0x1af, 0x1b0, 0x1e9e];
  yield* range(0x1ea0, 0x1ef9);
  yield* range(0x2010, 0x2027);
  yield* [0x202f, 0x2030, 0x2032, 0x2033, 0x2039, 0x203a, 0x2044, 0x20ac, 0x2116, 0x2122];
  yield* [0x2190, 0x2192, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25a1, SUBSTITUTE];
}

/** Stands in for a character no face can draw: a white square, so that the reader sees that something is missing. */
export const SUBSTITUTE = 0x25a1;

function* range(first: number, last: number): Generator<number> {
  for (let codePoint = first; codePoint <= last; codePoint += 1) yield codePoint;
}
