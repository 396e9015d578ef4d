import bwip from 'bwip-js/node';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeDataMatrix } from '#layouts/codes/datamatrix.ts';
import type { MatrixCode } from '#layouts/codes/matrix-code.ts';
import { encodeQr } from '#layouts/codes/qr.ts';

/** bwip-js as an independent encoder: its symbol as rows of 0 and 1. */
function reference(options: Record<string, unknown>): string[] {
  // oxlint-disable-next-line import/no-named-as-default-member -- the named export is the barcode type "raw", not this
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
      expect(rows(encodeDataMatrix(text))).toEqual(reference({ bcid: 'datamatrix', text }));
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
  test('equals bwip-js in byte mode for every version, under the same mask', () => {
    for (const eclevel of ['L', 'M'] as const) {
      for (let length = 1; length <= 400; length += 9) {
        const text = Array.from({ length }, (_, at) => String.fromCharCode(0x61 + ((at * at + length) % 26))).join('');
        const ours = encodeQr(text, eclevel);
        const version = String((ours.size - 17) / 4);
        const mask = String(maskOf(ours) + 1);
        expect(rows(ours)).toEqual(reference({ bcid: 'qrcode', text, eclevel, version, fixedeclevel: true, mask }));
      }
    }
  });

  test('refuses what no version up to 15 holds', () => {
    // Version 15 L has 523 data words, of which 2.5 are mode and count (ISO/IEC 18004 table 7: 520 bytes).
    expect(encodeQr('x'.repeat(520), 'L').size).toBe(77);
    expect(() => encodeQr('x'.repeat(521), 'L')).toThrow(RangeError);
  });
});

/** The four rules of ISO/IEC 18004 §7.8.3 word by word and module by module: nothing of the packed evaluation under test. */
function penaltyByTheBook(symbol: readonly string[]): number {
  const size = symbol.length;
  const columns = symbol.map((_, at) => symbol.map((row) => row[at]).join(''));
  let penalty = 0;
  for (const line of [...symbol, ...columns]) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) penalty += run.length - 2;
    penalty += 40 * [...line.matchAll(/(?=10111010000)/g), ...line.matchAll(/(?=00001011101)/g)].length;
  }
  for (let row = 1; row < size; row += 1) {
    for (let column = 1; column < size; column += 1) {
      const square = symbol[row]!.slice(column - 1, column + 1) + symbol[row - 1]!.slice(column - 1, column + 1);
      if (square === '0000' || square === '1111') penalty += 3;
    }
  }
  const black = symbol.join('').replaceAll('0', '').length;
  const share = (black / (size * size)) * 100;
  return penalty + 10 * Math.floor(Math.max(0, Math.ceil(Math.abs(share - 50) / 5) - 1));
}

describe('QR mask', () => {
  test.each(['a', 'kuvert', 'a long text that needs several blocks of words '.repeat(6)])(
    'is one of the lowest penalty: %s',
    (text) => {
      const ours = encodeQr(text, 'L');
      const version = String((ours.size - 17) / 4);
      const penalties = Array.from({ length: 8 }, (_, mask) =>
        penaltyByTheBook(reference({ bcid: 'qrcode', text, eclevel: 'L', version, fixedeclevel: true, mask: String(mask + 1) })),
      );
      expect(penaltyByTheBook(rows(ours))).toBe(Math.min(...penalties));
    },
  );
});
