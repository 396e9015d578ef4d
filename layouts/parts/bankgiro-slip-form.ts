import { type Drawing, horizontalRule, verticalRule, black, millimetres } from '../page/drawing.ts';
import type { PartContext } from './flow.ts';
import { fromBottom, place, slipEdges, slipStyle, SLIP_TOP_MM } from './slip-places.ts';

/** The empty form of the bankgiro slip, the same on every letter of a language: it belongs to the shared background. */
export function bankgiroSlipForm(context: PartContext, numberLabel: string): readonly Drawing[] {
  const { left, right } = slipEdges(context.frame);
  return [...cutLine(left, right), ...rules(left, right), ...labels(context, numberLabel, { left, right })];
}

/** Dashes where plain paper is to be cut. */
function cutLine(left: number, right: number): readonly Drawing[] {
  const dash = 1.6;
  const pitch = 3.2;
  const count = Math.floor((right - left + pitch - dash) / pitch);
  return Array.from({ length: count }, (_, at) => horizontalRule(left + at * pitch, SLIP_TOP_MM, dash, 0.37, black));
}

function rules(left: number, right: number): readonly Drawing[] {
  const across = (fromMm: number, yPt: number, thicknessPt: number): Drawing =>
    horizontalRule(fromMm, fromBottom(yPt), right - fromMm, thicknessPt, black);
  const tick = (xMm: number, topPt: number, heightPt: number): Drawing =>
    verticalRule(xMm, fromBottom(topPt), millimetres(heightPt), 0.3, black);
  const accountLeft = millimetres(place.accountLeft);
  return [
    across(left, place.dueTop, 1),
    across(left, place.dueBottom, 1),
    tick(millimetres(place.amountLeft) - 2, place.dueTop, place.dueTop - place.dueBottom),
    tick(millimetres(place.ocrLeft), place.dueTop, place.dueTop - place.dueBottom),
    across(accountLeft, place.accountTop, 1),
    tick(accountLeft, place.accountTop, place.accountTop - place.noticeTop),
    tick(millimetres(place.payeeLeft), place.accountTop, 6.2),
    across(left, place.noticeTop, 1.5),
    across(left, place.noticeBottom, 1.5),
    ...[233, 297, 326.7].map((xPt) => tick(millimetres(xPt), place.noticeBottom, 6.2)),
  ];
}

function labels(
  { set, texts }: PartContext,
  numberLabel: string,
  { left, right }: { readonly left: number; readonly right: number },
): readonly Drawing[] {
  const { slip } = texts;
  const label = (text: string, xMm: number, yPt: number): Drawing =>
    set.line(text, slipStyle.caption, { xMm, yMm: fromBottom(yPt) });
  const title = { yMm: fromBottom(place.title) };
  return [
    set.line('bankgirot', slipStyle.heading, { ...title, xMm: left }),
    set.line(slip.title, slipStyle.heading, { ...title, xMm: right, align: 'right' }),
    label(slip.lastDay, left, place.dueLabel),
    label(slip.amount, millimetres(place.amountLeft), place.dueLabel),
    set.line('OCR', slipStyle.ocrSign, { xMm: right, yMm: fromBottom(254.5), align: 'right' }),
    label(slip.payer, left, place.partyLabel),
    label(numberLabel, millimetres(place.referenceLeft), place.partyLabel),
    label(slip.ocr, millimetres(place.referenceLeft), place.referenceLabel),
    label(slip.toBankgiro, millimetres(place.accountLeft) + 1.2, place.accountLabel),
    label(slip.payee, millimetres(place.payeeLeft) + 1.2, place.accountLabel),
    set.line(slip.untouched, slipStyle.notice, { xMm: left, yMm: fromBottom(place.notice) }),
    label(slip.reference, millimetres(73), place.caption),
    label(slip.kronor, millimetres(236), place.caption),
    label(slip.ore, millimetres(299.5), place.caption),
  ];
}
