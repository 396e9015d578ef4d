import { describe, expect, test } from 'vitest';
import { describeFinding, finding } from '#engine/finding.ts';
import { error, fillIn, textsOf, warning } from '#engine/findings/declaration.ts';

const codes = { 'TOY-SUM': error('toy 1', 'sum', 'difference'), 'TOY-PLAIN': warning('toy 2') };
const plain = { message: 'Line {line} is odd.', hint: 'Look at {field}: {value}.' };
const sum = { message: '{value} is not {sum}.', hint: 'Correct the {difference}.' } as const;

/** `tsc` proves these: a line that is no error any more is one itself. */
export const typeErrors = (): readonly unknown[] => [
  textsOf(codes, { 'TOY-SUM': sum, 'TOY-PLAIN': { message: 'Line {line} is odd.', hint: 'Look.' } }),
  // @ts-expect-error a text is missing
  textsOf(codes, { 'TOY-SUM': sum }),
  textsOf(codes, {
    'TOY-SUM': sum,
    // @ts-expect-error a placeholder is misspelt
    'TOY-PLAIN': { message: 'Line {lien} is odd.', hint: 'Look.' },
  }),
  textsOf(codes, {
    // @ts-expect-error a fact is not told
    'TOY-SUM': { message: '{value} is not {sum}.', hint: 'Correct it.' },
    'TOY-PLAIN': { message: 'Odd.', hint: 'Look.' },
  }),
  // @ts-expect-error no such code is declared
  textsOf(codes, { 'TOY-SUM': sum, 'TOY-PLAIN': { message: 'Odd.', hint: 'Look.' }, 'TOY-ALIEN': sum }),
  // @ts-expect-error facts are missing
  finding('CSV-TRAILER-SUM'),
  // @ts-expect-error one of two facts is missing
  finding('CSV-TRAILER-SUM', { value: '1.00', facts: { summed: '2.00' } }),
  // @ts-expect-error a fact is misspelt
  finding('CSV-TRAILER-SUM', { facts: { summed: '2.00', diference: '1.00' } }),
  // @ts-expect-error a code without facts is given one
  finding('FILE-EMPTY', { facts: { sum: '1.00' } }),
];

describe('the catalogue', () => {
  test('fills the facts into both texts and leaves unknown ones standing', () => {
    expect(fillIn(sum, { value: '1', sum: '2', difference: 'one' })).toEqual({
      message: '1 is not 2.',
      hint: 'Correct the one.',
    });
    expect(fillIn(plain, { line: '7' }).hint).toBe('Look at {field}: {value}.');
  });

  test('tells a finding in each language', () => {
    const found = finding('CSV-TRAILER-SUM', { line: 9, value: '10.00', facts: { summed: '12.00', difference: '-2.00' } });
    expect(found).toMatchObject({ code: 'CSV-TRAILER-SUM', severity: 'error', rule: 'contract', line: 9 });
    expect(describeFinding(found, 'sv').message).toBe(
      'Slutraden anger summan 10.00, fakturorna summerar till 12.00 (skillnad -2.00).',
    );
    expect(describeFinding(found, 'en').message).toBe(
      'The closing row states the sum 10.00, the invoices add up to 12.00 (difference -2.00).',
    );
  });
});
