import type { FontRole } from './font-set.ts';
import type { Ink } from './ink.ts';
import type { Raster } from './png.ts';

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

/** Facts that a printed letter is checked by: see `verify-spool-job.ts` and `render-settlement.ts`. */
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

/** A horizontal or vertical rule as a rectangle around its centre line. */
export const horizontalRule = (xMm: number, yMm: number, lengthMm: number, thicknessPt: number, ink: Ink): RectangleDrawing => {
  const heightMm = (thicknessPt * 25.4) / 72;
  return { kind: 'rectangle', xMm, yMm: yMm - heightMm / 2, widthMm: lengthMm, heightMm, ink };
};

export const verticalRule = (xMm: number, yMm: number, lengthMm: number, thicknessPt: number, ink: Ink): RectangleDrawing => {
  const widthMm = (thicknessPt * 25.4) / 72;
  return { kind: 'rectangle', xMm: xMm - widthMm / 2, yMm, widthMm, heightMm: lengthMm, ink };
};
