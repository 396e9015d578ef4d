import { type Drawing, type Fact, horizontalRule, verticalRule, white } from '../page/drawing.ts';
import { type Block, type PartContext, type } from './flow.ts';
import { encodeQr } from '../codes/qr.ts';
import type { Invoice, PaymentAccount } from '#engine/invoice.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import { formatAmount, type Currency, type Minor } from '#engine/money.ts';
import { giroKind, hyphenatedBankgiro, hyphenatedPlusgiro, printLegalId } from '../texts/account-numbers.ts';

/** One value of the panel under its label. */
export interface PanelCell {
  readonly label: string;
  readonly value: string;
  readonly fact?: Fact;
}

export interface PanelContent {
  /** The amount, set large. */
  readonly main: PanelCell;
  readonly cells: readonly PanelCell[];
  /** Content of the payment QR code. */
  readonly qr?: PaymentQr;
}

const PADDING_MM = 5;
const ROW_HEIGHT_MM = 15.6;
const HEIGHT_WITH_QR_MM = 31;
const MAIN_SHARE = 0.34;
const ACCENT_BAR_MM = 1.1;

/** The panel that answers how much, when and where: it lies across the page above the fold. */
export function paymentPanel(context: PartContext, content: PanelContent): Block {
  const heightMm = content.qr === undefined ? ROW_HEIGHT_MM : HEIGHT_WITH_QR_MM;
  return {
    heightMm,
    draw: (topMm) => [
      ...ground(context, topMm, heightMm),
      ...cells(context, content, topMm),
      ...codeAtRight(context, content, topMm),
    ],
  };
}

/** A light ground with a bar in the accent colour; in black and white a frame of rules instead. */
function ground({ palette, frame }: PartContext, top: number, heightMm: number): readonly Drawing[] {
  const { left, right } = frame.content;
  const bar: Drawing = { kind: 'rectangle', xMm: left, yMm: top, widthMm: ACCENT_BAR_MM, heightMm, ink: palette.accent };
  if (palette.tint !== undefined) {
    return [{ kind: 'rectangle', xMm: left, yMm: top, widthMm: right - left, heightMm, ink: palette.tint }, bar];
  }
  return [
    bar,
    horizontalRule(left, top, right - left, 0.5, palette.rule),
    horizontalRule(left, top + heightMm, right - left, 0.5, palette.rule),
    verticalRule(right, top, heightMm, 0.5, palette.rule),
  ];
}

function cells(context: PartContext, { main, cells: others, qr }: PanelContent, top: number): readonly Drawing[] {
  const { left, right } = context.frame.content;
  const inner = left + PADDING_MM;
  const usable = (qr === undefined ? right : right - PAYMENT_QR_MM - PADDING_MM) - inner;
  if (qr === undefined) {
    const mainWidth = usable * MAIN_SHARE;
    const step = (usable - mainWidth) / Math.max(1, others.length);
    return [
      ...cell(context, main, { left: inner, width: mainWidth - 3, top, large: true }),
      ...others.flatMap((item, at) =>
        cell(context, item, { left: inner + mainWidth + at * step, width: step - 3, top, large: false }),
      ),
    ];
  }
  // Beside a code the amount and the first value stand over the remaining ones.
  const columns = [inner, inner + usable * 0.5];
  const width = usable * 0.5 - 3;
  return [main, ...others].flatMap((item, at) =>
    cell(context, item, {
      left: columns[at % 2] ?? inner,
      width,
      top: top + 0.8 + Math.floor(at / 2) * 14,
      large: at === 0,
    }),
  );
}

interface CellPlace {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly large: boolean;
}

function cell({ set, palette }: PartContext, item: PanelCell, place: CellPlace): readonly Drawing[] {
  const base = place.large ? { ...type.amount, ink: palette.accent } : { ...type.sum, sizePt: 11 };
  const style = set.shrink(item.value, base, place.width);
  const fact = item.fact === undefined ? {} : { fact: item.fact };
  return [
    set.line(set.fit(item.label, type.label, place.width), type.label, { xMm: place.left, yMm: place.top + 5 }),
    set.line(item.value, style, { xMm: place.left, yMm: place.top + 11.6, ...fact }),
  ];
}

const codeAtRight = (context: PartContext, { qr }: PanelContent, topMm: number): readonly Drawing[] =>
  qr === undefined ? [] : paymentQr(context, qr, context.frame.content.right - PAYMENT_QR_MM - 2.5, topMm + 1.4);

/** The code with its four quiet modules (ISO/IEC 18004 §5.3.8); the symbol itself is then the 24 mm in use (sweden-bank.md §8). */
export const PAYMENT_QR_MM = 26;
const QUIET_MODULES = 4;
const CAPTION = { font: 'regular', sizePt: 6.5 } as const;

export interface PaymentQr {
  readonly content: string;
  readonly caption: string;
}

/** A payment code on white with its caption below; level L, since paper invoices are clean and fewer modules scan faster. */
export function paymentQr({ set }: PartContext, qr: PaymentQr, left: number, top: number): readonly Drawing[] {
  const { size, modules } = encodeQr(qr.content, 'L');
  const moduleMm = PAYMENT_QR_MM / (size + 2 * QUIET_MODULES);
  const quiet = QUIET_MODULES * moduleMm;
  const caption = set.line(qr.caption, CAPTION, { xMm: left, yMm: top + PAYMENT_QR_MM + 2.5 });
  return [
    { kind: 'rectangle', xMm: left, yMm: top, widthMm: PAYMENT_QR_MM, heightMm: PAYMENT_QR_MM, ink: white },
    { kind: 'modules', xMm: left + quiet, yMm: top + quiet, moduleMm, size, modules, drawnAs: 'bitmap' },
    { ...caption, xMm: left + (PAYMENT_QR_MM - caption.widthMm) / 2 },
  ];
}

/** Longer names are cut: the code is read by the numbers, and a larger symbol is harder to scan. */
const MAX_NAME_CHARACTERS = 40;

/** What a payment code asks for. */
export interface CodedPayment {
  readonly name: string;
  readonly legalId: string | undefined;
  readonly reference: string;
  readonly issueDate: IsoDate;
  readonly dueDate: IsoDate | undefined;
  readonly amount: Minor;
  /** Absent where the letter is no invoice. */
  readonly vatAmount?: Minor;
  readonly currency: Currency;
  readonly account: PaymentAccount;
}

/** The code of an invoice, or undefined where there is nothing to pay or no account the format knows. */
export function invoiceQr(invoice: Invoice): string | undefined {
  const [means] = invoice.paymentMeans;
  const account = means?.account;
  if (invoice.kind === 'creditNote' || invoice.totals.payableAmount <= 0n || account === undefined) return undefined;
  const { seller, currency, issueDate, dueDate, totals } = invoice;
  return usingQr({
    name: seller.name,
    legalId: seller.legalId?.id,
    reference: means?.reference ?? invoice.number,
    issueDate,
    dueDate,
    amount: totals.payableAmount,
    vatAmount: totals.vatAmount,
    currency,
    account,
  });
}

/**
 * The UsingQR text that Swedish bank apps scan (UsingQR rev. 2; sweden-bank.md §8), or undefined for an account the format does not
 * know. Amounts stay exact: they are written as JSON numbers from their decimal text.
 */
export function usingQr(payment: CodedPayment): string | undefined {
  const { account, currency, dueDate, legalId, vatAmount } = payment;
  const target = paymentTarget(giroKind(account), account.id, account.branch);
  if (target === undefined) return undefined;
  const members: readonly (readonly [key: string, json: string | undefined])[] = [
    ['uqr', '1'],
    ['tp', '1'],
    ['nme', JSON.stringify(cutName(payment.name))],
    ['cid', legalId === undefined ? undefined : JSON.stringify(printLegalId(legalId))],
    ['iref', JSON.stringify(payment.reference)],
    ['idt', compactDate(payment.issueDate)],
    ['ddt', dueDate === undefined ? undefined : compactDate(dueDate)],
    ['due', formatAmount(payment.amount)],
    ['cur', currency === 'SEK' ? undefined : JSON.stringify(currency)],
    ['vat', vatAmount === undefined ? undefined : formatAmount(vatAmount)],
    ...target,
  ];
  const written = members.flatMap(([key, json]) => (json === undefined ? [] : [`${JSON.stringify(key)}:${json}`]));
  return `{${written.join(',')}}`;
}

type Target = readonly (readonly [key: string, json: string | undefined])[];

function paymentTarget(kind: ReturnType<typeof giroKind>, id: string, branch: string | undefined): Target | undefined {
  const account = (type: string, text: string): Target => [
    ['pt', JSON.stringify(type)],
    ['acc', JSON.stringify(text)],
  ];
  if (kind === 'bankgiro') return account('BG', hyphenatedBankgiro(id));
  if (kind === 'plusgiro') return account('PG', hyphenatedPlusgiro(id));
  // A foreign account needs its bank's code (key bc).
  return kind === 'iban' && branch !== undefined ? [...account('IBAN', id), ['bc', JSON.stringify(branch)]] : undefined;
}

const compactDate = (date: string): string => JSON.stringify(date.replaceAll('-', ''));

const cutName = (name: string): string => Array.from(name).slice(0, MAX_NAME_CHARACTERS).join('').trim();
