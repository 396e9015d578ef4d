import type { Address, Buyer } from './invoice.ts';

/** Lines that fit in a window: name, three of delivery, town, country (reference/print.md §1.4). */
export const MAX_ADDRESS_LINES = 6;

/**
 * The postal address of a buyer as printed in the window, at most MAX_ADDRESS_LINES lines without blank ones: name, `c/o`, street,
 * postcode and town, and the country in English capitals if it is not the country the letter is posted in.
 */
export function addressLines(buyer: Pick<Buyer, 'name' | 'address'>, postedIn: string): readonly string[] {
  const { address } = buyer;
  const delivery = [address.line1, address.line2, address.line3].map((line) => tidy(line));
  return [
    tidy(buyer.name),
    ...delivery.filter((line) => isCareOf(line)),
    ...delivery.filter((line) => !isCareOf(line)),
    townLine(address),
    address.country === postedIn ? '' : countryName(tidy(address.country)),
  ].filter((line) => line !== '');
}

/** A `c/o` line stands above the street wherever the sender put it. */
const isCareOf = (line: string): boolean => /^(?:c\/o|℅)/i.test(line);

const tidy = (text: string | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();

function townLine(address: Address): string {
  const postcode = formatPostcode(address.postcode, address.country);
  const city = CAPITAL_TOWNS.has(address.country) ? tidy(address.city).toUpperCase() : tidy(address.city);
  const subdivision = address.country === 'SE' ? '' : tidy(address.subdivision);
  const parts = POSTCODE_LAST.has(address.country) ? [city, subdivision, postcode] : [postcode, city, subdivision];
  // Two blanks between postcode and town are the Swedish form (reference/print.md §1.4).
  return parts.filter((part) => part !== '').join(address.country === 'SE' ? '  ' : ' ');
}

/** Countries whose post wants the town in capitals (reference/print.md §1.4). */
const CAPITAL_TOWNS: ReadonlySet<string> = new Set(['SE', 'NO', 'FI']);
/** Countries that write the postcode after the town (Universal Postal Union, addressing systems). */
const POSTCODE_LAST: ReadonlySet<string> = new Set(['AU', 'CA', 'GB', 'IE', 'US']);

/** `12345`, `SE-12345`, `123 45` → `123 45` in Sweden; elsewhere, and for anything else, as given. */
export function formatPostcode(postcode: string | undefined, country: string): string {
  const match = country === 'SE' ? /^(?:SE?-? ?)?(\d{3}) ?(\d{2})$/.exec(tidy(postcode)) : null;
  return match ? `${match[1]} ${match[2]}` : tidy(postcode);
}

/** An unassigned code is printed as it is: the countries a document may name are checked when it is read. */
const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (englishNames.of(code) ?? code) : code).toUpperCase();

const englishNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });
