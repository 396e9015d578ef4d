/**
 * Check digits and number systems of the parties, accounts and references in a document. Every function tells whether a text has the
 * form of the number; none of them knows whether it is in use.
 */

/**
 * The modulus-10 check digit that belongs after the digits: weights 2, 1, 2 … from the right, digit sums added (ISO/IEC 7812-1
 * annex B; reference/sweden-bank.md §6.1). Throws a RangeError on anything but one or more digits.
 */
export function modulus10CheckDigit(digits: string): string {
  if (!/^\d+$/.test(digits)) throw new RangeError(`not digits: ${digits}`);
  let total = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - CODE_OF_ZERO;
    total += index % 2 === 0 ? DOUBLED[digit]! : digit;
  }
  return String((10 - (total % 10)) % 10);
}

/** Two or more digits of which the last is the modulus-10 check digit of those before it. */
export const hasValidModulus10 = (digits: string): boolean =>
  /^\d{2,}$/.test(digits) && modulus10CheckDigit(digits.slice(0, -1)) === digits.slice(-1);

const CODE_OF_ZERO = 48;
/** Digit sum of twice the digit. */
const DOUBLED = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9] as const;

/**
 * A Swedish organisation number, `NNNNNN-NNNC` or ten digits. Its third digit is at least 2, which tells it apart from a personal
 * number (reference/sweden-bank.md §6.7). A sole trader's number is a personal number: ask `isPersonalNumber` as well.
 */
export const isOrganisationNumber = (text: string): boolean =>
  /^\d{2}[2-9]\d{3}-?\d{4}$/.test(text) && hasValidModulus10(text.replace('-', ''));

/**
 * A Swedish personal number or co-ordination number (day + 60): `YYMMDD-NNNC`, `+` for a person of a hundred years, ten digits, or
 * twelve with the century. The date must exist and the serial be 001 or more (reference/sweden-bank.md §6.7). Ten digits do not say
 * the century, so a day that exists in one of the two possible ones is accepted.
 */
export function isPersonalNumber(text: string): boolean {
  const match = /^(\d{2})?(\d{2})(\d{2})(\d{2})([-+]?)(\d{3})\d$/.exec(text);
  if (!match) return false;
  const [, century, year = '', month = '', day = '', separator, serial] = match;
  const centuries = century === undefined ? (separator === '+' ? ['18', '19'] : ['19', '20']) : [century];
  const dayOfMonth = Number(day) > CO_ORDINATION_DAYS ? Number(day) - CO_ORDINATION_DAYS : Number(day);
  return (
    serial !== '000' &&
    centuries.every((item) => item === '18' || item === '19' || item === '20') &&
    centuries.some((item) => isCalendarDay(Number(item + year), Number(month), dayOfMonth)) &&
    hasValidModulus10(text.replace(/[-+]/, '').slice(-10))
  );
}

/** Added to the day of birth in a samordningsnummer. */
const CO_ORDINATION_DAYS = 60;

function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** A GS1 location number: thirteen digits, weights 3 and 1 from the digit left of the check digit (GS1 General Specifications §7.9). */
export function isGln(text: string): boolean {
  if (!/^\d{13}$/.test(text)) return false;
  let total = 0;
  for (let index = 0; index < text.length; index += 1) total += Number(text[index]) * (index % 2 === 0 ? 1 : 3);
  return total % 10 === 0;
}

/** A Norwegian organisation number: nine digits, modulus 11 with weights 3, 2, 7, 6, 5, 4, 3, 2; a remainder of 1 is never given out. */
export function isNorwegianOrganisationNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text)) return false;
  const total = NORWEGIAN_WEIGHTS.reduce((sum, weight, index) => sum + weight * Number(text[index]), 0);
  return total % 11 === 0;
}

/** The last weight, 1, is the check digit's own: the whole sum is then a multiple of 11. */
const NORWEGIAN_WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2, 1] as const;
