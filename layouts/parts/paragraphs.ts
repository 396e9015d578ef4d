import type { TextStyle } from '../page/typesetter.ts';
import type { Block, PartContext } from './part.ts';

/** A text over the whole width as one block a line, so that long terms flow over pages. */
export function paragraph({ set, frame }: PartContext, text: string, style: TextStyle, leadingMm: number): readonly Block[] {
  const { left, right } = frame.content;
  return set.wrap(text, style, Math.min(right - left, MAX_MEASURE_MM)).map((line) => ({
    heightMm: leadingMm,
    draw: (topMm) => [set.line(line, style, { xMm: left, yMm: topMm + leadingMm - 1 })],
  }));
}

/** Longer lines are hard to follow at text sizes. */
const MAX_MEASURE_MM = 150;

export const gap = (heightMm: number): Block => ({ heightMm, draw: () => [] });
