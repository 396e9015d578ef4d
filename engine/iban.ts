import { ibanLengths } from './code-lists.ts';
import type { AccountScheme } from './sockets/account-scheme.ts';

/** An account anywhere by its international number (ISO 13616); its normal form has no blanks. It may carry references of any scheme. */
export const iban: AccountScheme = {
  id: 'iban',
  fields: [
    {
      key: 'iban',
      read: (text) => (isIban(text.replaceAll(' ', '')) ? text.replaceAll(' ', '') : null),
      refusal: (text) => ({
        message: `"${text}" is no IBAN: its check digits, length or form is wrong.`,
        hint: 'Write it as the bank does, with or without blanks: NO93 8601 1117 947.',
      }),
    },
  ],
  read(text) {
    const number = text.replaceAll(/[ -]/g, '');
    return isIban(number) ? number : null;
  },
  isValid: (number) => isIban(number),
  print: (number) => number.replaceAll(/(.{4})(?=.)/g, '$1\u00a0'),
  labels: { sv: 'IBAN', en: 'IBAN' },
  invoiced: { form: /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/ },
  order: (number) => ({ id: number, scheme: 'iban' }),
  paidFromItsLike: false,
  references: [],
  code: 'using-qr',
};

/**
 * An IBAN without blanks in upper case: country, two check digits, at most 30 letters and digits; ISO 7064 modulus 97-10 over the text
 * with its first four characters moved to the end and letters counted as 10 to 35 gives 1 (ISO 13616).
 */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  const length = ibanLengths[text.slice(0, 2)];
  if (length !== undefined && text.length !== length) return false;
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
