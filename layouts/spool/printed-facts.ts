import { isBlank, isDelimiter, latin1, readLiteral, skipBlanks, type UnicodeMap } from './reread-pdf.ts';

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
