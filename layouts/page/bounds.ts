import type { BoxMm } from '#engine/print-profile.ts';
import type { Drawing, TextDrawing } from './drawing.ts';
import { millimetres } from './lengths.ts';

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
