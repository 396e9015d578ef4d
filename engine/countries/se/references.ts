import { hasValidModulus10, modulus10CheckDigit } from '../../check-digits.ts';
import { ReferenceCapacityError, type ReferenceScheme, type ReferenceSeries } from '../../sockets/reference-scheme.ts';

/**
 * The OCR number of bankgiro and plusgiro: 2 to 25 digits ending in a Luhn check digit (reference/sweden-bank.md §6.4). Ours also carry their
 * length before it (control level 4): prefix, serial, (payload + 2) mod 10, check digit.
 */
export const ocr: ReferenceScheme = {
  id: 'ocr',
  labels: { sv: 'OCR-nummer', en: 'Payment reference (OCR)' },
  print: (reference) => reference,
  make({ prefix, serial, serialDigits }) {
    const length = ocrLength({ prefix, serialDigits });
    if (!/^\d*$/.test(prefix) || serialDigits < 1 || serial < 0n || length > MAX_DIGITS) {
      throw new RangeError(`no OCR can be made of prefix "${prefix}", serial ${serial}, ${serialDigits} digits`);
    }
    const digits = serial.toString().padStart(serialDigits, '0');
    if (digits.length > serialDigits) throw new ReferenceCapacityError({ prefix, serial, serialDigits });
    const payload = `${prefix}${digits}${length % 10}`;
    return payload + modulus10CheckDigit(payload);
  },
  isValid: (reference) => reference.length <= MAX_DIGITS && hasValidModulus10(reference),
  fits: (text) => /^\d+$/.test(text),
  /** The check digit of what the bank gave counts, and of the digits without the zeros it may have put before them: both are the same. */
  key(given) {
    const digits = given.replace(/^0+/, '');
    return ocr.isValid(digits) ? digits : null;
  },
  problem(series) {
    const length = ocrLength(series);
    return length <= MAX_DIGITS
      ? undefined
      : {
          message: `References would have ${length} digits: prefix, serial, length digit and check digit.`,
          hint: `At most ${MAX_DIGITS} are allowed; shorten the prefix or serialDigits.`,
        };
  },
  canCollide: (a, b) => ocrLength(a) === ocrLength(b) && (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix)),
};

const MAX_DIGITS = 25;
/** Length digit and check digit. */
const CONTROL_DIGITS = 2;

/** Digits of every reference of the series. */
const ocrLength = ({ prefix, serialDigits }: ReferenceSeries): number => prefix.length + serialDigits + CONTROL_DIGITS;

/** An OCR number whose last digit but one is its length modulo 10: what a bank with control level 3 takes. */
export const isOcrWithLength = (text: string): boolean =>
  text.length > CONTROL_DIGITS && ocr.isValid(text) && text.at(-2) === String(text.length % 10);
