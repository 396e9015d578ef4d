import { type Drawing, type Fact, horizontalRule, verticalRule, white } from '../page/drawing.ts';
import { type Block, type PartContext, type } from './flow.ts';
import { encodeQr } from '../codes/qr.ts';
import type { PaymentQr } from '../slips/slip.ts';

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
