import type { AccountScheme } from '#engine/sockets/account-scheme.ts';
import { ReferenceCapacityError, type ReferenceScheme } from '#engine/sockets/reference-scheme.ts';

/**
 * The check character of Norwegian references by modulus 11: weights 2 to 7 from the right, over and over; what is missing to a multiple of
 * 11, `-` for 10 (reference/norway.md §KID).
 */
function mod11(digits: string): string {
  const sum = Array.from(digits, Number)
    .toReversed()
    .reduce((total, digit, at) => total + digit * (2 + (at % 6)), 0);
  const missing = (11 - (sum % 11)) % 11;
  return missing === 10 ? '-' : String(missing);
}

/** A made-up reference of prefix, serial and a modulus 11 check character that may be a hyphen: nothing like the ones that are plugged in. */
export const kid: ReferenceScheme = {
  id: 'toy-kid',
  labels: { sv: 'Leksaks-KID', en: 'Toy KID' },
  print: (reference) => reference,
  make({ prefix, serial, serialDigits }) {
    const digits = serial.toString().padStart(serialDigits, '0');
    if (digits.length > serialDigits) throw new ReferenceCapacityError({ prefix, serial, serialDigits });
    return prefix + digits + mod11(prefix + digits);
  },
  isValid: (reference) => /^\d{2,24}[\d-]$/.test(reference) && mod11(reference.slice(0, -1)) === reference.slice(-1),
  fits: (text) => /^\d+-?$/.test(text),
  key(given) {
    const reference = given.replace(/^0+/, '');
    return kid.isValid(reference) ? reference : null;
  },
  keysInText: (text) =>
    [...text.matchAll(/(?<!\d)\d{2,24}(?:\d|-(?!\d))/g)].flatMap(([found]) => {
      const key = kid.key(found);
      return key === null ? [] : [key];
    }),
  problem: ({ prefix, serialDigits }) =>
    prefix.length + serialDigits <= 24 ? undefined : { message: 'Too long.', hint: 'Shorten it.' },
  canCollide: (a, b) =>
    a.prefix.length + a.serialDigits === b.prefix.length + b.serialDigits &&
    (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix)),
};

/** A made-up account of eleven digits by modulus 11, printed as 8601.11.17947, that an invoice names by its form alone. */
export const konto: AccountScheme = {
  id: 'toy-konto',
  fields: [
    {
      key: 'konto',
      read: (text) => konto.read(text),
      refusal: (text) => ({ message: `"${text}" is no konto.`, hint: 'Write it as 8601.11.17947.' }),
    },
  ],
  read(text) {
    const digits = text.replaceAll(/[ .]/g, '');
    return konto.isValid(digits) ? digits : null;
  },
  isValid: (number) => /^\d{11}$/.test(number) && mod11(number.slice(0, -1)) === number.slice(-1),
  print: (number) => `${number.slice(0, 4)}.${number.slice(4, 6)}.${number.slice(6)}`,
  labels: { sv: 'Konto i leksakslandet', en: 'Toy account' },
  currencies: ['NOK'],
  invoiced: { form: /^\d{11}$/ },
  order: (number) => ({ id: number, scheme: { code: 'BBAN' } }),
  paidFromItsLike: false,
  references: [kid.id],
};
