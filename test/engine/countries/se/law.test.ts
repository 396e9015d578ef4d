import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { isBankDay } from '#engine/bank-days.ts';
import { at, rowAt } from '#engine/dated-table.ts';
import { addDays, daysBetween, isoDate, weekday } from '#engine/iso-date.ts';
import { payableUnit, reminderFeeMax } from '#engine/countries/se/law.ts';
import { lateInterestAddition, referenceRate } from '#engine/countries/se/rates.ts';
import { sweden } from '#engine/countries/se/sweden.ts';

const { bankCalendar } = sweden;

/** Weekdays without banking, copied by hand from the Swedish almanacs of the years. */
const closedWeekdays: Readonly<Record<number, readonly string[]>> = {
  2024: ['01-01', '03-29', '04-01', '05-01', '05-09', '06-06', '06-21', '12-24', '12-25', '12-26', '12-31'],
  2025: ['01-01', '01-06', '04-18', '04-21', '05-01', '05-29', '06-06', '06-20', '12-24', '12-25', '12-26', '12-31'],
  2026: ['01-01', '01-06', '04-03', '04-06', '05-01', '05-14', '06-19', '12-24', '12-25', '12-31'],
  2027: ['01-01', '01-06', '03-26', '03-29', '05-06', '06-25', '12-24', '12-31'],
};

describe('the bank calendar', () => {
  it.each(Object.entries(closedWeekdays))('closes in %s exactly on the listed weekdays', (year, listed) => {
    const days = Array.from({ length: 366 }, (_, index) => addDays(isoDate(`${year}-01-01`), index)).filter((day) =>
      day.startsWith(year),
    );
    const closed = days.filter((day) => weekday(day) < 6 && !isBankDay(bankCalendar, day));
    expect(closed.map((day) => day.slice(5))).toEqual([...listed]);
  });

  /** Easter Sundays from the table of the Book of Common Prayer for the years of the calendar. */
  it.each([
    ['2020-04-12'],
    ['2021-04-04'],
    ['2022-04-17'],
    ['2023-04-09'],
    ['2028-04-16'],
    ['2029-04-01'],
    ['2030-04-21'],
    ['2035-03-25'],
    ['2038-04-25'],
    ['2040-04-01'],
  ])('knows Easter Sunday %s', (easter) => {
    for (const offset of [-2, 1, 39]) expect(bankCalendar.closedDays).toContain(addDays(isoDate(easter), offset));
  });

  it('has twelve closed days in each of its years, eleven where Ascension Day is 1 May', () => {
    const years = Array.from({ length: 21 }, (_, index) => 2020 + index);
    const counts = years.map((year) => [...bankCalendar.closedDays].filter((day) => day.startsWith(String(year))).length);
    // Easter on 23 March puts Ascension Day on 1 May: 2008 and 2160, none of these years.
    expect(counts).toEqual(years.map(() => 12));
  });

  it('refuses a year that has not been entered', () => {
    expect(() => isBankDay(bankCalendar, isoDate('2041-01-02'))).toThrow(/covers 2020 to 2040/);
    expect(() => isBankDay(bankCalendar, isoDate('2019-12-30'))).toThrow(/2019-12-30/);
  });
});

describe('Swedish rates', () => {
  it.each([
    ['2026-03-31', '12'],
    ['2026-04-01', '6'],
    ['2027-12-31', '6'],
    ['2028-01-01', '12'],
  ])('tax food supplied on %s with %s percent', (date, percent) => {
    expect(at(sweden.vatRates.food, isoDate(date))).toBe(percent);
  });

  it.each([
    ['2013-03-15', 5000n],
    ['2013-03-16', 6000n],
    ['2026-11-21', 6000n],
  ])('bound a reminder fee on %s to %s öre', (date, fee) => {
    expect(at(reminderFeeMax, isoDate(date))).toBe(fee);
  });

  it.each([
    ['2002-07-01', '4.5'],
    ['2016-07-01', '-0.5'],
    ['2023-12-31', '3.5'],
    ['2024-01-01', '4'],
    ['2026-07-01', '2'],
    ['2026-12-31', '2'],
  ])('have on %s the reference rate %s', (date, percent) => {
    expect(at(referenceRate, isoDate(date))).toBe(percent);
  });

  it('refuse the half-years before the first and after the last', () => {
    expect(() => at(referenceRate, isoDate('2002-06-30'))).toThrow(/reference rate SE: no row for 2002-06-30/);
    expect(() => at(referenceRate, isoDate('2027-01-01'))).toThrow(/no row for 2027-01-01/);
  });

  it('give a source for every row', () => {
    const tables = [
      ...Object.values(sweden.vatRates),
      ...Object.values(sweden.texts),
      payableUnit,
      referenceRate,
      lateInterestAddition,
      reminderFeeMax,
    ];
    const sources = tables.flatMap((table): readonly string[] => table.rows.map((row) => row.source));
    expect(sources.length).toBeGreaterThan(60);
    expect(sources.filter((source) => source.length < 8)).toEqual([]);
  });
});

const ratesFile = new URL('../../../../../shared/reference/rates.csv', import.meta.url).pathname;
if (!existsSync(ratesFile)) console.warn(`not compared with the reference: ${ratesFile} is absent`);

test.skipIf(!existsSync(ratesFile))('reference rates are those of the reference, half-year by half-year', () => {
  const rows = readFileSync(ratesFile, 'utf8')
    .split('\n')
    .map((line) => line.split(','))
    .filter(([country, kind]) => country === 'SE' && kind === 'reference_rate');
  expect(rows.length).toBe(referenceRate.rows.length);
  for (const [, , from = '', to = '', value = ''] of rows) {
    const row = rowAt(referenceRate, isoDate(from));
    expect([row.from, row.to, row.value]).toEqual([from, to, String(Number(value))]);
    expect(daysBetween(row.from, row.to!)).toBeGreaterThan(178);
  }
});
