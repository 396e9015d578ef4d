import { type Drawing, horizontalRule } from '../page/drawing.ts';
import type { Block, PartContext } from './part.ts';

/** The heading of a table: its labels on one line, over a rule. It is repeated on every page that has rows. */
export function headingRow({ palette, frame }: PartContext, labels: (yMm: number) => readonly Drawing[]): Block {
  const { left, right } = frame.content;
  return {
    heightMm: 6.4,
    draw: (topMm) => [...labels(topMm + 4), horizontalRule(left, topMm + 6, right - left, 0.9, palette.accent)],
  };
}
