import { expect, test } from 'vitest';
import { isIban } from '#engine/iban.ts';
import { accountNumberProblem } from '#engine/countries/se/clearing-numbers.ts';

/** reference/sweden-bank.md §6.5, the vectors of Bankgirot's account number document. */
test.each([
  '1200-1111126',
  '5102-0158751',
  '5839-8257466',
  '9040-1111131',
  '4000-1111112',
  '3300-1111111116',
  '9180-1234567897',
  '6000-301286698',
  '8214-9234726124',
  '9500-2109189',
])('%s is an account', (text) => {
  const [clearing = '', number = ''] = text.split('-');
  expect(accountNumberProblem({ clearing, number })).toBeUndefined();
});

test.each([
  ['5102', '0158752', 'wrong check digit'],
  ['3300', '1111111117', 'wrong check digit'],
  ['5839', '82574666', 'has 8 digits'],
  ['1000', '1111126', 'No bank'],
])('%s-%s is none: %s', (clearing, number, problem) => {
  expect(accountNumberProblem({ clearing, number })).toContain(problem);
});

/** §6.6. */
test.each(['SE4550000000058398257466', 'SE7180000821499234726124', 'SE8760000000000301286698', 'SE8595000099600008156085'])(
  '%s is an IBAN, and with any digit changed none',
  (iban) => {
    expect(isIban(iban)).toBe(true);
    for (let index = 2; index < iban.length; index += 1) {
      const digit = String((Number(iban[index]) + 1) % 10);
      expect(isIban(iban.slice(0, index) + digit + iban.slice(index + 1))).toBe(false);
    }
  },
);
