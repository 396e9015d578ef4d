import type { IsoDate } from '#engine/iso-date.ts';
import type { Drawing, TextDrawing } from '../page/drawing.ts';
import { horizontalRule, verticalRule } from '../page/drawing.ts';
import { black } from '../page/ink.ts';
import { millimetres, PAGE_HEIGHT_MM, PAGE_WIDTH_MM } from '../page/lengths.ts';
import type { TextStyle } from '../page/typesetter.ts';
import { printMoney } from '../texts/figures.ts';
import { hyphenatedBankgiro } from '../texts/account-numbers.ts';
import type { PartContext } from './part.ts';
import { PAYMENT_QR_MM, type PaymentQr, paymentQr } from './payment-qr.ts';
import { type SlipPayment, slipLine } from './slip-line.ts';

/** The slip takes the lowest four inches of the sheet; paper may be perforated there (print.md §6). */
export const SLIP_HEIGHT_MM = 101.6;
export const SLIP_TOP_MM = PAGE_HEIGHT_MM - SLIP_HEIGHT_MM;

export interface SlipContent extends SlipPayment {
  readonly dueDate: IsoDate | undefined;
  readonly payee: string;
  readonly payerLines: readonly string[];
  readonly invoiceNumber: string;
  readonly qr?: PaymentQr;
}

/** Places of the slip in points from the sheet's lower left corner, as a production slip has them (print.md §6). */
const LEFT_PT = 32;
const RIGHT_PT = 577;
const DUE_TOP_PT = 276;
const DUE_BOTTOM_PT = 249;
const ACCOUNT_LEFT_PT = 316.8;
const PAYEE_LEFT_PT = 395.8;
const ACCOUNT_TOP_PT = 124.5;
const NOTICE_TOP_PT = 99;
const NOTICE_BOTTOM_PT = 85;
const CAPTION_PT = 77.6;
const QR_TOP_PT = 240;
const CODE_LINE_BASELINE_PT = 48.2;
const CODE_LINE_LEFT_PT = 5;

/** OCR-B 10 points has an advance of 7.23; 10 characters an inch are 7.2 exactly (print.md §5.1). */
const CODE_STYLE: TextStyle = { font: 'ocr', sizePt: 10 };
const CODE_PITCH_PT = 7.2;
const CODE_SPACING_PT = -0.03;

const caption: TextStyle = { font: 'regular', sizePt: 6.5 };
const value: TextStyle = { font: 'regular', sizePt: 10 };
const strongValue: TextStyle = { font: 'semibold', sizePt: 10 };

/** The bankgiro slip with its machine-read line; black only, whatever colours the letter has. */
export function bankgiroSlip(context: PartContext, content: SlipContent): readonly Drawing[] {
  const left = Math.max(millimetres(LEFT_PT), context.frame.content.left);
  const right = Math.min(millimetres(RIGHT_PT), context.frame.content.right);
  return [
    ...cutLine(left, right),
    ...upperPart(context, content, left, right),
    ...accountPart(context, content, left, right),
    // The code stands in the slip's free field, beside the payer and above the account.
    ...(content.qr === undefined ? [] : paymentQr(context, content.qr, right - PAYMENT_QR_MM, fromBottom(QR_TOP_PT))),
    codeLine(context, content),
  ];
}

const fromBottom = (yPt: number): number => PAGE_HEIGHT_MM - millimetres(yPt);

/** Dashes where plain paper is to be cut. */
function cutLine(left: number, right: number): readonly Drawing[] {
  const dash = 1.6;
  const pitch = 3.2;
  const count = Math.floor((right - left + pitch - dash) / pitch);
  return Array.from({ length: count }, (_, at) => horizontalRule(left + at * pitch, SLIP_TOP_MM, dash, 0.37, black));
}

function upperPart({ set, texts, language }: PartContext, content: SlipContent, left: number, right: number): readonly Drawing[] {
  const rule = (yPt: number, thicknessPt: number): Drawing =>
    horizontalRule(left, fromBottom(yPt), right - left, thicknessPt, black);
  const amountLeft = millimetres(374);
  const ocrLeft = millimetres(462);
  const tick = (xMm: number): Drawing =>
    verticalRule(xMm, fromBottom(DUE_TOP_PT), millimetres(DUE_TOP_PT - DUE_BOTTOM_PT), 0.3, black);
  const labelled = (label: string, text: string, xMm: number): readonly TextDrawing[] => [
    set.line(label, caption, { xMm, yMm: fromBottom(267.8) }),
    set.line(text, strongValue, { xMm, yMm: fromBottom(254.2) }),
  ];
  const referenceLeft = millimetres(325);
  const amount = printMoney(content.amount, 'SEK', language);
  return [
    set.line('bankgirot', { font: 'bold', sizePt: 9.5 }, { xMm: left, yMm: fromBottom(278.8) }),
    set.line(texts.slip.title, { font: 'bold', sizePt: 9.5 }, { xMm: right, yMm: fromBottom(278.8), align: 'right' }),
    rule(DUE_TOP_PT, 1),
    rule(DUE_BOTTOM_PT, 1),
    tick(amountLeft - 2),
    tick(ocrLeft),
    ...labelled(texts.slip.lastDay, content.dueDate ?? '', left),
    ...labelled(texts.slip.amount, amount, amountLeft),
    set.line('OCR', { font: 'bold', sizePt: 22 }, { xMm: right, yMm: fromBottom(254.5), align: 'right' }),
    set.line(texts.slip.invoiceNumber, caption, { xMm: referenceLeft, yMm: fromBottom(222) }),
    set.line(content.invoiceNumber, set.shrink(content.invoiceNumber, value, right - PAYMENT_QR_MM - referenceLeft - 2), {
      xMm: referenceLeft,
      yMm: fromBottom(208),
      fact: 'Number',
    }),
    set.line(texts.slip.ocr, caption, { xMm: referenceLeft, yMm: fromBottom(184) }),
    set.line(content.reference, CODE_STYLE, { xMm: referenceLeft, yMm: fromBottom(168), fact: 'Reference' }),
    set.line(texts.slip.payer, caption, { xMm: left, yMm: fromBottom(222) }),
    ...content.payerLines.map((line, at) =>
      set.line(set.fit(line, value, referenceLeft - left - 8), value, { xMm: left, yMm: fromBottom(208 - at * 13.2) }),
    ),
  ];
}

function accountPart({ set, texts }: PartContext, content: SlipContent, left: number, right: number): readonly Drawing[] {
  const accountLeft = millimetres(ACCOUNT_LEFT_PT);
  const payeeLeft = millimetres(PAYEE_LEFT_PT);
  const boxed = (label: string, text: string, xMm: number, widthMm: number): readonly TextDrawing[] => [
    set.line(label, caption, { xMm, yMm: fromBottom(117.3) }),
    set.line(set.fit(text, value, widthMm), value, { xMm, yMm: fromBottom(104) }),
  ];
  const below = (label: string, xPt: number): Drawing =>
    set.line(label, caption, { xMm: millimetres(xPt), yMm: fromBottom(CAPTION_PT) });
  const tick = (xPt: number): Drawing => verticalRule(millimetres(xPt), fromBottom(85), millimetres(6.2), 0.3, black);
  const notice: TextStyle = { font: 'regular', sizePt: 7.5 };
  return [
    horizontalRule(accountLeft, fromBottom(ACCOUNT_TOP_PT), right - accountLeft, 1, black),
    verticalRule(accountLeft, fromBottom(ACCOUNT_TOP_PT), millimetres(ACCOUNT_TOP_PT - NOTICE_TOP_PT), 0.3, black),
    verticalRule(payeeLeft, fromBottom(ACCOUNT_TOP_PT), millimetres(6.2), 0.3, black),
    ...boxed(texts.slip.toBankgiro, hyphenatedBankgiro(content.bankgiro), accountLeft + 1.2, payeeLeft - accountLeft - 2),
    ...boxed(texts.slip.payee, content.payee, payeeLeft + 1.2, right - payeeLeft - 2),
    horizontalRule(left, fromBottom(NOTICE_TOP_PT), right - left, 1.5, black),
    set.line(texts.slip.untouched, notice, { xMm: left, yMm: fromBottom(89.4) }),
    horizontalRule(left, fromBottom(NOTICE_BOTTOM_PT), right - left, 1.5, black),
    below(texts.slip.reference, 73),
    below(texts.slip.kronor, 236),
    below(texts.slip.ore, 299.5),
    tick(233),
    tick(297),
    tick(326.7),
  ];
}

/** The machine-read line at its exact place; nothing else stands in the lowest 78 points. */
function codeLine({ set }: PartContext, content: SlipContent): Drawing {
  const line = slipLine(content).trimEnd();
  const placed = set.line(line, CODE_STYLE, { xMm: millimetres(CODE_LINE_LEFT_PT), yMm: fromBottom(CODE_LINE_BASELINE_PT) });
  const widthMm = Math.min(millimetres(line.length * CODE_PITCH_PT), PAGE_WIDTH_MM);
  return { ...placed, widthMm, spacingPt: CODE_SPACING_PT, fact: 'SlipLine', zone: 'slipLine' };
}
