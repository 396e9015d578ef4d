import bwip from 'bwip-js/node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeDataMatrix } from '#layouts/codes/datamatrix.ts';
import type { MatrixCode } from '#layouts/codes/matrix-code.ts';
import { encodeQr } from '#layouts/codes/qr.ts';

/** bwip-js as an independent encoder: its symbol as rows of 0 and 1. */
function reference(options: Record<string, unknown>): string[] {
  const [code] = bwip.raw(options as never) as unknown as { pixs: number[]; pixx: number; pixy: number }[];
  if (code === undefined) throw new Error('bwip-js made no symbol');
  return Array.from({ length: code.pixy }, (_, row) => code.pixs.slice(row * code.pixx, (row + 1) * code.pixx).join(''));
}

const rows = ({ size, modules }: MatrixCode): string[] =>
  Array.from({ length: size }, (_, row) => modules.slice(row * size, (row + 1) * size).join(''));

describe('DataMatrix', () => {
  test('equals bwip-js for digits of every symbol size', () => {
    for (let length = 1; length <= 88; length += 1) {
      const text = Array.from({ length }, (_, at) => (at * 7 + length) % 10).join('');
      expect(rows(encodeDataMatrix(text)), text).toEqual(reference({ bcid: 'datamatrix', text }));
    }
  });

  test('equals bwip-js for any digits', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 88 });
    fc.assert(
      fc.property(digits, (values) => {
        const text = values.join('');
        expect(rows(encodeDataMatrix(text))).toEqual(reference({ bcid: 'datamatrix', text }));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['22 digits fit 16 × 16', '0100042000000101020005', 16],
    ['6 digits fit 10 × 10', '123456', 10],
    ['7 digits need 12 × 12', '1234567', 12],
    ['88 digits fit 26 × 26', '1'.repeat(88), 26],
  ])('%s', (_title, text, size) => {
    expect(encodeDataMatrix(text).size).toBe(size);
  });

  test('refuses what does not fit or is no ASCII', () => {
    expect(() => encodeDataMatrix('1'.repeat(90))).toThrow(RangeError);
    expect(() => encodeDataMatrix('å')).toThrow(RangeError);
  });
});

/** The mask number in a symbol's format information: bits 10 to 12, under the fixed pattern 101 there (ISO/IEC 18004 §7.9.1). */
const maskOf = ({ size, modules }: MatrixCode): number =>
  ((modules[8 * size + 2]! << 2) | (modules[8 * size + 3]! << 1) | modules[8 * size + 4]!) ^ 0b101;

describe('QR', () => {
  /** bwip-js with the same bytes, level and mode; it must agree on the version, and on every module under its own mask choice. */
  const expectSame = (text: string, level: 'L' | 'M'): void => {
    const ours = encodeQr(text, level);
    const version = (ours.size - 17) / 4;
    const mask = maskOf(ours) + 1;
    expect(rows(ours), text).toEqual(reference({ bcid: 'qrcode', text, eclevel: level, version: String(version), fixedeclevel: true, mask: String(mask) }));
  };

  test('equals bwip-js in byte mode for every version', () => {
    for (const level of ['L', 'M'] as const) {
      for (let length = 1; length <= 400; length += 9) {
        expectSame(Array.from({ length }, (_, at) => String.fromCharCode(0x61 + ((at * at + length) % 26))).join(''), level);
      }
    }
  });
});

test('fast', () => {
  const text = JSON.stringify({ uqr: 1, tp: 1, nme: 'Åsboda Vattenförening ek för', cid: '769600-1234', iref: '100231823', idt: '20250301', ddt: '20250331', due: 1250.5, vat: 250.1, pt: 'BG', acc: '991-2346' });
  for (let i = 0; i < 200; i++) encodeQr(text, 'L');
  const t = performance.now();
  for (let i = 0; i < 1000; i++) encodeQr(text, 'L');
  console.log('qr ms', (performance.now() - t) / 1000, encodeQr(text, 'L').size);
  const u = performance.now();
  for (let i = 0; i < 10000; i++) encodeDataMatrix('0100042000000101020005');
  console.log('dm us', (performance.now() - u) / 10);
});
