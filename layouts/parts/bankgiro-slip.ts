import type { IsoDate } from '#engine/iso-date.ts';
import { type Drawing, millimetres, PAGE_WIDTH_MM } from '../page/drawing.ts';
import { hyphenatedBankgiro } from '../texts/account-numbers.ts';
import { printMoney } from '../texts/figures.ts';
import type { PartContext } from './flow.ts';
import { PAYMENT_QR_MM, type PaymentQr, paymentQr } from './payment-panel.ts';
import { type SlipPayment, slipLine } from './slip-line.ts';
import { fromBottom, place, slipEdges, slipStyle } from './slip-places.ts';

export interface SlipContent extends SlipPayment {
  readonly dueDate: IsoDate | undefined;
  readonly payee: string;
  readonly payerLines: readonly string[];
  readonly invoiceNumber: string;
  readonly qr?: PaymentQr;
}

/** What a letter fills into the bankgiro slip, and its machine-read line; black only, whatever colours the letter has. */
export function bankgiroSlip(context: PartContext, content: SlipContent): readonly Drawing[] {
  const { left, right } = slipEdges(context.frame);
  return [
    ...payment(context, content, left, right),
    ...parties(context, content, left, right),
    // The code stands in the slip's free field, beside the payer and above the account.
    ...(content.qr === undefined ? [] : paymentQr(context, content.qr, right - PAYMENT_QR_MM, fromBottom(place.qrTop))),
    codeLine(context, content),
  ];
}

function payment({ set, language }: PartContext, content: SlipContent, left: number, right: number): readonly Drawing[] {
  const amount = printMoney(content.amount, 'SEK', language);
  const amountLeft = millimetres(place.amountLeft);
  const amountStyle = set.shrink(amount, slipStyle.strong, millimetres(place.ocrLeft) - amountLeft - 1);
  const referenceLeft = millimetres(place.referenceLeft);
  const room = right - PAYMENT_QR_MM - referenceLeft - 2;
  const { invoiceNumber, reference } = content;
  return [
    set.line(content.dueDate ?? '', slipStyle.strong, { xMm: left, yMm: fromBottom(place.dueValue) }),
    set.line(amount, amountStyle, { xMm: amountLeft, yMm: fromBottom(place.dueValue), fact: 'Payable' }),
    set.line(invoiceNumber, set.shrink(invoiceNumber, slipStyle.value, room), {
      xMm: referenceLeft,
      yMm: fromBottom(place.partyValue),
      fact: 'Number',
    }),
    set.line(reference, set.shrink(reference, slipStyle.code, room), {
      xMm: referenceLeft,
      yMm: fromBottom(place.referenceValue),
      fact: 'Reference',
    }),
  ];
}

function parties({ set }: PartContext, content: SlipContent, left: number, right: number): readonly Drawing[] {
  const style = slipStyle.value;
  const payerWidth = millimetres(place.referenceLeft) - left - 8;
  const [accountLeft, payeeLeft] = [millimetres(place.accountLeft) + 1.2, millimetres(place.payeeLeft) + 1.2];
  const value = (text: string, xMm: number, widthMm: number, yPt: number): Drawing =>
    set.line(set.fit(text, style, widthMm), style, { xMm, yMm: fromBottom(yPt) });
  return [
    ...content.payerLines.map((line, at) => value(line, left, payerWidth, place.partyValue - at * place.partyLeading)),
    value(hyphenatedBankgiro(content.bankgiro), accountLeft, payeeLeft - accountLeft - 2, place.accountValue),
    value(content.payee, payeeLeft, right - payeeLeft, place.accountValue),
  ];
}

/** OCR-B 10 points has an advance of 7.23; 10 characters an inch are 7.2 exactly (print.md §5.1). */
const CODE_PITCH_PT = 7.2;
const CODE_SPACING_PT = -0.03;

/** The machine-read line at its exact place; nothing else stands in the lowest 78 points. */
function codeLine({ set }: PartContext, content: SlipContent): Drawing {
  const line = slipLine(content).trimEnd();
  const origin = { xMm: millimetres(place.codeLineLeft), yMm: fromBottom(place.codeLine) };
  const widthMm = Math.min(millimetres(line.length * CODE_PITCH_PT), PAGE_WIDTH_MM);
  return { ...set.line(line, slipStyle.code, origin), widthMm, spacingPt: CODE_SPACING_PT, fact: 'SlipLine', zone: 'slipLine' };
}
