import { z } from 'zod';
import type { PrintProfile } from '#engine/print-profile.ts';
import { millimetres, pattern, text, wholeNumber, yesNo } from './fields.ts';

/** A4, the only sheet (reference/print.md §1.1). */
const SHEET_WIDTH_MM = 210;
const SHEET_HEIGHT_MM = 297;
/** The largest envelope is B4, 250 × 353. */
const MAX_ENVELOPE_MM = 360;

const margin = millimetres({ from: 0, to: 60 });
const x = millimetres({ from: 0, to: SHEET_WIDTH_MM });
const y = millimetres({ from: 0, to: SHEET_HEIGHT_MM });
const length = millimetres({ from: 1, to: MAX_ENVELOPE_MM });
const milligrams = wholeNumber({ from: 1, to: 1_000_000, unit: 'milligrams' });

const envelope = z.strictObject({
  code: pattern(/^[A-Z0-9]{1,8}$/, 'envelope code', 'C5'),
  widthMm: length,
  heightMm: length,
  foldedWidthMm: length,
  foldedHeightMm: length,
  window: z.strictObject({ xMm: length, yMm: length, widthMm: length, heightMm: length }),
  maxSheets: wholeNumber({ from: 1, to: 200, unit: 'sheets' }),
  milligrams,
  postage: text(20),
});

/** `printers/<id>.yaml`; the id is the file's name. */
export const printerSchema: z.ZodType<Omit<PrintProfile, 'id'>> = z.strictObject({
  title: text(100),
  duplex: yesNo,
  colour: yesNo,
  sheetMilligrams: milligrams,
  envelopes: z.array(envelope).min(1),
  margins: z.strictObject({ leftMm: margin, rightMm: margin, topMm: margin, bottomMm: margin }),
  controlMark: z.strictObject({ xMm: x, yMm: y, moduleMm: millimetres({ from: 0.2, to: 2 }), freeToXMm: x }),
  maxSheetsPerVolume: wholeNumber({ from: 1, to: 100_000, unit: 'sheets' }),
});
