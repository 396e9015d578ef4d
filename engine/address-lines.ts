import type { Address, Buyer } from './invoice.ts';
import type { PostalForm } from './sockets/country.ts';

/** Lines that fit in a window: name, three of delivery, town, country (reference/print.md §1.4). */
export const MAX_ADDRESS_LINES = 6;

/**
 * The postal address of a buyer as printed in the window, at most MAX_ADDRESS_LINES lines without blank ones: name, `c/o`, street,
 * postcode and town, and the country in English capitals if it is not the country the letter is posted in.
 */
export function addressLines(
  buyer: Pick<Buyer, 'name' | 'address'>,
  { postedIn, countries }: { readonly postedIn: string; readonly countries: PostalForms },
): readonly string[] {
  const { address } = buyer;
  const delivery = [address.line1, address.line2, address.line3].map((line) => tidy(line));
  return [
    tidy(buyer.name),
    ...delivery.filter((line) => isCareOf(line)),
    ...delivery.filter((line) => !isCareOf(line)),
    townLine(address, countries),
    address.country === postedIn ? '' : countryName(tidy(address.country)),
  ].filter((line) => line !== '');
}

/** A `c/o` line stands above the street wherever the sender put it. */
const isCareOf = (line: string): boolean => /^(?:c\/o|℅)/i.test(line);

const tidy = (text: string | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();

/** By ISO 3166-1 code, the forms of the countries that are known. */
export type PostalForms = Readonly<Record<string, { readonly postal: PostalForm }>>;

function townLine({ country, ...address }: Address, countries: PostalForms): string {
  const form = countries[country]?.postal;
  const postcode = tidy(address.postcode);
  const capitals = form?.capitalTowns ?? CAPITAL_TOWNS.has(country);
  const city = capitals ? tidy(address.city).toUpperCase() : tidy(address.city);
  const subdivision = form?.subdivisions === false ? '' : tidy(address.subdivision);
  const parts = POSTCODE_LAST.has(country)
    ? [city, subdivision, postcode]
    : [form?.formatPostcode(postcode) ?? postcode, city, subdivision];
  return parts.filter((part) => part !== '').join(form?.separator ?? ' ');
}

/** Countries abroad whose post wants the town in capitals (reference/print.md §1.4). */
const CAPITAL_TOWNS: ReadonlySet<string> = new Set(['NO', 'FI']);
/** Countries that write the postcode after the town (Universal Postal Union, addressing systems). */
const POSTCODE_LAST: ReadonlySet<string> = new Set(['AU', 'CA', 'GB', 'IE', 'US']);

/** An unassigned code is printed as it is: the countries a document may name are checked when it is read. */
const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (englishNames.of(code) ?? code) : code).toUpperCase();

const englishNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });
