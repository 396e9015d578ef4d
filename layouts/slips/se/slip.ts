import type { Language } from '#engine/language.ts';
import type { Minor } from '#engine/money.ts';
import {
  black,
  horizontalRule,
  millimetres,
  PAGE_HEIGHT_MM,
  PAGE_WIDTH_MM,
  verticalRule,
  type Drawing,
} from '../../page/drawing.ts';
import type { TextStyle } from '../../page/typesetter.ts';
import type { LetterFrame, PartContext } from '../../parts/flow.ts';
import { PAYMENT_QR_MM, paymentQr } from '../../parts/payment-panel.ts';
import { passesModulus10 } from '../../spool/printed-amount.ts';
import { printMoney } from '../../texts/figures.ts';
import type { Slip, SlipContent, SlipPayment } from '../slip.ts';

/** The slip takes the lowest four inches of the sheet; paper may be perforated there (print.md §6). */
const HEIGHT_MM = 101.6;
const TOP_MM = PAGE_HEIGHT_MM - HEIGHT_MM;

/** Below this the code line is read, so nothing else stands there, on the sheet's other side neither: 0 to 78 pt (print.md §6). */
const READING_ZONE_TOP_MM = PAGE_HEIGHT_MM - millimetres(78);

/** Places of the slip in points from the sheet's lower left corner, as a production slip has them (print.md §6). */
const place = {
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

const slipStyle = {
  heading: { font: 'bold', sizePt: 9.5 },
  ocrSign: { font: 'bold', sizePt: 22 },
  caption: { font: 'regular', sizePt: 6.5 },
  notice: { font: 'regular', sizePt: 7.5 },
  value: { font: 'regular', sizePt: 10 },
  strong: { font: 'semibold', sizePt: 10 },
  code: { font: 'machine', sizePt: 10 },
} as const satisfies Readonly<Record<string, TextStyle>>;

/** Millimetres from the top of the sheet. */
const fromBottom = (yPt: number): number => PAGE_HEIGHT_MM - millimetres(yPt);

/** The ruled part keeps to the print house's margins; only the machine-read line has its place from Bankgirot. */
const slipEdges = ({ content }: LetterFrame): { readonly left: number; readonly right: number } => ({
  left: Math.max(millimetres(place.left), content.left),
  right: Math.min(millimetres(place.right), content.right),
});

/** The empty form of the bankgiro slip, the same on every letter of a language: it belongs to the shared background. */
function form(context: PartContext, numberLabel: string): readonly Drawing[] {
  const { left, right } = slipEdges(context.frame);
  return [...cutLine(left, right), ...rules(left, right), ...labels(context, numberLabel, { left, right })];
}

/** Dashes where plain paper is to be cut. */
function cutLine(left: number, right: number): readonly Drawing[] {
  const dash = 1.6;
  const pitch = 3.2;
  const count = Math.floor((right - left + pitch - dash) / pitch);
  return Array.from({ length: count }, (_, at) => horizontalRule(left + at * pitch, TOP_MM, dash, 0.37, black));
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
  { set, language }: PartContext,
  numberLabel: string,
  { left, right }: { readonly left: number; readonly right: number },
): readonly Drawing[] {
  const slip = slipTexts[language];
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

/** The slip is a form of its country, read by a machine of a bank there, whatever language the letter has. */
const slipTexts = {
  sv: {
    title: 'INBETALNING/GIRERING AVI',
    lastDay: 'Sista betalningsdag',
    toBankgiro: 'Till bankgiro',
    payee: 'Betalningsmottagare',
    payer: 'Betalningsavsändare',
    untouched: 'VAR GOD GÖR INGA ÄNDRINGAR   MEDDELANDEN KAN INTE LÄMNAS PÅ AVIN   DEN AVLÄSES MASKINELLT',
    reference: 'Referensnummer',
    kronor: 'Kronor',
    ore: 'Öre',
    amount: 'Belopp',
    invoiceNumber: 'Fakturanummer',
    ocr: 'OCR-nummer',
  },
  en: {
    title: 'INBETALNING/GIRERING AVI',
    lastDay: 'Sista betalningsdag / Due date',
    toBankgiro: 'Till bankgiro',
    payee: 'Betalningsmottagare / Payee',
    payer: 'Betalningsavsändare / Payer',
    untouched: 'VAR GOD GÖR INGA ÄNDRINGAR   MEDDELANDEN KAN INTE LÄMNAS PÅ AVIN   DEN AVLÄSES MASKINELLT',
    reference: 'Referensnummer',
    kronor: 'Kronor',
    ore: 'Öre',
    amount: 'Belopp / Amount',
    invoiceNumber: 'Fakturanummer / Invoice number',
    ocr: 'OCR-nummer',
  },
} as const satisfies Readonly<Record<Language, object>>;

/** What a letter fills into the bankgiro slip, and its machine-read line; black only, whatever colours the letter has. */
function fill(context: PartContext, content: SlipContent): readonly Drawing[] {
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
  const amount = printMoney(content.amount, content.currency, language);
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
    value(hyphenated(content.account), accountLeft, payeeLeft - accountLeft - 2, place.accountValue),
    value(content.payee, payeeLeft, right - payeeLeft, place.accountValue),
  ];
}

/** 991-2346, 5555-5551: the hyphen stands before the last four. */
const hyphenated = (bankgiro: string): string => `${bankgiro.slice(0, -4)}-${bankgiro.slice(-4)}`;

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

/** Largest amount of the eight kronor columns. */
const MAX_SLIP_AMOUNT: Minor = 9_999_999_999n;
const REFERENCE_COLUMNS = 25;
const KRONOR_COLUMNS = 8;
/** Bankgiro with pre-printed reference and amount; other types need the bank's word (sweden-bank.md §7.1). */
const DOCUMENT_TYPE = '41';

/** Whether a payment can stand on a slip: digits only, an amount above zero that fits its columns. */
function fits({ reference, amount, currency, account }: SlipPayment): boolean {
  const digits = /^\d{2,25}$/.test(reference) && /^\d{7,8}$/.test(account);
  return digits && currency === 'SEK' && amount > 0n && amount <= MAX_SLIP_AMOUNT;
}

/**
 * The machine-read line of a bankgiro slip: the alignment mark `H`, two blanks, and 79 columns (sweden-bank.md §7.1). Throws a
 * RangeError for a payment that does not fit; see `fits`.
 */
export function slipLine(payment: SlipPayment): string {
  if (!fits(payment)) throw new RangeError(`payment does not fit a bankgiro slip: ${payment.reference}`);
  const ore = payment.amount.toString().padStart(3, '0');
  const kronor = ore.slice(0, -2).padStart(KRONOR_COLUMNS);
  const reference = payment.reference.padStart(REFERENCE_COLUMNS);
  const account = payment.account.padStart(REFERENCE_COLUMNS);
  return `H  # ${reference} #${kronor} ${ore.slice(-2)}   ${amountCheckDigit(payment.amount)} >${account}#${DOCUMENT_TYPE}#    `;
}

/** 10-modul over the digits of the amount in öre, the last one doubled first; computed from the integer, never from a float. */
export function amountCheckDigit(amount: Minor): number {
  let sum = 0;
  let weight = 2;
  for (const digit of amount.toString().split('').toReversed()) {
    const product = Number(digit) * weight;
    sum += product > 9 ? product - 9 : product;
    weight = 3 - weight;
  }
  return (10 - (sum % 10)) % 10;
}

/** Reads the machine line of a bankgiro slip column by column and checks its check digit; null for anything else. */
function readLine(text: string): SlipPayment | null {
  const match = /^H {2}# ( *\d+) #( *\d+) (\d\d) {3}(\d) >( *\d+)#41#$/.exec(text.trimEnd());
  if (match === null) return null;
  const [, reference = '', kronor = '', ore = '', check = '', account = ''] = match;
  if (reference.length !== 25 || kronor.length !== 8 || account.length !== 25) return null;
  const digits = kronor.trim() + ore + check;
  if (!passesModulus10(digits)) return null;
  return { reference: reference.trim(), amount: BigInt(kronor.trim() + ore), currency: 'SEK', account: account.trim() };
}

/** The slip of bankgirot with OCR line (sweden-bank.md §7.1). */
export const swedishSlip: Slip = {
  topMm: TOP_MM,
  readingZoneTopMm: READING_ZONE_TOP_MM,
  fits,
  form,
  fill,
  invoiceNumber: { sv: slipTexts.sv.invoiceNumber, en: slipTexts.en.invoiceNumber },
  readLine,
};
