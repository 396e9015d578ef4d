import { type FontFace, type FontRole, type FontSet, SUBSTITUTE } from './fonts.ts';
import { MM_PER_POINT, type Fact, type TextDrawing, type Zone, black, type Ink } from './drawing.ts';

/** How a run of text looks. */
export interface TextStyle {
  readonly font: FontRole;
  readonly sizePt: number;
  readonly ink?: Ink;
}

/** Measures and places text in one letter's fonts, and remembers which characters it had to replace. */
export interface Typesetter {
  /** The text as it can be printed: composed (NFC), without controls, every undrawable character replaced by a visible square. */
  readonly printable: (text: string, style: TextStyle) => string;
  readonly widthMm: (text: string, style: TextStyle) => number;
  readonly line: (text: string, style: TextStyle, at: Placement) => TextDrawing;
  /** The lines a text takes within a width; words longer than the width are broken. Line feeds in the text break lines. */
  readonly wrap: (text: string, style: TextStyle, widthMm: number) => readonly string[];
  /** The text, cut with an ellipsis if it is wider. */
  readonly fit: (text: string, style: TextStyle, widthMm: number) => string;
  /** The style made smaller, down to SMALLEST_PT, until the whole text fits: for what must never be cut. */
  readonly shrink: (text: string, style: TextStyle, widthMm: number) => TextStyle;
  /** Characters replaced so far, as `U+0041`. */
  readonly replaced: () => readonly string[];
}

export interface Placement {
  /** Left edge, or with `align: 'right'` the right edge. */
  readonly xMm: number;
  /** The baseline. */
  readonly yMm: number;
  readonly align?: 'left' | 'right';
  readonly fact?: Fact;
  readonly zone?: Zone;
}

/** Headings are kerned; at text sizes the difference is under one per cent of the width (print.md §5.1). */
export const KERNED_FROM_PT = 12;

export const SMALLEST_PT = 5;

export function makeTypesetter(fonts: FontSet): Typesetter {
  const replacedPoints = new Set<number>();
  const printable = (text: string, style: TextStyle): string => makePrintable(text, fonts[style.font], replacedPoints);
  const widthMm = (text: string, style: TextStyle): number => measure(text, fonts[style.font], style.sizePt);
  const line = (text: string, style: TextStyle, at: Placement): TextDrawing => {
    const drawn = printable(text, style);
    const width = widthMm(drawn, style);
    const { font, sizePt, ink = black } = style;
    const xMm = at.align === 'right' ? at.xMm - width : at.xMm;
    const plainLine: TextDrawing = { kind: 'text', xMm, yMm: at.yMm, text: drawn, font, sizePt, ink, widthMm: width };
    if (at.fact === undefined && at.zone === undefined) return plainLine;
    return {
      ...plainLine,
      ...(at.fact === undefined ? {} : { fact: at.fact }),
      ...(at.zone === undefined ? {} : { zone: at.zone }),
    };
  };
  return {
    printable,
    widthMm,
    line,
    wrap: (text, style, limit) => wrapLines(printable(text, style), (part) => widthMm(part, style), limit),
    fit: (text, style, limit) => fitLine(printable(text, style), (part) => widthMm(part, style), limit),
    shrink: (text, style, limit) => {
      const shown = printable(text, style);
      let sizePt = style.sizePt;
      while (sizePt > SMALLEST_PT && widthMm(shown, { ...style, sizePt }) > limit) sizePt -= 0.5;
      return { ...style, sizePt };
    },
    replaced: () =>
      [...replacedPoints].sort((a, b) => a - b).map((point) => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`),
  };
}

/** The commonest case, letters and figures of Latin-1, needs no work at all. */
const plain = /^[\x20-\x7e\xa1-\xac\xae-\xff]*$/;
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

function makePrintable(text: string, face: FontFace, replaced: Set<number>): string {
  if (plain.test(text) && face.glyphs[0x41] !== 0) return text;
  const composed = text.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' ').replaceAll(invisible, '').normalize('NFC');
  let result = '';
  for (const character of composed) {
    const point = character.codePointAt(0) ?? 0;
    if (character === '\n' || (face.glyphs[point] ?? 0) !== 0) result += character;
    else {
      replaced.add(point);
      result += face.glyphs[SUBSTITUTE] === 0 ? '' : String.fromCharCode(SUBSTITUTE);
    }
  }
  return result;
}

function measure(text: string, face: FontFace, sizePt: number): number {
  let thousandths = 0;
  for (let at = 0; at < text.length; at += 1) thousandths += face.widths[text.charCodeAt(at)] ?? 0;
  if (sizePt >= KERNED_FROM_PT) {
    for (let at = 1; at < text.length; at += 1) thousandths += face.kerning(text[at - 1] ?? '', text[at] ?? '');
  }
  return (thousandths * sizePt * MM_PER_POINT) / 1000;
}

function wrapLines(text: string, width: (part: string) => number, limit: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    if (width(paragraph) <= limit) lines.push(paragraph.trim());
    else wrapParagraph(paragraph, width, limit, lines);
  }
  return lines;
}

function wrapParagraph(paragraph: string, width: (part: string) => number, limit: number, lines: string[]): void {
  let line = '';
  for (const word of paragraph.split(' ').filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (width(longer) <= limit) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakWord(word, width, limit);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  if (line !== '') lines.push(line);
}

function breakWord(word: string, width: (part: string) => number, limit: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && width(piece + character) > limit) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

function fitLine(text: string, width: (part: string) => number, limit: number): string {
  const line = text.replaceAll('\n', ' ').trim();
  if (width(line) <= limit) return line;
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (width(`${line.slice(0, middle).trimEnd()}…`) <= limit) low = middle;
    else high = middle - 1;
  }
  return `${line.slice(0, low).trimEnd()}…`;
}
