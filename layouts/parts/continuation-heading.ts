import type { Drawing } from '../page/drawing.ts';
import { horizontalRule } from '../page/drawing.ts';
import type { PartContext } from './part.ts';
import { type } from './type-scale.ts';

/** How far down the heading of a later page reaches. */
export const CONTINUATION_HEIGHT_MM = 13;

export interface Continued {
  /** Of the sender. */
  readonly name: string;
  readonly title: string;
  readonly number: string;
}

/** The short heading of the second page and all after it: who, what, and which page. */
export function continuationHeading(context: PartContext, continued: Continued, pageText: string): readonly Drawing[] {
  const { set, palette, frame } = context;
  const { left, right, top } = frame.content;
  const { title } = continued;
  const yMm = top + 4.6;
  const pageWidth = set.widthMm(pageText, type.small);
  const number = set.shrink(continued.number, type.strong, 45);
  const numberWidth = set.widthMm(set.printable(continued.number, number), number);
  const numberLeft = right - pageWidth - 6 - numberWidth;
  const titleWidth = set.widthMm(title, type.body);
  const name = set.fit(continued.name, type.strong, numberLeft - titleWidth - left - 8);
  return [
    set.line(name, { ...type.strong, ink: palette.accent }, { xMm: left, yMm }),
    set.line(title, type.body, { xMm: numberLeft - 1.5, yMm, align: 'right' }),
    set.line(continued.number, number, { xMm: numberLeft, yMm, fact: 'Number' }),
    set.line(pageText, type.small, { xMm: right, yMm, align: 'right' }),
    horizontalRule(left, top + 7, right - left, 0.5, palette.accent),
  ];
}
