import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modulus10CheckDigit } from '#engine/check-digits.ts';
import { classifyTransaction, type ClassifiedBy, type PaymentKind, resemble } from '#engine/matching/decide-payment.ts';
import { ocr } from '#engine/countries/se/references.ts';
import { referenceKeys } from '#engine/matching/reference-keys.ts';

describe('what a transaction is (reference/iso20022.md §2.6)', () => {
  const plain: ClassifiedBy = { amount: 100n, hint: 'payment', ofPayout: false, hasReference: false };
  test.each<readonly [title: string, given: Partial<ClassifiedBy>, kind: PaymentKind]>([
    ['money in', {}, 'receipt'],
    ['money in with a charge’s code and a valid reference', { hint: 'charge', hasReference: true }, 'receipt'],
    ['money in with a charge’s code', { hint: 'charge' }, 'cost'],
    ['money out with a charge’s code, reference or not', { amount: -100n, hint: 'charge', hasReference: true }, 'cost'],
    ['money in that comes back and is not ours', { hint: 'return' }, 'unclear'],
    ['money in that comes back and is ours', { hint: 'return', ofPayout: true }, 'payout-return'],
    ['our ids on a credit, without any marker', { ofPayout: true }, 'payout-return'],
    ['money out with our ids', { amount: -100n, ofPayout: true }, 'payout'],
    ['money out as a return', { amount: -100n, hint: 'return' }, 'reversal'],
    ['money out of nobody', { amount: -100n }, 'unclear'],
    ['a sum without details', { hint: 'lump' }, 'unclear'],
  ])('%s: %s', (_title, given, kind) => {
    expect(classifyTransaction({ ...plain, ...given })).toBe(kind);
  });
});

describe('by what a transaction is looked up', () => {
  test('leading zeros are the bank’s, and a wrong check digit is no reference', () => {
    const { references } = referenceKeys(
      {
        references: [
          { source: 'creditor-reference', value: '0000001234566' },
          { source: 'document-number', value: '1234567' },
        ],
        text: '',
      },
      [ocr],
    );
    expect(references).toEqual([{ source: 'creditor-reference', value: '1234566' }]);
  });

  test('numbers stand in fields and in words of the text; short ones only in fields', () => {
    const { numbers } = referenceKeys(
      {
        references: [{ source: 'document-number', value: '7' }],
        text: 'DOC NO:90097070, faktura INV-1009/2 den 3',
      },
      [ocr],
    );
    expect(numbers.map(({ value }) => value)).toEqual(['7', '90097070', 'INV-1009/2']);
  });

  test('any reference with its check digit is found however many zeros stand before it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 20n }), fc.nat({ max: 5 }), (serial, zeros) => {
        const reference = `${serial}${modulus10CheckDigit(String(serial))}`;
        const { references, about } = referenceKeys(
          {
            references: [{ source: 'creditor-reference', value: '0'.repeat(zeros) + reference }],
            text: '',
          },
          [ocr],
        );
        expect(references.map(({ value }) => value)).toEqual([reference]);
        expect(about).toBe(reference);
      }),
    );
  });

  test('every key of any text stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { references, numbers } = referenceKeys({ references: [{ source: 'text', value: text }], text }, [ocr]);
        for (const { value } of [...references, ...numbers]) expect(text).toContain(value);
      }),
    );
  });
});

test.each([
  ['Anna Påhittad', 'PAHITTAD ANNA', true],
  ['Skenfirman AB', 'SKENFIRMAN', true],
  ['Skenfirman AB', 'Skenbolaget AB', false],
  ['Påhittad, A', 'Påhittad Anna', true],
  ['AB', 'HB', false],
  ['', 'Anna', false],
])('%s and %s are alike: %s', (a, b, alike) => {
  expect(resemble(a, b)).toBe(alike);
  expect(resemble(b, a)).toBe(alike);
});
