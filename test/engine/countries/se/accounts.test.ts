import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bankAccount, bankgiro, plusgiro } from '#engine/countries/se/accounts.ts';
import { iban } from '#engine/iban.ts';

describe.each([
  // reference/sweden-bank.md §6.2, §6.3, §6.5.
  [bankgiro, ['9912346', '55555551', '7777774'], ['991-2346', '9912347', '0000000', '0912340', '912346', '555555551', '']],
  [plusgiro, ['2865434', '12345674', '18'], ['28 65 43-4', '2865435', '0', '00', '8', '123456782', '']],
  [bankAccount, ['5102-0158751', '6000-301286698', '9500-2109189'], ['510-0158751', '5102', '0102-0158751', '5102-0000000', '']],
  [iban, ['SE4550000000058398257466', 'NO9386011117947'], ['SE4650000000058398257466', 'NO938601111794', 'no9386011117947', '']],
] as const)('$id', (scheme, right, wrong) => {
  it.each(right)('takes %j', (number) => expect(scheme.isValid(number)).toBe(true));
  it.each(wrong)('refuses %j', (number) => expect(scheme.isValid(number)).toBe(false));
  it.each(right)('reads %j in its normal form as itself', (number) => expect(scheme.read(number)).toBe(number));
  it('never throws on any text, and takes nothing that it does not call valid', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = scheme.read(text);
        expect(read === null || scheme.isValid(read)).toBe(true);
      }),
    );
  });
});

describe('numbers as printed', () => {
  it.each([
    [bankgiro, '9912346', '991-2346'],
    [bankgiro, '55555551', '5555-5551'],
    [plusgiro, '2865434', '28 65 43-4'],
    [plusgiro, '12345674', '1 23 45 67-4'],
    [plusgiro, '18', '1-8'],
    [plusgiro, '125', '12-5'],
    [bankAccount, '5102-0158751', '5102-0158751'],
    [iban, 'SE4550000000058398257466', 'SE45 5000 0000 0583 9825 7466'],
  ])('$id %s is %s, and is read again', (scheme, number, printed) => {
    expect(scheme.print(number).replaceAll('\u00a0', ' ')).toBe(printed);
    if (scheme.isValid(number)) expect(scheme.read(printed)).toBe(number);
  });
});

it('a bank account says what is wrong with it by its clearing number', () => {
  expect(bankAccount.problem?.('5102-0158751')).toBeUndefined();
  expect(bankAccount.problem?.('5102-0158752')).toContain('wrong check digit');
  expect(bankAccount.problem?.('1000-1111126')).toContain('No bank');
});
