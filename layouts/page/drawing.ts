import type { FontRole } from './fonts.ts';
import type { BoxMm } from '#engine/print-profile.ts';

/** One thing drawn on a page. Coordinates are millimetres from the top left corner, text sizes points. */
export type Drawing = TextDrawing | RectangleDrawing | PathDrawing | ModulesDrawing | RasterDrawing;

/** A line of text; `xMm` is its left edge and `yMm` its baseline. */
export interface TextDrawing {
  readonly kind: 'text';
  readonly xMm: number;
  readonly yMm: number;
  readonly text: string;
  readonly font: FontRole;
  readonly sizePt: number;
  readonly ink: Ink;
  readonly widthMm: number;
  /** Added after every character, for the exact pitch of machine-read lines. */
  readonly spacingPt?: number;
  /** Turned a quarter clockwise: the text runs down the sheet from `xMm`, `yMm`. */
  readonly turned?: boolean;
  /** Names what is read back from the file and compared with the ledger before release. */
  readonly fact?: Fact;
  readonly zone?: Zone;
}

/** Facts that a printed letter is checked by: see `verify-spool-job.ts` and `single-pdf.ts`. */
export type Fact =
  | 'Number'
  | 'Payable'
  | 'Reference'
  | 'SlipLine'
  | 'ControlCode'
  // Of a settlement's statement.
  | 'Opening'
  | 'Received'
  | 'Restored'
  | 'Returned'
  | 'Fees'
  | 'Vat'
  | 'PaidOut'
  | 'Closing';

/** Places with rules of their own (print.md §1.3, §1.5); everything else is ordinary content. */
export type Zone = 'address' | 'control' | 'slipLine';

/** A filled rectangle; rules are thin rectangles, since strokes snap differently on every RIP. */
export interface RectangleDrawing {
  readonly kind: 'rectangle';
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly ink: Ink;
}

/** Vector paths of a logo: path operators in the logo's own units, placed by a scale and the box they fill. */
export interface PathDrawing {
  readonly kind: 'path';
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  /** Millimetres per unit, and the unit coordinates that fall on `xMm`, `yMm`. */
  readonly scaleMm: number;
  readonly originX: number;
  readonly originY: number;
  readonly shapes: readonly { readonly operators: string; readonly ink: Ink }[];
}

/** A square matrix code: as vectors for the inserter's camera, whose modules are whole printer dots, or as a compact bitmap. */
export interface ModulesDrawing {
  readonly kind: 'modules';
  readonly xMm: number;
  readonly yMm: number;
  readonly moduleMm: number;
  readonly size: number;
  /** Row by row, 1 is black. */
  readonly modules: Uint8Array;
  readonly drawnAs: 'vectors' | 'bitmap';
  readonly zone?: Zone;
}

export interface RasterDrawing {
  readonly kind: 'raster';
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly raster: Raster;
}

/** A decoded picture, 8 bits a sample, flattened on white: print files carry no transparency. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** 1: gray; 3: red, green, blue */
  readonly channels: 1 | 3;
  readonly samples: Uint8Array;
}

/** A horizontal or vertical rule as a rectangle around its centre line. */
export const horizontalRule = (xMm: number, yMm: number, lengthMm: number, thicknessPt: number, ink: Ink): RectangleDrawing => {
  const heightMm = (thicknessPt * 25.4) / 72;
  return { kind: 'rectangle', xMm, yMm: yMm - heightMm / 2, widthMm: lengthMm, heightMm, ink };
};

export const verticalRule = (xMm: number, yMm: number, lengthMm: number, thicknessPt: number, ink: Ink): RectangleDrawing => {
  const widthMm = (thicknessPt * 25.4) / 72;
  return { kind: 'rectangle', xMm: xMm - widthMm / 2, yMm, widthMm, heightMm: lengthMm, ink };
};

/** What a shape or text is filled with: the colour operator as it stands in the content stream. */
export interface Ink {
  readonly operator: string;
}

/** The inks of one letter. In black and white every one of them is DeviceGray, so no page makes a colour click (print.md §3.1). */
export interface Palette {
  readonly text: Ink;
  /** Rules and headings in the client's colour; black on a black and white machine. */
  readonly accent: Ink;
  /** A light ground in the client's colour; absent in black and white, where a frame replaces it. */
  readonly tint?: Ink;
  readonly rule: Ink;
  /** The ink for a colour of a logo. */
  readonly of: (hexColour: string) => Ink;
}

/** DeviceGray black: never the three-colour black that a colour machine would charge for. */
export const black: Ink = { operator: '0 g' };
export const white: Ink = { operator: '1 g' };
const gray: Ink = { operator: '0.55 g' };

/** How much of the accent colour the light ground holds. */
const TINT_SHARE = 0.08;

type Rgb = readonly [red: number, green: number, blue: number];

/** The inks for an accent colour `#rrggbb`, in colour or in black and white. */
export function makePalette(accentColour: string, colour: boolean): Palette {
  if (!colour) return { text: black, accent: black, rule: black, of: (hex) => grayInk(parseColour(hex)) };
  const accent = parseColour(accentColour);
  const tint = accent.map((part) => 1 - TINT_SHARE * (1 - part)) as unknown as Rgb;
  return { text: black, accent: rgbInk(accent), tint: rgbInk(tint), rule: gray, of: (hex) => rgbInk(parseColour(hex)) };
}

/** Reads `#rgb`, `#rrggbb`, `black` or `white`; anything else is a fault of the client's configuration. */
function parseColour(text: string): Rgb {
  const named = { black: '#000000', white: '#ffffff' }[text] ?? text;
  const long = /^#[0-9a-f]{3}$/i.test(named) ? named.replaceAll(/[0-9a-f]/gi, '$&$&') : named;
  if (!/^#[0-9a-f]{6}$/i.test(long)) throw new RangeError(`not a colour (#rrggbb): ${text}`);
  const part = (at: number): number => Number.parseInt(long.slice(at, at + 2), 16) / 255;
  return [part(1), part(3), part(5)];
}

const decimals = (value: number): string => String(Math.round(value * 1000) / 1000);

function rgbInk(rgb: Rgb): Ink {
  if (rgb[0] === rgb[1] && rgb[1] === rgb[2]) return { operator: `${decimals(rgb[0])} g` };
  return { operator: `${rgb.map(decimals).join(' ')} rg` };
}

/** Luminance by ITU-R BT.601, as every RIP converts. */
const grayInk = ([red, green, blue]: Rgb): Ink => ({ operator: `${decimals(0.299 * red + 0.587 * green + 0.114 * blue)} g` });

/** Ink above and below the baseline as shares of the size: ascenders with accents, and descenders. */
const ASCENT = 0.75;
const DESCENT = 0.24;

/** The box a drawing's ink lies in. */
export function boundsOf(drawing: Drawing): BoxMm {
  if (drawing.kind === 'text') return textBounds(drawing);
  if (drawing.kind === 'modules') {
    const side = drawing.size * drawing.moduleMm;
    return { left: drawing.xMm, top: drawing.yMm, right: drawing.xMm + side, bottom: drawing.yMm + side };
  }
  return { left: drawing.xMm, top: drawing.yMm, right: drawing.xMm + drawing.widthMm, bottom: drawing.yMm + drawing.heightMm };
}

function textBounds({ xMm, yMm, sizePt, widthMm, turned }: TextDrawing): BoxMm {
  const above = millimetres(sizePt) * ASCENT;
  const below = millimetres(sizePt) * DESCENT;
  // A quarter turn clockwise puts the ascenders on the right.
  if (turned === true) return { left: xMm - below, top: yMm, right: xMm + above, bottom: yMm + widthMm };
  return { left: xMm, top: yMm - above, right: xMm + widthMm, bottom: yMm + below };
}

/** Lengths of the layouts are millimetres from the sheet's left and top edge; font sizes are points of 1/72 inch. */
export const POINTS_PER_MM = 72 / 25.4;
export const MM_PER_POINT = 25.4 / 72;

/** A4 portrait (ISO 216), the only sheet Kuvert prints on. */
export const PAGE_WIDTH_MM = 210;
export const PAGE_HEIGHT_MM = 297;

export const points = (mm: number): number => mm * POINTS_PER_MM;
export const millimetres = (pt: number): number => pt * MM_PER_POINT;
