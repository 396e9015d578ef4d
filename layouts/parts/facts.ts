import type { BoxMm } from '#engine/print-profile.ts';
import type { Drawing, Fact, TextDrawing } from '../page/drawing.ts';
import type { TextStyle } from '../page/typesetter.ts';
import type { PartContext, PlacedPart } from './part.ts';
import { leading, type } from './type-scale.ts';

/** One labelled fact of the document. */
export interface LabelledFact {
  readonly label: string;
  readonly value: string;
  readonly strong?: boolean;
  readonly fact?: Fact;
}

const LABEL_WIDTH_MM = 32;
/** A long reference takes so many lines before it is cut. */
const MAX_VALUE_LINES = 3;

/** Label and value side by side, one fact under the other. */
export function facts(context: PartContext, box: BoxMm, items: readonly LabelledFact[]): PlacedPart {
  const { set } = context;
  const valueLeft = box.left + LABEL_WIDTH_MM;
  const drawings: Drawing[] = [];
  let baseline = box.top;
  for (const item of items) {
    const style = item.strong === true ? type.rowStrong : type.row;
    drawings.push(set.line(set.fit(item.label, type.label, LABEL_WIDTH_MM - 2), type.label, { xMm: box.left, yMm: baseline }));
    for (const line of valueLines(context, item, style, box.right - valueLeft)) {
      drawings.push({ ...line, xMm: valueLeft, yMm: baseline });
      baseline += leading.row;
    }
    baseline += leading.body - leading.row;
  }
  return { drawings, bottomMm: baseline - leading.body + 1 };
}

/** What is compared with the ledger stays whole on one line, if need be smaller; anything else is wrapped. */
function valueLines({ set }: PartContext, item: LabelledFact, style: TextStyle, widthMm: number): readonly TextDrawing[] {
  const origin = { xMm: 0, yMm: 0 };
  if (item.fact !== undefined)
    return [set.line(item.value, set.shrink(item.value, style, widthMm), { ...origin, fact: item.fact })];
  return shorten(set.wrap(item.value, style, widthMm), MAX_VALUE_LINES).map((line) => set.line(line, style, origin));
}

const shorten = (lines: readonly string[], most: number): readonly string[] =>
  lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1] ?? ''}…`];
