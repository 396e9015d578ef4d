import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hasValidModulus10,
  isGln,
  isNorwegianOrganisationNumber,
  isOrganisationNumber,
  isPersonalNumber,
  modulus10CheckDigit,
} from '#engine/check-digits.ts';

const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((items) => items.join(''));

describe('the modulus-10 digit', () => {
  // reference/sweden-bank.md §6.1, §6.4 and §7.1; 7992739871 is the usual textbook example.
  it.each([
    ['991234', '6'],
    ['5555555', '1'],
    ['1234', '4'],
    ['125000', '0'],
    ['49950', '9'],
    ['1447100', '7'],
    ['123', '0'],
    ['7992739871', '3'],
    ['0', '0'],
    ['00000000', '0'],
  ])('of %s is %s', (given, check) => {
    expect(modulus10CheckDigit(given)).toBe(check);
    expect(hasValidModulus10(given + check)).toBe(true);
  });

  it.each(['', ' 1', '12a', '-1', '1.5', '١٢'])('of %j is refused', (given) => {
    expect(() => modulus10CheckDigit(given)).toThrow(RangeError);
  });

  it('tells every single wrong digit', () => {
    fc.assert(
      fc.property(digits(1, 24), fc.nat(24), fc.integer({ min: 1, max: 9 }), (payload, at, by) => {
        const right = payload + modulus10CheckDigit(payload);
        const index = at % right.length;
        const wrong = right.slice(0, index) + String((Number(right[index]) + by) % 10) + right.slice(index + 1);
        expect(hasValidModulus10(right)).toBe(true);
        expect(hasValidModulus10(wrong)).toBe(false);
      }),
    );
  });

  it('tells neighbours that changed places, but for 0 and 9', () => {
    fc.assert(
      fc.property(digits(2, 24), fc.nat(23), (payload, at) => {
        const right = payload + modulus10CheckDigit(payload);
        const index = at % (right.length - 1);
        const [a, b] = [right[index]!, right[index + 1]!];
        fc.pre(a !== b && new Set([a, b, '0', '9']).size > 2);
        expect(hasValidModulus10(right.slice(0, index) + b + a + right.slice(index + 2))).toBe(false);
      }),
    );
  });
});

// reference/sweden-bank.md §6.7; 202100-5489 is the organisation number of a public authority in einvoice.md.
describe.each([
  [
    'isOrganisationNumber',
    isOrganisationNumber,
    ['559999-0008', '5599990008', '769999-1118', '202100-5489', '2021005489', '802499-8885'],
    [
      '559999-0009',
      '55999-0008',
      '5599990008 ',
      '16559999-0008',
      '165599990008',
      '850709-9805',
      '559999–0008',
      '',
      'SE559999000801',
    ],
  ],
  [
    'isPersonalNumber',
    isPersonalNumber,
    [
      '850709-9805',
      '8507099805',
      '19850709-9805',
      '198507099805',
      '000229-2399',
      '200002292399',
      '197302889931',
      '202107919967',
      '850709+9805',
    ],
    [
      '850709-9806', // check digit
      '150916-0006', // serial 000
      '850732-9805', // no such day
      '851309-9801', // no such month
      '20010229-2398', // no leap year
      '19000229-2399', // no leap year either
      '559999-0008', // an organisation
      '21850709-9805', // no such century yet
      '850709 9805',
      '850709--9805',
      '',
    ],
  ],
  // The GS1 example 4006381333931 and the invented 7350099990007, reckoned by hand: 7+9+15+0+0+27+9+27+9+0+0+0 = 103, check 7.
  ['isGln', isGln, ['4006381333931', '7350099990007'], ['4006381333932', '400638133393', '7350099990000', '', '735009999000X']],
  // reference/norway.md §Numbers.
  ['isNorwegianOrganisationNumber', isNorwegianOrganisationNumber, ['988077917'], ['988077918', '98807791', '988 077 917', '']],
] as const)('%s', (_, check, right, wrong) => {
  it.each(right)('takes %j', (text) => expect(check(text)).toBe(true));
  it.each(wrong)('refuses %j', (text) => expect(check(text)).toBe(false));

  it('never throws, and refuses what holds a letter', () => {
    const property = fc.property(fc.string(), (text) => {
      expect(check(`${text}a`)).toBe(false);
    });
    fc.assert(property);
  });
});
