import { datedTable, type DatedRow } from '#engine/dated-table.ts';
import { decimal, type Decimal } from '#engine/decimal.ts';
import { addDays, isoDate, yearOf, type IsoDate } from '#engine/iso-date.ts';

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
