import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOcrWithLength, ocr } from '#engine/countries/se/references.ts';
import { OperatingError } from '#engine/operating-error.ts';
import { ReferenceCapacityError } from '#engine/sockets/reference-scheme.ts';

/** Prefix and digits of a legal series, at most 25 digits in all. */
const series = fc
  .record({ prefix: fc.stringMatching(/^\d{0,8}$/), serialDigits: fc.integer({ min: 1, max: 15 }) })
  .map((parts) => ({ ...parts, capacity: 10n ** BigInt(parts.serialDigits) }));

describe('ocr.make', () => {
  // reference/sweden-bank.md §6.4: payload, length digit, check digit.
  it.each([
    ['', 123n, 3, '12351'],
    ['', 11n, 2, '1149'],
    ['', 1234567890n, 10, '123456789023'],
    ['1', 23n, 2, '12351'],
    ['12345678', 90n, 2, '123456789023'],
  ])('of prefix "%s", serial %s in %s digits is %s', (prefix, serial, serialDigits, reference) => {
    expect(ocr.make({ prefix, serial, serialDigits })).toBe(reference);
  });

  it('fills the serial with zeros: 10 00000001 2 and its check digit by hand', () => {
    // Digits from the right, doubled first: 2→4, 1, 0 …, 0, 1 (doubled or not stays 1 or 2): 10000000012: 2·2=4, 1, 0…0, 1 at place 11 doubled = 2. Sum 7, check 3.
    expect(ocr.make({ prefix: '10', serial: 1n, serialDigits: 8 })).toBe('100000000123');
  });

  it('is always what a bank with check digit and length control takes', () => {
    fc.assert(
      fc.property(series, fc.bigInt({ min: 0n, max: 10n ** 15n }), ({ prefix, serialDigits, capacity }, any) => {
        const reference = ocr.make({ prefix, serial: any % capacity, serialDigits });
        expect(ocr.isValid(reference)).toBe(true);
        expect(isOcrWithLength(reference)).toBe(true);
        expect(reference).toHaveLength(prefix.length + serialDigits + 2);
        expect(reference.startsWith(prefix)).toBe(true);
      }),
    );
  });

  it('never gives one reference for two serials', () => {
    fc.assert(
      fc.property(
        series,
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.bigInt({ min: 1n, max: 10n ** 15n }),
        ({ prefix, serialDigits, capacity }, a, by) => {
          const [first, second] = [a % capacity, (a + by) % capacity];
          fc.pre(first !== second);
          expect(ocr.make({ prefix, serial: first, serialDigits })).not.toBe(ocr.make({ prefix, serial: second, serialDigits }));
        },
      ),
    );
  });

  it('gives a hundred thousand different references in a row', () => {
    const references = new Set(
      Array.from({ length: 100_000 }, (_, index) => ocr.make({ prefix: '10', serial: BigInt(index), serialDigits: 8 })),
    );
    expect(references.size).toBe(100_000);
  });

  it('says that the series is used up when the serial no longer fits', () => {
    expect(ocr.make({ prefix: '7', serial: 999n, serialDigits: 3 })).toMatch(/^7999/);
    const last = () => ocr.make({ prefix: '7', serial: 1000n, serialDigits: 3 });
    expect(last).toThrow(ReferenceCapacityError);
    expect(last).toThrow(OperatingError);
    expect(last).toThrow(/prefix "7" is used up: 1000 has more than 3 digits/);
  });

  it.each([
    [{ prefix: 'A', serial: 1n, serialDigits: 3 }],
    [{ prefix: '', serial: -1n, serialDigits: 3 }],
    [{ prefix: '', serial: 1n, serialDigits: 0 }],
    [{ prefix: '1234567890', serial: 1n, serialDigits: 14 }],
  ])('refuses parts that configuration should have refused: %o', (parts) => {
    expect(() => ocr.make(parts)).toThrow(RangeError);
  });
});

describe('isOcrWithLength', () => {
  it.each([
    ['12351', true],
    ['1149', true],
    ['123456789023', true],
    ['1230', false], // right check digit, no length digit: 3 is not 4
    ['12352', false],
    ['12', false],
    ['', false],
    ['12 351', false],
  ])('%j: %s', (text, expected) => {
    expect(isOcrWithLength(text)).toBe(expected);
  });
});

describe('ocr.canCollide', () => {
  it.each([
    ['10', 8, '10', 8, true],
    ['1', 9, '10', 8, true],
    ['', 10, '99', 8, true],
    ['10', 8, '11', 8, false],
    ['10', 8, '10', 7, false],
  ])('"%s" with %s digits and "%s" with %s digits: %s', (prefixA, digitsA, prefixB, digitsB, expected) => {
    const [a, b] = [
      { prefix: prefixA, serialDigits: digitsA },
      { prefix: prefixB, serialDigits: digitsB },
    ];
    expect(ocr.canCollide(a, b)).toBe(expected);
    expect(ocr.canCollide(b, a)).toBe(expected);
  });

  it('is right about series that cannot: no serials of theirs meet', () => {
    const small = fc.record({ prefix: fc.stringMatching(/^[01]{0,2}$/), serialDigits: fc.integer({ min: 1, max: 2 }) });
    const all = (parts: { prefix: string; serialDigits: number }) =>
      Array.from({ length: 10 ** parts.serialDigits }, (_, index) => ocr.make({ ...parts, serial: BigInt(index) }));
    fc.assert(
      fc.property(small, small, (a, b) => {
        const references = new Set(all(a));
        expect(all(b).some((reference) => references.has(reference))).toBe(ocr.canCollide(a, b));
      }),
    );
  });
});

// reference/sweden-bank.md §6.4 and the samples of §1.7.
describe('ocr.isValid', () => {
  it.each(['1230', '12351', '1149', '123456789023', '10023182', '18', '0000000000000000000000000'])('takes %j', (text) =>
    expect(ocr.isValid(text)).toBe(true),
  );
  it.each(['', '1', '1231', '12 30', '00000000000000000000000000', '1230a'])('refuses %j', (text) =>
    expect(ocr.isValid(text)).toBe(false),
  );
});

describe('a series that no references can be made of', () => {
  it('has more than 25 digits with length digit and check digit', () => {
    expect(ocr.problem({ prefix: '1234567890', serialDigits: 13 })).toBeUndefined();
    expect(ocr.problem({ prefix: '1234567890', serialDigits: 14 })?.message).toContain('26 digits');
  });
});
