import type { Minor } from '#engine/money.ts';
import type { TextDrawing } from '../page/drawing.ts';
import type { TextStyle } from '../page/typesetter.ts';
import { printAmount } from '../texts/figures.ts';
import { type PartContext, type } from './flow.ts';

/** A kind of amount that rows have. */
export interface Figure<Row> {
  readonly label: string;
  /** Undefined leaves the cell empty. */
  readonly amountOf: (row: Row) => Minor | undefined;
}

/** A column of figures, set to its right edge in mm. */
export interface FigureColumn<Row> extends Figure<Row> {
  readonly rightMm: number;
  readonly widthMm: number;
}

const MIN_COLUMN_MM = 20;
const COLUMN_GAP_MM = 3.5;

/** Columns from the content's right edge inwards, each as wide as its label or a figure; all narrower where the room is less. */
export function figureColumns<Row>(
  { set, frame }: PartContext,
  wanted: readonly Figure<Row>[],
  roomMm: number,
): readonly FigureColumn<Row>[] {
  const widths = wanted.map(({ label }) => Math.max(MIN_COLUMN_MM, set.widthMm(label, type.labelStrong) + COLUMN_GAP_MM));
  const share = Math.min(1, roomMm / widths.reduce((sum, widthMm) => sum + widthMm, 0));
  let rightMm = frame.content.right;
  return wanted
    .map((figure, at) => ({ ...figure, widthMm: (widths[at] ?? MIN_COLUMN_MM) * share }))
    .toReversed()
    .map((figure) => {
      const column = { ...figure, rightMm };
      rightMm -= figure.widthMm;
      return column;
    })
    .toReversed();
}

/** Where the first column begins. */
export const figuresLeftMm = <Row>(columns: readonly FigureColumn<Row>[]): number =>
  (columns[0]?.rightMm ?? 0) - (columns[0]?.widthMm ?? 0);

export const figureLabels = <Row>(
  { set }: PartContext,
  columns: readonly FigureColumn<Row>[],
  yMm: number,
): readonly TextDrawing[] =>
  columns.map(({ label, rightMm, widthMm }) =>
    set.line(label, set.shrink(label, type.labelStrong, widthMm - 1), { xMm: rightMm, yMm, align: 'right' }),
  );

interface FigureRow<Row> {
  readonly row: Row;
  readonly style: TextStyle;
  readonly yMm: number;
}

/** A row's amounts, each whole: made smaller, never cut. */
export const figures = <Row>(
  { set, language }: PartContext,
  columns: readonly FigureColumn<Row>[],
  { row, style, yMm }: FigureRow<Row>,
): readonly TextDrawing[] =>
  columns.flatMap(({ amountOf, rightMm, widthMm }) => {
    const amount = amountOf(row);
    if (amount === undefined) return [];
    const figure = printAmount(amount, language);
    return [set.line(figure, set.shrink(figure, style, widthMm - 1.5), { xMm: rightMm, yMm, align: 'right' })];
  });
