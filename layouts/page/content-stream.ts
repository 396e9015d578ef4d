import {
  type Drawing,
  type ModulesDrawing,
  type PathDrawing,
  type RasterDrawing,
  type RectangleDrawing,
  type TextDrawing,
  black,
  type Ink,
  PAGE_HEIGHT_MM,
  points,
} from './drawing.ts';
import { type FontFace, fontRoles, type FontSet } from './fonts.ts';
import { KERNED_FROM_PT } from './typesetter.ts';

/** Resource name of a letter's static background in every page's resources, and of a logo picture within a background. */
export const BACKGROUND_NAME = 'Bg';
export const PICTURE_NAME = 'Im';

/** Turns drawings into the bytes of a PDF content stream. Keeps one buffer, so a thread needs only one of these. */
export type ContentWriter = (drawings: Iterable<Drawing>, options?: ContentOptions) => Uint8Array;

export interface ContentOptions {
  /** Draws the page's background form first. */
  readonly onBackground?: boolean;
}

/** What the content stream's reader has in force; operators are written only when it changes. */
interface State {
  readonly out: ByteWriter;
  readonly fonts: FontSet;
  inText: boolean;
  font: string;
  ink: string;
  spacing: number;
}

export function makeContentWriter(fonts: FontSet): ContentWriter {
  const out = makeByteWriter();
  return (drawings, options = {}) => {
    const state: State = { out, fonts, inText: false, font: '', ink: black.operator, spacing: 0 };
    if (options.onBackground) out.text(`/${BACKGROUND_NAME} Do\n`);
    for (const drawing of drawings) writeDrawing(state, drawing);
    leaveText(state);
    return out.take();
  };
}

function writeDrawing(state: State, drawing: Drawing): void {
  switch (drawing.kind) {
    case 'text':
      return writeText(state, drawing);
    case 'rectangle':
      return writeRectangle(state, drawing);
    case 'path':
      return writePath(state, drawing);
    case 'modules':
      return drawing.drawnAs === 'vectors' ? writeModules(state, drawing) : writeBitmap(state, drawing);
    case 'raster':
      return writeRaster(state, drawing);
  }
}

function leaveText(state: State): void {
  if (!state.inText) return;
  state.out.text('ET\n');
  state.inText = false;
}

function useInk(state: State, ink: Ink): void {
  if (state.ink === ink.operator) return;
  state.out.text(`${ink.operator}\n`);
  state.ink = ink.operator;
}

const fromBottom = (yMm: number): number => points(PAGE_HEIGHT_MM - yMm);

function writeText(state: State, drawing: TextDrawing): void {
  if (drawing.text === '') return;
  const { out } = state;
  if (!state.inText) {
    out.text('BT\n');
    state.inText = true;
  }
  useInk(state, drawing.ink);
  const font = `/${fontRoles[drawing.font]} ${drawing.sizePt} Tf\n`;
  if (state.font !== font) {
    out.text(font);
    state.font = font;
  }
  const spacing = drawing.spacingPt ?? 0;
  if (state.spacing !== spacing) {
    out.text(`${spacing} Tc\n`);
    state.spacing = spacing;
  }
  if (drawing.fact !== undefined) out.text(`/${drawing.fact} BMC\n`);
  out.text(drawing.turned ? '0 -1 1 0 ' : '1 0 0 1 ');
  out.number(points(drawing.xMm));
  out.number(fromBottom(drawing.yMm));
  out.text('Tm ');
  if (drawing.sizePt >= KERNED_FROM_PT) writeKerned(state, drawing);
  else {
    writeString(out, state.fonts[drawing.font], drawing.text, 0, drawing.text.length);
    out.text(' Tj\n');
  }
  if (drawing.fact !== undefined) out.text('EMC\n');
}

function writeKerned(state: State, drawing: TextDrawing): void {
  const face = state.fonts[drawing.font];
  const { out } = state;
  const { text } = drawing;
  out.text('[');
  let from = 0;
  for (let at = 1; at < text.length; at += 1) {
    const adjustment = face.kerning(text[at - 1] ?? '', text[at] ?? '');
    if (adjustment === 0) continue;
    writeString(out, face, text, from, at);
    out.number(-adjustment);
    from = at;
  }
  writeString(out, face, text, from, text.length);
  out.text('] TJ\n');
}

const BACKSLASH = 0x5c;

/** A literal string of two-byte glyph numbers: a quarter smaller than hexadecimal, and faster (print.md §7). */
function writeString(out: ByteWriter, face: FontFace, text: string, from: number, to: number): void {
  out.byte(0x28);
  for (let at = from; at < to; at += 1) {
    const glyph = face.glyphs[text.charCodeAt(at)] ?? 0;
    writeStringByte(out, glyph >> 8);
    writeStringByte(out, glyph & 0xff);
  }
  out.byte(0x29);
}

function writeStringByte(out: ByteWriter, value: number): void {
  // A bare carriage return in a string would be read as a line feed (ISO 32000-1 §7.3.4.2).
  if (value === 0x0d) return out.text(String.raw`\r`);
  if (value === 0x28 || value === 0x29 || value === BACKSLASH) out.byte(BACKSLASH);
  out.byte(value);
}

function writeRectangle(state: State, box: RectangleDrawing): void {
  leaveText(state);
  useInk(state, box.ink);
  state.out.number(points(box.xMm));
  state.out.number(fromBottom(box.yMm + box.heightMm));
  state.out.number(points(box.widthMm));
  state.out.number(points(box.heightMm));
  state.out.text('re f\n');
}

function writePath(state: State, drawing: PathDrawing): void {
  leaveText(state);
  const { out } = state;
  const scale = points(drawing.scaleMm);
  const [offsetX, offsetY] = [points(drawing.xMm) - drawing.originX * scale, fromBottom(drawing.yMm) + drawing.originY * scale];
  // The scale needs more than two decimals; it stands once in a background shared by all pages.
  out.text(`q ${scale.toFixed(6)} 0 0 ${(-scale).toFixed(6)} ${offsetX.toFixed(3)} ${offsetY.toFixed(3)} cm\n`);
  for (const { operators, ink } of drawing.shapes) {
    useInk(state, ink);
    out.text(`${operators} f\n`);
  }
  out.text('Q\n');
  // The restored state has the ink from before the logo; writing the next one anew is the simplest way to be right.
  state.ink = '';
}

function writeModules(state: State, drawing: ModulesDrawing): void {
  leaveText(state);
  useInk(state, black);
  const { out } = state;
  const { size, modules } = drawing;
  const module = points(drawing.moduleMm).toFixed(4);
  out.text(`q ${module} 0 0 -${module} `);
  out.number(points(drawing.xMm));
  out.number(fromBottom(drawing.yMm));
  out.text('cm\n');
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (modules[row * size + column] !== 1) continue;
      const first = column;
      while (column + 1 < size && modules[row * size + column + 1] === 1) column += 1;
      out.number(first);
      out.number(row);
      out.number(column - first + 1);
      out.text('1 re\n');
    }
  }
  out.text('f Q\n');
}

/** An inline image mask (ISO 32000-1 §8.9.7): a fortieth of the bytes that the runs of a payment code would take. */
function writeBitmap(state: State, drawing: ModulesDrawing): void {
  leaveText(state);
  useInk(state, black);
  const { out } = state;
  const { size, modules } = drawing;
  const side = points(drawing.moduleMm * size);
  out.text('q ');
  out.number(side);
  out.text('0 0 ');
  out.number(side);
  out.number(points(drawing.xMm));
  out.number(fromBottom(drawing.yMm) - side);
  // Decode [1 0]: a bit of 1 paints.
  out.text(`cm BI /W ${size} /H ${size} /IM true /D [1 0] ID `);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 8) {
      let bits = 0;
      for (let bit = 0; bit < 8; bit += 1) {
        if (column + bit < size && modules[row * size + column + bit] === 1) bits |= 0x80 >> bit;
      }
      out.byte(bits);
    }
  }
  out.text(' EI Q\n');
}

function writeRaster(state: State, drawing: RasterDrawing): void {
  leaveText(state);
  const { out } = state;
  out.text('q ');
  out.number(points(drawing.widthMm));
  out.text('0 0 ');
  out.number(points(drawing.heightMm));
  out.number(points(drawing.xMm));
  out.number(fromBottom(drawing.yMm + drawing.heightMm));
  out.text(`cm /${PICTURE_NAME} Do Q\n`);
}

/** Writes the bytes of a content stream into a buffer that grows and is used again for the next stream. */
export interface ByteWriter {
  readonly text: (latin1: string) => void;
  readonly byte: (value: number) => void;
  /** A number rounded to two decimals, without trailing zeros, and a blank. */
  readonly number: (value: number) => void;
  /** A copy of what was written since the last call. */
  readonly take: () => Uint8Array;
}

const FIRST_CAPACITY_BYTES = 64 * 1024;

const ZERO = 0x30;

export function makeByteWriter(): ByteWriter {
  let bytes = new Uint8Array(FIRST_CAPACITY_BYTES);
  let length = 0;
  const reserve = (count: number): void => {
    if (length + count <= bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * bytes.length, length + count));
    larger.set(bytes);
    bytes = larger;
  };
  const byte = (value: number): void => {
    if (length === bytes.length) reserve(1);
    bytes[length] = value;
    length += 1;
  };
  const whole = (value: number): void => {
    if (value >= 10) whole(Math.floor(value / 10));
    byte(ZERO + (value % 10));
  };
  return {
    byte,
    text(latin1) {
      reserve(latin1.length);
      for (let at = 0; at < latin1.length; at += 1) bytes[length + at] = latin1.charCodeAt(at);
      length += latin1.length;
    },
    number(value) {
      const hundredths = Math.round(Math.abs(value) * 100);
      if (value < 0 && hundredths !== 0) byte(0x2d);
      whole(Math.floor(hundredths / 100));
      const fraction = hundredths % 100;
      if (fraction !== 0) {
        byte(0x2e);
        byte(ZERO + Math.floor(fraction / 10));
        if (fraction % 10 !== 0) byte(ZERO + (fraction % 10));
      }
      byte(0x20);
    },
    take() {
      const taken = bytes.slice(0, length);
      length = 0;
      return taken;
    },
  };
}
