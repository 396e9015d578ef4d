import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { addressLines, MAX_ADDRESS_LINES } from '#engine/address-lines.ts';
import type { Address } from '#engine/invoice.ts';

const lines = (name: string, address: Address) => addressLines({ name, address }, { postedIn: 'SE', countries: { SE: sweden } });

describe('addressLines (reference/print.md §1.4)', () => {
  it.each<[string, Address, string[]]>([
    [
      'a Swedish household',
      { line1: 'Storgatan 2', postcode: '12345', city: 'Storåker', country: 'SE' },
      ['Anna Exempel', 'Storgatan 2', '123 45  STORÅKER'],
    ],
    [
      'c/o above the street, wherever it was',
      { line1: 'Storgatan 2', line2: 'c/o Bo Exempel', postcode: 'SE-123 45', city: 'Östra Å', country: 'SE' },
      ['Anna Exempel', 'c/o Bo Exempel', 'Storgatan 2', '123 45  ÖSTRA Å'],
    ],
    [
      'six lines at most',
      { line1: 'C/O Bo Exempel', line2: 'Plan 4', line3: 'Rue X 1', postcode: 'L-1234', city: 'Luxembourg', country: 'LU' },
      ['Anna Exempel', 'C/O Bo Exempel', 'Plan 4', 'Rue X 1', 'L-1234 Luxembourg', 'LUXEMBOURG'],
    ],
    [
      'Norway with town and country in capitals',
      { line1: 'Storgata 1', postcode: '0155', city: 'Oslo', country: 'NO' },
      ['Anna Exempel', 'Storgata 1', '0155 OSLO', 'NORWAY'],
    ],
    [
      'Finland',
      { line1: 'Esimerkkikatu 1 A 1', postcode: '00100', city: 'Helsinki', country: 'FI' },
      ['Anna Exempel', 'Esimerkkikatu 1 A 1', '00100 HELSINKI', 'FINLAND'],
    ],
    [
      'Denmark with the town as given',
      { line1: 'Eksempelvej 1', postcode: '2100', city: 'København Ø', country: 'DK' },
      ['Anna Exempel', 'Eksempelvej 1', '2100 København Ø', 'DENMARK'],
    ],
    [
      'a postcode after the town',
      { line1: '1 Sample St', postcode: '94105', city: 'San Francisco', subdivision: 'CA', country: 'US' },
      ['Anna Exempel', '1 Sample St', 'San Francisco CA 94105', 'UNITED STATES'],
    ],
    ['nothing but a country', { country: 'SE' }, ['Anna Exempel']],
    [
      'untidy blanks',
      { line1: '  Stor\tgatan  2 ', line2: '  ', postcode: ' 123  45 ', city: ' Lilla  By', country: 'SE' },
      ['Anna Exempel', 'Stor gatan 2', '123 45  LILLA BY'],
    ],
    ['a postcode that is none', { postcode: '1234', city: 'By', country: 'SE' }, ['Anna Exempel', '1234  BY']],
    ['an unassigned country', { city: 'By', country: 'zz' }, ['Anna Exempel', 'By', 'ZZ']],
  ])('%s', (_, address, expected) => {
    expect(lines('Anna Exempel', address)).toEqual(expected);
  });

  it('writes the country where the letter is posted in another one', () => {
    const address: Address = { postcode: '12345', city: 'By', country: 'SE' };
    expect(addressLines({ name: 'A', address }, { postedIn: 'NO', countries: { SE: sweden } })).toEqual([
      'A',
      '123 45  BY',
      'SWEDEN',
    ]);
  });

  it('never has blank lines, line breaks or more lines than the window, whatever the sender wrote', () => {
    const part = fc.option(fc.string({ unit: 'binary' }), { nil: undefined });
    const address = fc.record({
      line1: part,
      line2: part,
      line3: part,
      city: part,
      postcode: part,
      subdivision: part,
      country: fc.oneof(fc.constantFrom('SE', 'NO', 'US', 'DE'), fc.string()),
    });
    fc.assert(
      fc.property(fc.string(), address, (name, given) => {
        const result = lines(name, given as Address);
        expect(result.length).toBeLessThanOrEqual(MAX_ADDRESS_LINES);
        for (const line of result) expect(line).toMatch(/^\S(?:.*\S)?$/u);
      }),
    );
  });
});

it.each([
  ['12345', 'SE', '123 45'],
  ['123 45', 'SE', '123 45'],
  ['S-12345', 'SE', '123 45'],
  ['SE-123 45', 'SE', '123 45'],
  ['12345', 'FI', '12345'],
  [undefined, 'SE', ''],
])('the postcode %s of %s is %j', (given, country, expected) => {
  const [, town] = lines('A', { country, ...(given === undefined ? {} : { postcode: given }) });
  expect(country === 'SE' ? (town ?? '') : town).toBe(expected);
});
