import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { decimal } from '#engine/decimal.ts';
import { at, rowAt } from '#engine/dated-table.ts';
import { FIRST_YEAR, isoDate } from '#engine/iso-date.ts';
import { shared } from '../../../formats/shared-folder.ts';

interface Rate {
  readonly country: string;
  readonly kind: string;
  readonly from_date: string;
  readonly to_date: string;
  readonly value: string;
  readonly confidence: string;
}

const kinds = sweden.lawKinds();
const file = shared('reference/rates.csv');
const rates = file === undefined ? [] : Papa.parse<Rate>(readFileSync(file, 'utf8'), { header: true, skipEmptyLines: true }).data;
const swedish = rates.filter(({ country }) => country === 'SE');
/** Dates before the first year that Kuvert knows begin there. */
const firstDay = (from: string): string => (from < `${FIRST_YEAR}` ? `${FIRST_YEAR}-01-01` : from);
/** Sums have two decimals (all of the reference are whole kronor), percentages no trailing zeros. */
const canonical = (value: string, unit: string): string => (unit === 'SEK' ? `${decimal(value)}.00` : decimal(value));

describe.skipIf(file === undefined)('the tables of Sweden against reference/rates.csv', () => {
  test('every kind of the reference has a table, and every table is a kind of the reference', () => {
    expect(swedish.length).toBeGreaterThan(120);
    expect(new Set(kinds.map(({ kind }) => kind.replaceAll('-', '_')))).toEqual(new Set(swedish.map(({ kind }) => kind)));
  });

  test('no kind has a row that the reference does not have', () => {
    for (const { kind, rows } of kinds)
      expect([kind, rows.length]).toEqual([kind, swedish.filter((rate) => rate.kind === kind.replaceAll('-', '_')).length]);
  });

  test.each(swedish)('$kind from $from_date to $to_date is $value', (rate) => {
    const { rows, unit } = kinds.find(({ kind }) => kind.replaceAll('-', '_') === rate.kind)!;
    // The reference gives no first day for rules without one; the tables then have a single row.
    const row = rate.from_date === '' ? rows[0]! : rows.find(({ from }) => from === firstDay(rate.from_date));
    expect(row?.value).toBe(canonical(rate.value, unit));
    expect(row?.to ?? '').toBe(rate.to_date);
    if (rate.from_date === '') expect(rows.length).toBe(1);
    if (rate.kind !== 'late_interest_rate') expect(row?.confidence).toBe(rate.confidence);
  });
});

describe('late interest by law', () => {
  it.each([
    ['2002-07-01', '12.5'],
    ['2016-12-31', '7.5'],
    ['2025-06-30', '11'],
    ['2025-07-01', '10'],
    ['2026-12-31', '10'],
  ])('is on %s %s percent', (date, percent) => {
    const rows = kinds.find(({ kind }) => kind === 'late-interest-rate')!.rows;
    expect(at({ name: '', rows }, isoDate(date))).toBe(percent);
  });

  it('has no row after the last half-year that was entered', () => {
    const { rows } = kinds.find(({ kind }) => kind === 'late-interest-rate')!;
    expect(() => rowAt({ name: 'late interest', rows }, isoDate('2027-01-01'))).toThrow(/no row for 2027-01-01/);
  });
});

it('every row of every table names its source', () => {
  for (const { kind, rows, title, unit } of kinds) {
    expect(rows.length, kind).toBeGreaterThan(0);
    expect(title.length * unit.length, kind).toBeGreaterThan(0);
    for (const { source } of rows) expect(source.length, kind).toBeGreaterThan(8);
  }
});

it('practice is what the timetables of the reference need', () => {
  expect(sweden.practice).toMatchObject({
    bookingGraceBankDays: 2,
    collectionGraceBankDays: 4,
    postalDays: 3,
    letters: { max: 3, withinDays: 30 },
  });
  expect(sweden.acts.reminder.fee.number).toMatchObject({ max: 1, broken: { rule: 'SE-02', severity: 'error' } });
  expect(sweden.regimeReviewedUntil).toBe('2027-06-30');
});
