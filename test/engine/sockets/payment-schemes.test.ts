import { describe, expect, test } from 'vitest';
import { parts as plugged } from '#jobs/house/parts.ts';
import { checkPaymentFile } from '#engine/settlement/payment-file.ts';
import { referenceKeys } from '#engine/matching/reference-keys.ts';
import { accountSchemeOf, accountsNamed, invoicedAccount, invoicedScheme, readAccount } from '#engine/sockets/account-scheme.ts';
import { MissingPartError } from '#engine/sockets/plugged.ts';
import { agreedReferences, carriedReferences, ReferenceCapacityError } from '#engine/sockets/reference-scheme.ts';
import { readPain001 } from '#formats/iso20022/read-pain001.ts';
import { writePain001 } from '#formats/iso20022/write-pain001.ts';
import { printAccount, printReference } from '#layouts/texts/account-numbers.ts';
import { invoiceTexts } from '#layouts/texts/invoice-texts.ts';
import { receiverSchema, paymentAccountSchema, receivedNumber } from '#config/schema/account-schema.ts';
import { samplePaymentFile } from '../../formats/iso20022/sample-payment-file.ts';
import { kid, konto } from './toy-payments.ts';

const parts = {
  ...plugged,
  accounts: { ...plugged.accounts, [konto.id]: konto },
  references: { ...plugged.references, [kid.id]: kid },
};
const account = {
  kind: 'toy-konto',
  number: '86011117947',
  reference: { prefix: '7000', serialDigits: 4, source: 'ours' },
} as const;
const print = { parts, texts: invoiceTexts.en, language: 'en' } as const;

describe('references by another check digit', () => {
  /**
   * By hand. 70004405 from the right with weights 2, 3, 4 …: 5·2 + 0·3 + 4·4 + 4·5 + 0·6 + 0·7 + 0·2 + 7·3 = 67 = 6·11 + 1: 10 is missing, so `-`.
   * 70004411: 1·2 + 1·3 + 4·4 + 4·5 + 7·3 = 62 = 5·11 + 7, missing 4. 70000001: 1·2 + 7·3 = 23 = 2·11 + 1, missing 10.
   */
  test.each([
    [4405n, '70004405-'],
    [4411n, '700044114'],
    [1n, '70000001-'],
  ])('serial %s is %s', (serial, reference) => {
    const scheme = agreedReferences(parts, account);
    expect(scheme.make({ ...account.reference, serial })).toBe(reference);
    expect(scheme.isValid(reference)).toBe(true);
    expect(plugged.references.ocr.isValid(reference)).toBe(false);
  });

  test('a used-up series is told as with any other', () => {
    expect(() => kid.make({ prefix: '7000', serialDigits: 4, serial: 10_000n })).toThrow(ReferenceCapacityError);
  });

  test('an agreement may name one of the several schemes of its account', () => {
    const both = { ...parts, accounts: { ...parts.accounts, 'toy-konto': { ...konto, references: ['ocr', 'toy-kid'] } } };
    expect(agreedReferences(both, account).id).toBe('ocr');
    expect(agreedReferences(both, { ...account, reference: { ...account.reference, scheme: 'toy-kid' } }).id).toBe('toy-kid');
    const inFile = (scheme: string) => ({
      kind: 'toy-konto',
      konto: '8601.11.17947',
      reference: { prefix: '', serialDigits: '4', source: 'ours', scheme },
    });
    expect(paymentAccountSchema(both).safeParse(inFile('toy-kid')).success).toBe(true);
    expect(paymentAccountSchema(both).safeParse(inFile('bolgiro')).success).toBe(false);
  });
});

describe('what a payment is looked up by', () => {
  const found = (references: readonly string[], text: string) =>
    referenceKeys(
      { references: references.map((value) => ({ source: 'creditor-reference', value })), text },
      carriedReferences(parts, [account]),
    ).references.map(({ value }) => value);

  test('a reference that ends in a hyphen, and zeros that the bank put before it', () => {
    expect(found(['0000070004405-'], '')).toEqual(['70004405-']);
    expect(found(['700044068'], '')).toEqual(['700044068']);
    expect(found(['700044069'], '')).toEqual([]);
  });

  test('one that stands in a text, where a run of digits would lose its check character', () => {
    expect(found([], 'Betaling KID 70004405- takk')).toEqual(['70004405-']);
    expect(found([], 'Betaling 70004405-1')).toEqual([]);
  });

  test('only what payments to the account carry: 18 has the right digit of the other scheme', () => {
    expect(found(['18'], '')).toEqual([]);
    expect(carriedReferences(parts, [{ kind: 'bankgiro' }]).map(({ id }) => id)).toEqual(['ocr']);
    expect(carriedReferences(parts, []).map(({ id }) => id)).toEqual(['ocr', 'toy-kid']);
  });
});

describe('an account of another scheme', () => {
  // 8601111794 with weights 2 to 7 from the right: 4·2+9·3+7·4+1·5+1·6+1·7+1·2+0·3+6·4+8·5 = 147 = 13·11 + 4, missing 7.
  test('is read as people write it, with and without its kind', () => {
    expect(readAccount(parts, 'toy-konto:8601.11.17947')).toEqual({ kind: 'toy-konto', number: '86011117947' });
    expect(readAccount(parts, 'toy-konto:8601.11.17946')).toBeNull();
    expect(readAccount(parts, 'other-konto:8601.11.17947')).toBeNull();
    expect(accountsNamed(parts, '8601.11.17947')).toEqual([{ kind: 'toy-konto', number: '86011117947' }]);
    expect(accountsNamed(plugged, '8601.11.17947')).toEqual([]);
  });

  test('stands in a configuration by the keys of its scheme', () => {
    expect(receiverSchema(parts).parse({ kind: 'toy-konto', konto: '8601.11.17947' })).toEqual({
      kind: 'toy-konto',
      number: '86011117947',
    });
    expect(receiverSchema(parts).safeParse({ kind: 'toy-konto', konto: '1' }).error?.issues[0]?.message).toBe(
      '"1" is no konto.\nWrite it as 8601.11.17947.',
    );
    expect(receiverSchema(plugged).safeParse({ kind: 'toy-konto', konto: '8601.11.17947' }).success).toBe(false);
    expect(receivedNumber(parts).parse('8601.11.17947')).toEqual([{ kind: 'toy-konto', number: '86011117947' }]);
  });

  test('is named on an invoice, known again by its form, and printed with its reference', () => {
    const named = invoicedAccount(parts, account, 'Prøve AS');
    expect(named).toEqual({ id: '86011117947', name: 'Prøve AS' });
    expect(invoicedScheme(parts, named)?.id).toBe('toy-konto');
    expect(printAccount(print, named)).toEqual({ label: 'Toy account', value: '8601.11.17947' });
    expect(printReference(print, '70004405-', named)).toEqual({ label: 'Toy KID', value: '70004405-' });
    expect(printAccount({ ...print, parts: plugged }, named)).toEqual({ label: 'Account', value: '86011117947' });
  });

  test('is named in an order to pay, and a wrong number of it is refused', () => {
    const [group] = samplePaymentFile.payments;
    const paidTo = (number: string) => ({
      ...samplePaymentFile,
      payments: [
        {
          ...group!,
          account: { kind: 'iban', number: 'SE4550000000058398257466' },
          transactions: [
            {
              ...group!.transactions[0]!,
              account: { kind: 'toy-konto', number },
              remittance: { kind: 'reference', reference: '70004405-' } as const,
            },
          ],
        },
      ],
    });
    expect(checkPaymentFile(paidTo('86011117947'), parts, () => true)).toEqual([]);
    expect(checkPaymentFile(paidTo('86011117946'), parts, () => true).map(({ code }) => code)).toEqual(['PAY-ACCOUNT']);
    const written = writePain001(paidTo('86011117947'), { version: '09', parts });
    expect(written).toContain('<Othr><Id>86011117947</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr>');
    expect(readPain001(written).payments[0]?.transactions[0]?.account).toBe('86011117947 BBAN');
  });

  test('is missing where it is no longer plugged in', () => {
    expect(() => accountSchemeOf(plugged, 'toy-konto')).toThrow(MissingPartError);
    expect(() => accountSchemeOf(plugged, 'toString')).toThrow('The house has no account scheme toString.');
  });
});
