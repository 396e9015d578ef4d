import { isPersonalNumber } from '#engine/check-digits.ts';

/** What stands in place of a secret. */
const MASK = '****';

const secretField = /pass(word|phrase|wd)?$|secret|token|credential|authorization|(api|private|access)_?key/i;
const accountField = /account(s|_?id|_?n(o|r|umber))?$|iban|bban|giro/i;

/**
 * The value as it may stand in a log (reliability IS2): fields named as secrets are masked whole, fields named as bank accounts but for
 * the end, and in every other text whatever looks like a personal number, an IBAN, a mail address, a password or a private key.
 */
export function redactField(name: string, value: string): string {
  if (secretField.test(name)) return MASK;
  if (accountField.test(name)) return maskAccount(value);
  return redactText(value);
}

/** A text with every recognisable secret and personal number masked; the rest is left as it is. */
export function redactText(text: string): string {
  return hiders.reduce((left, hide) => hide(left), text);
}

/** The end of an account number tells accounts apart and is no use to a thief. */
const SHOWN_ACCOUNT_CHARACTERS = 3;
const maskAccount = (value: string): string => {
  const compact = value.replaceAll(/[\s-]/g, '');
  return compact.length <= 2 * SHOWN_ACCOUNT_CHARACTERS ? MASK : `${MASK}${compact.slice(-SHOWN_ACCOUNT_CHARACTERS)}`;
};

const hidePrivateKeys = (text: string): string =>
  text.replaceAll(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]');

/** The password part may itself hold a colon or an @, so it ends at the last @ before the host. */
const hideUrlPasswords = (text: string): string =>
  text.replaceAll(
    /(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]{0,200}):[^\s/]{0,500}@/gi,
    (_whole, before: string) => `${before}:${MASK}@`,
  );

const hideAssignedSecrets = (text: string): string =>
  text.replaceAll(
    /((?:password|passphrase|passwd|pwd|secret|token|api[_-]?key)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s"',;&)}\]]+)/gi,
    (_whole, before: string) => `${before}${MASK}`,
  );

const hideAuthorization = (text: string): string => text.replaceAll(/\b(Bearer|Basic) [A-Za-z0-9+/._~=-]{8,}/g, `$1 ${MASK}`);

/** A user name in a URL is no mail address. */
const hideMailAddresses = (text: string): string =>
  text.replaceAll(
    /(?<![\p{L}\d._%+-]|:\/\/)[\p{L}\d._%+-]{1,64}@([\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,8})/gu,
    (_whole, domain: string) => `${MASK}@${domain}`,
  );

/** An IBAN in blocks of four or in one piece, told from other texts by its check digits (ISO 13616: modulus 97 is 1). */
const hideIbans = (text: string): string =>
  text.replaceAll(/(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Z0-9])/g, (found) => {
    const compact = found.replaceAll(' ', '');
    return isIban(compact) ? `${compact.slice(0, 2)}${MASK}${compact.slice(-SHOWN_ACCOUNT_CHARACTERS)}` : found;
  });

function isIban(compact: string): boolean {
  const rotated = compact.slice(4) + compact.slice(0, 4);
  const digits = rotated.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 'A'.charCodeAt(0) + 10));
  return BigInt(digits) % 97n === 1n;
}

/** Ten or twelve digits however they are parted from the last four; a date and a check digit tell them from other numbers. */
const personalNumbers = /(?<!\d)(\d{6}|\d{8})( ?[-+–]? ?)(\d{4})(?!\d)/g;

const hidePersonalNumbers = (text: string): string =>
  text.replaceAll(personalNumbers, (found, date: string, separator: string, last: string) =>
    isPersonalNumber(`${date}${separator.includes('+') ? '+' : ''}${last}`) ? maskPersonalNumber(date) : found,
  );

/** A sole trader's VAT number is SE, his personal number, 01 (skatteförfarandelagen; Skatteverket's form of VAT numbers). */
const hideSoleTraderVatNumbers = (text: string): string =>
  text.replaceAll(
    /([A-Z]{2}) ?(\d{6})-?(\d{4})(01)(?!\d)/gi,
    (found, country: string, date: string, last: string, suffix: string) =>
      isPersonalNumber(date + last) ? `${country}${maskPersonalNumber(date)}${suffix}` : found,
  );

/** The year stays, as features F15 shows it: `1981****-****`. */
const maskPersonalNumber = (date: string): string => `${date.slice(0, date.length - 4)}****-****`;

/** Every repetition above is bounded, so that a hostile text costs time in proportion to its length. Secrets first: what they hold must not be half-masked by a later rule. */
const hiders: readonly ((text: string) => string)[] = [
  hidePrivateKeys,
  hideUrlPasswords,
  hideAssignedSecrets,
  hideAuthorization,
  hideMailAddresses,
  hideIbans,
  hideSoleTraderVatNumbers,
  hidePersonalNumbers,
];
