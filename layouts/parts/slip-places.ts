import type { TextStyle } from '../page/typesetter.ts';
import { millimetres, PAGE_HEIGHT_MM } from '../page/drawing.ts';
import type { LetterFrame } from './flow.ts';

/** The slip takes the lowest four inches of the sheet; paper may be perforated there (print.md §6). */
export const SLIP_HEIGHT_MM = 101.6;
export const SLIP_TOP_MM = PAGE_HEIGHT_MM - SLIP_HEIGHT_MM;

/** Below this the code line is read, so nothing else stands there, on the sheet's other side neither: 0 to 78 pt (print.md §6). */
export const READING_ZONE_TOP_MM = PAGE_HEIGHT_MM - millimetres(78);

/** Places of the slip in points from the sheet's lower left corner, as a production slip has them (print.md §6). */
export const place = {
  left: 32,
  right: 577,
  title: 278.8,
  dueTop: 276,
  dueLabel: 267.8,
  dueValue: 254.2,
  dueBottom: 249,
  amountLeft: 374,
  ocrLeft: 462,
  qrTop: 240,
  partyLabel: 222,
  partyValue: 208,
  partyLeading: 13.2,
  referenceLeft: 325,
  referenceLabel: 184,
  referenceValue: 168,
  accountLeft: 316.8,
  accountTop: 124.5,
  accountLabel: 117.3,
  accountValue: 104,
  payeeLeft: 395.8,
  noticeTop: 99,
  notice: 89.4,
  noticeBottom: 85,
  caption: 77.6,
  codeLine: 48.2,
  codeLineLeft: 5,
} as const;

export const slipStyle = {
  heading: { font: 'bold', sizePt: 9.5 },
  ocrSign: { font: 'bold', sizePt: 22 },
  caption: { font: 'regular', sizePt: 6.5 },
  notice: { font: 'regular', sizePt: 7.5 },
  value: { font: 'regular', sizePt: 10 },
  strong: { font: 'semibold', sizePt: 10 },
  code: { font: 'ocr', sizePt: 10 },
} as const satisfies Readonly<Record<string, TextStyle>>;

/** Millimetres from the top of the sheet. */
export const fromBottom = (yPt: number): number => PAGE_HEIGHT_MM - millimetres(yPt);

/** The ruled part keeps to the print house's margins; only the machine-read line has its place from Bankgirot. */
export const slipEdges = ({ content }: LetterFrame): { readonly left: number; readonly right: number } => ({
  left: Math.max(millimetres(place.left), content.left),
  right: Math.min(millimetres(place.right), content.right),
});
