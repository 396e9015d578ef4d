import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { windowZones } from '#engine/print-profile.ts';
import { makePalette } from '#layouts/page/drawing.ts';
import { pdfPath, readPng } from '#layouts/page/logo.ts';
import { makeTypesetter } from '#layouts/page/typesetter.ts';
import { loadFonts } from '#layouts/spool/letter-renderer.ts';
import { colourProfile } from './sample-letters.ts';
import { makeByteWriter } from '#layouts/page/content-stream.ts';

test('window zones follow print.md §1.3 for the Norwegian C5', () => {
  // Published there: always visible x 15–101, y 44–65.5; risk zone y 30.5–79. Its risk zone starts at the sheet's edge, x 0.
  const zones = windowZones(colourProfile.envelopes[0]!);
  expect(zones.alwaysVisible).toEqual({ left: 15, top: 44, right: 101, bottom: 65.5 });
  expect(zones.everVisible).toEqual({ left: -4, top: 30.5, right: 120, bottom: 79 });
});

describe('numbers in content streams', () => {
  test.each([
    [0, '0 '],
    [12, '12 '],
    [1.5, '1.5 '],
    [595.276, '595.28 '],
    [-0.004, '0 '],
    [-3.05, '-3.05 '],
    [0.1 + 0.2, '0.3 '],
  ])('%f', (value, expected) => {
    const writer = makeByteWriter();
    writer.number(value);
    expect(Buffer.from(writer.take()).toString('latin1')).toBe(expected);
  });

  test('differ from the value by at most half a hundredth', () => {
    const writer = makeByteWriter();
    fc.assert(
      fc.property(fc.double({ min: -2000, max: 2000, noNaN: true }), (value) => {
        writer.number(value);
        const text = Buffer.from(writer.take()).toString('latin1');
        expect(text).toMatch(/^-?\d+(?:\.\d{1,2})? $/);
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.005_001);
      }),
    );
  });
});

describe('SVG paths', () => {
  test.each([
    ['M1 2L3 4', '1 2 m 3 4 l'],
    ['m1,2 3,4', '1 2 m 4 6 l'],
    ['M0 0h5v-5z', '0 0 m 5 0 l 5 -5 l h'],
    ['M0 0C1 1 2 2 3 3', '0 0 m 1 1 2 2 3 3 c'],
    ['M0 0Q3 3 6 0', '0 0 m 2 2 4 2 6 0 c'],
    ['M0 0c1 0 2 1 2 2s1 2 2 2', '0 0 m 1 0 2 1 2 2 c 2 3 3 4 4 4 c'],
    ['M.5.5-1e1-1', '0.5 0.5 m -10 -1 l'],
    ['M0 0z m1 1', '0 0 m h 1 1 m'],
  ])('%s', (d, expected) => {
    expect(pdfPath(d)).toBe(expected);
  });

  test('a half circle ends where it should and bulges by its radius', () => {
    const numbers = pdfPath('M0 0A5 5 0 0 1 10 0')
      .match(/-?[\d.]+/g)!
      .map(Number);
    expect(numbers.slice(-2)).toEqual([10, 0]);
    // Two quarter curves: the first ends at the top of the circle, (5, −5).
    expect(numbers.slice(6, 8)).toEqual([5, -5]);
  });

  test.each(['', 'L1 1', 'M1', 'M0 0X1', 'M0 0L1'])('"%s" is refused', (d) => {
    expect(() => pdfPath(d)).toThrow(SyntaxError);
  });
});

describe('PNG logos', () => {
  const chunk = (kind: string, content: Uint8Array): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(content.length);
    head.write(kind, 4, 'latin1');
    return Buffer.concat([head, content, Buffer.alloc(4)]);
  };
  const png = (width: number, height: number, colourType: number, rows: number[][], extra: Buffer[] = []): Buffer => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([8, colourType, 0, 0, 0], 8);
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    return Buffer.concat([
      signature,
      chunk('IHDR', header),
      ...extra,
      chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  };

  test('colours with transparency lie on white', () => {
    const picture = readPng(png(2, 1, 6, [[0, 255, 0, 0, 255, 0, 0, 0, 0]]), false);
    expect([...picture.samples]).toEqual([255, 0, 0, 255, 255, 255]);
  });

  test('become gray on a black and white machine', () => {
    const picture = readPng(png(1, 1, 2, [[0, 255, 0, 0]]), true);
    expect([picture.channels, ...picture.samples]).toEqual([1, 76]);
  });

  test('filters of rows are undone', () => {
    // Sub, Up, Average and Paeth over the rows 10 20 / 11 22 / 15 29 / 16 30, by ISO/IEC 15948 §9.
    const picture = readPng(
      png(2, 4, 0, [
        [1, 10, 10],
        [2, 1, 2],
        [3, 10, 11],
        [4, 1, 1],
      ]),
      true,
    );
    expect([...picture.samples]).toEqual([10, 20, 11, 22, 15, 29, 16, 30]);
  });

  test('palettes', () => {
    const palette = chunk('PLTE', Buffer.from([1, 2, 3, 200, 100, 50]));
    expect([...readPng(png(2, 1, 3, [[0, 1, 0]], [palette]), false).samples]).toEqual([200, 100, 50, 1, 2, 3]);
  });

  test.each([
    ['no PNG', Buffer.from('GIF89a')],
    ['cut short', png(4, 4, 0, [[0, 1, 2, 3, 4]])],
    ['cut off in the middle', png(2, 1, 6, [[0, 255, 0, 0, 255, 0, 0, 0, 0]]).subarray(0, 50)],
    ['without its end', png(2, 1, 6, [[0, 255, 0, 0, 255, 0, 0, 0, 0]]).subarray(0, -12)],
    ['no pixels', png(0, 0, 0, [[]])],
  ])('%s is refused', (_title, bytes) => {
    expect(() => readPng(bytes, false)).toThrow(RangeError);
  });
});

describe('inks', () => {
  test('a black and white palette has gray operators only', () => {
    const palette = makePalette('#0b5a7a', false);
    for (const ink of [palette.text, palette.accent, palette.rule, palette.of('#7cc4d8')])
      expect(ink.operator).toMatch(/^[\d.]+ g$/);
    expect(palette.tint).toBeUndefined();
  });

  test.each(['red', '#12', '#12345g', ''])('"%s" is no colour', (text) => {
    expect(() => makePalette(text, true)).toThrow(RangeError);
  });
});

describe('typesetting', () => {
  const style = { font: 'regular', sizePt: 9 } as const;

  test('a missing glyph becomes a visible square and is remembered', () => {
    const set = makeTypesetter(loadFonts());
    expect(set.printable('Smörgås 🙂 日 Ok\u0000', style)).toBe('Smörgås □ □ Ok□');
    expect(set.replaced()).toEqual(['U+0000', 'U+65E5', 'U+1F642']);
  });

  test('letters are composed, invisible characters go', () => {
    const set = makeTypesetter(loadFonts());
    expect(set.printable('A\u030a\u200bsa\u00ad', style)).toBe('Åsa');
    expect(set.replaced()).toEqual([]);
  });

  test('any text becomes glyphs of the face, never .notdef, and fits the width it is wrapped to', () => {
    const set = makeTypesetter(loadFonts());
    const face = loadFonts().regular;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const line of set.wrap(text, style, 40)) {
          expect(set.widthMm(line, style)).toBeLessThanOrEqual(40);
          for (const character of line) expect(face.glyphs[character.codePointAt(0)!]).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('OCR-B is pitched at exactly ten characters an inch', () => {
    // Advance 723/1000 of 10 points and −0.03 points of spacing: 7.2 points (print.md §5.1).
    expect(loadFonts().machine.widths['0'.charCodeAt(0)]! / 100 - 0.03).toBeCloseTo(7.2, 10);
  });

  test('a cut line ends in an ellipsis and fits', () => {
    const set = makeTypesetter(loadFonts());
    const cut = set.fit('x'.repeat(300), style, 30);
    expect(cut.endsWith('…')).toBe(true);
    expect(set.widthMm(cut, style)).toBeLessThanOrEqual(30);
  });
});
