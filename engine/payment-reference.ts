import { isOcrReference, luhnCheckDigit, MAX_OCR_DIGITS } from './check-digits.ts';
import { OperatingError } from './operating-error.ts';

/** What a payment reference is made of: the client's prefix on the account and the number the account's gapless series gave. */
export interface OcrParts {
  /** Digits, may be empty. */
  readonly prefix: string;
  readonly serial: bigint;
  /** The serial is filled with zeros to this width. */
  readonly serialDigits: number;
}

/**
 * An OCR reference with length digit and check digit (control levels 3 and 4): prefix, serial, (payload + 2) mod 10, Luhn
 * (reference/sweden-bank.md §6.4). Throws a ReferenceCapacityError when the serial no longer fits its digits: the series is used up
 * and the agreement needs a new prefix. Throws a RangeError on parts that configuration must have refused.
 */
export function makeOcr({ prefix, serial, serialDigits }: OcrParts): string {
  const length = ocrLength({ prefix, serialDigits });
  if (!/^\d*$/.test(prefix) || serialDigits < 1 || serial < 0n || length > MAX_OCR_DIGITS) {
    throw new RangeError(`no OCR can be made of prefix "${prefix}", serial ${serial}, ${serialDigits} digits`);
  }
  const digits = serial.toString().padStart(serialDigits, '0');
  if (digits.length > serialDigits) throw new ReferenceCapacityError({ prefix, serial, serialDigits });
  const payload = `${prefix}${digits}${length % 10}`;
  return payload + luhnCheckDigit(payload);
}

/** The series of an account and prefix is used up; a new prefix or more digits must be agreed before any further document. */
export class ReferenceCapacityError extends OperatingError {
  constructor({ prefix, serial, serialDigits }: OcrParts) {
    super({
      problem: `The payment reference series with prefix "${prefix}" is used up: ${serial} has more than ${serialDigits} digits.`,
      fix: 'Add a version of the agreement with another prefix or more digits.',
      retry: 'never',
    });
    this.name = 'ReferenceCapacityError';
  }
}

/** Length digit and check digit. */
const CONTROL_DIGITS = 2;

/** Digits of every reference made with these parts. */
export const ocrLength = ({ prefix, serialDigits }: Pick<OcrParts, 'prefix' | 'serialDigits'>): number =>
  prefix.length + serialDigits + CONTROL_DIGITS;

/** An OCR reference whose last digit but one is its length modulo 10: what a bank with control level 3 takes. */
export const isOcrWithLength = (text: string): boolean =>
  text.length > CONTROL_DIGITS && isOcrReference(text) && text.at(-2) === String(text.length % 10);

/** Could both parts ever give the same reference? Two series of one account must not. */
export function canCollide(a: Pick<OcrParts, 'prefix' | 'serialDigits'>, b: Pick<OcrParts, 'prefix' | 'serialDigits'>): boolean {
  return ocrLength(a) === ocrLength(b) && (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix));
}

/** `9912346` → `991-2346`: hyphen before the last four (reference/sweden-bank.md §6.2). Throws a RangeError on other lengths. */
export function formatBankgiro(digits: string): string {
  if (!/^\d{7,8}$/.test(digits)) throw new RangeError(`not a bankgiro number: ${digits}`);
  return `${digits.slice(0, -4)}-${digits.slice(-4)}`;
}

/** `2865434` → `28 65 43-4`: pairs from the right before the check digit (§6.3). Throws a RangeError on other lengths. */
export function formatPlusgiro(digits: string): string {
  if (!/^\d{2,8}$/.test(digits)) throw new RangeError(`not a plusgiro number: ${digits}`);
  const pairs = digits.slice(0, -1).replaceAll(/\B(?=(?:\d{2})+$)/g, ' ');
  return `${pairs}-${digits.slice(-1)}`;
}
