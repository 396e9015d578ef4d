import { datedTable, type DatedRow } from '../../dated-table.ts';
import { decimal, type Decimal } from '../../decimal.ts';
import { addDays, isoDate, yearOf, type IsoDate } from '../../iso-date.ts';
import type { LateInterest } from '../../claims/legal-rules.ts';

/**
 * The reference rate that the Riksbank sets for each half-year, percent a year (räntelag (1975:635) 9 §). The last row is closed: a
 * half-year that has not been entered is refused (rule X-07), never carried on. Add one half-year in January and in July.
 */
export const referenceRate = datedTable('reference rate SE', [
  ...halfYears({
    from: '2002-07-01',
    rates: '4.50 4.00 3.00 3.00 2.00 2.00 1.50 1.50 2.50 3.00 3.50 4.00 4.50 2.00 0.50 0.50 0.50 1.50 2.00',
    source: 'Riksbank reference-rate page (updated 2020-07-01); ibokforing.se / loanster.se table',
    confidence: 'V',
  }),
  ...halfYears({
    from: '2012-01-01',
    rates: '2.00 1.50 1.00 1.00 1.00 1.00 0.00 0.00 0.00 -0.50 -0.50 -0.50 -0.50 -0.50 -0.50 0.00 0.00 0.00',
    source: 'Riksbank reference-rate page (updated 2020-07-01); ibokforing.se / loanster.se table',
    confidence: 'V',
  }),
  ...halfYears({ from: '2021-01-01', rates: '0.00 0.00', source: 'loanster.se table', confidence: 'S' }),
  ...halfYears({
    from: '2022-01-01',
    rates: '0.00 0.50 2.50 3.50',
    source: 'loanster.se table; Nordklart late-interest module',
    confidence: 'V',
  }),
  ...halfYears({
    from: '2024-01-01',
    rates: '4.00',
    source: 'capway.se 2024-01-02; Nordklart late-interest module',
    confidence: 'V',
  }),
  ...halfYears({
    from: '2024-07-01',
    rates: '4.00 3.00 2.00',
    source:
      'Nordklart late-interest module (public GitHub source, checked against Riksbank 2026-09-24); consistent with policy-rate rule',
    confidence: 'S',
  }),
  ...halfYears({
    from: '2026-01-01',
    rates: '2.00',
    source: 'Nordklart late-interest module; ByggExp late-interest guide (10 % H1 2026)',
    confidence: 'V',
  }),
  ...halfYears({
    from: '2026-07-01',
    rates: '2.00',
    source: 'Nordklart late-interest module; public pilot document dated 2026-09-18 citing Riksbank',
    confidence: 'V',
  }),
] satisfies readonly DatedRow<Decimal>[]);

interface HalfYears extends Pick<DatedRow<Decimal>, 'source' | 'confidence'> {
  /** First day of the first half-year. */
  readonly from: string;
  /** One rate for each half-year from there on, separated by blanks. */
  readonly rates: string;
}

function halfYears({ from, rates, source, confidence }: HalfYears): readonly DatedRow<Decimal>[] {
  let start = isoDate(from);
  return rates.split(' ').map((rate) => {
    const next = nextHalfYear(start);
    const row = { from: start, to: addDays(next, -1), value: decimal(rate), source, confidence };
    start = next;
    return row;
  });
}

function nextHalfYear(start: IsoDate): IsoDate {
  return isoDate(start.endsWith('-01-01') ? `${yearOf(start)}-07-01` : `${yearOf(start) + 1}-01-01`);
}

/** Late interest is the reference rate of the half-year plus this many percentage points (räntelagen 6 §). */
export const lateInterestAddition = datedTable('late interest addition SE', [
  { from: isoDate('2002-07-01'), value: decimal('8'), source: 'räntelag (1975:635) 6 § (2002:352, 2013:55)', confidence: 'V' },
]);

/** Räntelagen 6 §: the same from everybody. */
export const lateInterest: LateInterest = {
  reference: referenceRate,
  statutory: [{ sumOf: [referenceRate, lateInterestAddition] }],
};

/** Swedish VAT rates in percent, read with the date of supply (reference/collection-rules.md §9.2). */
export const vatRates = {
  standard: datedTable('VAT rate SE, standard', [
    { from: isoDate('1990-07-01'), value: decimal('25'), source: 'ML (2023:200) 9:2', confidence: 'V' },
  ]),
  hotelAndRestaurant: datedTable('VAT rate SE, hotel and restaurant', [
    {
      from: isoDate('2012-01-01'),
      value: decimal('12'),
      source: 'ML (2023:200) 9:4–7; restaurant service since SFS 2011:1378',
      confidence: 'V',
    },
  ]),
  cultureAndTransport: datedTable('VAT rate SE, books, culture, passenger transport', [
    { from: isoDate('2007-01-01'), value: decimal('6'), source: 'ML (2023:200) 9:8–18', confidence: 'V' },
  ]),
  food: datedTable('VAT rate SE, food', [
    {
      from: isoDate('1996-01-01'),
      to: isoDate('2026-03-31'),
      value: decimal('12'),
      source: 'ML (2023:200) 9:3',
      confidence: 'V',
    },
    {
      from: isoDate('2026-04-01'),
      to: isoDate('2027-12-31'),
      value: decimal('6'),
      source: 'prop. 2025/26:55, temporary rate by date of supply; restaurant service stays at 12',
      confidence: 'V',
    },
    {
      from: isoDate('2028-01-01'),
      value: decimal('12'),
      source: 'the temporary rule lapses (prop. 2025/26:55)',
      confidence: 'S',
    },
  ]),
};
