import { create, type Font } from 'fontkit';

/** The faces of a letter by what they are for; the value is the font's resource name in every content stream. */
export const fontRoles = { regular: 'R', semibold: 'S', bold: 'B', machine: 'O' } as const;
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
    machine: makeFontFace(files.machine, code),
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

/** A font file measured once: every character Kuvert prints, its glyph in the embedded subset, and its width. */
export interface FontFace {
  readonly postscriptName: string;
  /** Glyph in the subset by code point; 0 (`.notdef`) for characters the face does not draw. */
  readonly glyphs: Uint16Array;
  /** Advance width by code point, in thousandths of the font size. */
  readonly widths: Uint16Array;
  /** Width and first code point of each glyph of the subset, glyph 0 first: what the PDF's font objects need. */
  readonly subsetWidths: readonly number[];
  readonly subsetCodePoints: readonly number[];
  readonly program: Uint8Array;
  readonly outlines: 'TrueType' | 'CFF';
  readonly metrics: FaceMetrics;
  /** Adjustment between two neighbouring characters, thousandths, negative draws them together. */
  readonly kerning: (left: string, right: string) => number;
}

export interface FaceMetrics {
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly xHeight: number;
  readonly italicAngle: number;
  readonly box: readonly [number, number, number, number];
  readonly fixedPitch: boolean;
}

/** Code points above this are not in any repertoire. */
export const HIGHEST_CODE_POINT = 0xff_ff;

/**
 * Measures a static TTF or OTF file for a fixed repertoire. The subset depends on the file and the repertoire only, so every PDF
 * carries the same font bytes and content streams never depend on the document they are in (print.md §0.2).
 */
function makeFontFace(file: Uint8Array, repertoire: Iterable<number>): FontFace {
  const font = create(file);
  const scale = 1000 / font.unitsPerEm;
  const subset = font.createSubset();
  const glyphs = new Uint16Array(HIGHEST_CODE_POINT + 1);
  const widths = new Uint16Array(HIGHEST_CODE_POINT + 1);
  const subsetWidths = [Math.round(font.glyphForCodePoint(HIGHEST_CODE_POINT).advanceWidth * scale)];
  const subsetCodePoints = [0];
  for (const codePoint of repertoire) {
    if (!font.hasGlyphForCodePoint(codePoint)) continue;
    const glyph = font.glyphForCodePoint(codePoint);
    const id = subset.includeGlyph(glyph.id);
    glyphs[codePoint] = id;
    widths[codePoint] = Math.round(glyph.advanceWidth * scale);
    subsetWidths[id] ??= widths[codePoint];
    subsetCodePoints[id] ??= codePoint;
  }
  return {
    postscriptName: font.postscriptName,
    glyphs,
    widths,
    subsetWidths,
    subsetCodePoints,
    program: subset.encode(),
    outlines: subset.cff === undefined ? 'TrueType' : 'CFF',
    metrics: readMetrics(font, scale),
    kerning: makeKerning(font, scale),
  };
}

function readMetrics(font: Font, scale: number): FaceMetrics {
  const scaled = (value: number): number => Math.round(value * scale);
  const { minX, minY, maxX, maxY } = font.bbox;
  return {
    ascent: scaled(font.ascent),
    descent: scaled(font.descent),
    capHeight: scaled(font.capHeight),
    xHeight: scaled(font.xHeight),
    italicAngle: font.italicAngle,
    box: [scaled(minX), scaled(minY), scaled(maxX), scaled(maxY)],
    fixedPitch: font.post.isFixedPitch !== 0,
  };
}

/** Pairs are asked of the font once; there are at most as many as the repertoire squared, and headings use few. */
function makeKerning(font: Font, scale: number): FontFace['kerning'] {
  const known = new Map<string, number>();
  return (left, right) => {
    const pair = left + right;
    const found = known.get(pair);
    if (found !== undefined) return found;
    const { positions } = font.layout(pair);
    const alone = font.glyphForCodePoint(left.codePointAt(0) ?? 0).advanceWidth;
    // A ligature has one position for the pair; the plain glyphs are printed then, unkerned.
    const adjustment = positions.length === 2 ? Math.round(((positions[0]?.xAdvance ?? alone) - alone) * scale) : 0;
    known.set(pair, adjustment);
    return adjustment;
  };
}
