import { expect, test } from 'vitest';
import { controlCode, printControlCode } from '#layouts/parts/control-code.ts';
import { modulus10CheckDigit } from '#engine/check-digits.ts';

// Fields by hand: version 01, job 00042, piece 0000001, sheet 01 of 02, enclosures 000; the check digit by ISO/IEC 7812-1 annex B.
test('22 digits in the order of the fields', () => {
  const code = controlCode({ jobNumber: 42, piece: 1, sheet: 1, sheets: 2 });
  expect(code.slice(0, 21)).toBe('010004200000010102000');
  expect(code).toHaveLength(22);
  expect(printControlCode(code)).toEqual(['00042 0000001', `01/02 000 ${code.at(-1)} v01`]);
});

test.each([
  ['7992739871', 3],
  ['0', 0],
  ['1', 8],
])('Luhn digit of %s is %i', (digits, expected) => {
  expect(modulus10CheckDigit(digits)).toBe(String(expected));
});

test.each([
  [{ jobNumber: 100_000, piece: 1, sheet: 1, sheets: 1 }],
  [{ jobNumber: 1, piece: 10_000_000, sheet: 1, sheets: 1 }],
  [{ jobNumber: 1, piece: 1, sheet: 1, sheets: 100 }],
  [{ jobNumber: 1.5, piece: 1, sheet: 1, sheets: 1 }],
])('refuses %o', (control) => {
  expect(() => controlCode(control)).toThrow(RangeError);
});
