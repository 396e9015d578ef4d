import { encodeQr } from '../codes/qr.ts';
import type { Drawing } from '../page/drawing.ts';
import { white } from '../page/ink.ts';
import type { PartContext } from './part.ts';

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
