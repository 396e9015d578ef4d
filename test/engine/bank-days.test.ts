import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBankDays, bankDayOnOrAfter, isBankDay, MissingBankCalendarError, type BankCalendar } from '#engine/bank-days.ts';
import { addDays, daysBetween, isoDate, weekday } from '#engine/iso-date.ts';
import { OperatingError } from '#engine/operating-error.ts';
import { sweden } from '#engine/countries/se/sweden.ts';

const oneYear: BankCalendar = {
  country: 'SE',
  firstYear: 2026,
  lastYear: 2026,
  closedDays: new Set(['2026-12-24', '2026-12-25', '2026-12-31'].map((day) => isoDate(day))),
};

describe('the bank day on or after', () => {
  it.each([
    ['2026-12-23', '2026-12-23'], // Wednesday
    ['2026-12-24', '2026-12-28'], // Christmas Eve, Christmas Day, Saturday, Sunday
    ['2026-12-26', '2026-12-28'],
    ['2026-04-03', '2026-04-07'], // Good Friday to Easter Monday
    ['2026-05-01', '2026-05-04'], // Friday
    ['2026-05-14', '2026-05-15'], // Ascension Day: the Friday after it is a bank day
    ['2026-06-06', '2026-06-08'], // national day on a Saturday
    ['2026-06-19', '2026-06-22'], // Midsummer Eve
    ['2026-12-31', '2027-01-04'], // over New Year into the next year
    ['2027-01-06', '2027-01-07'],
    ['2027-03-26', '2027-03-30'],
  ])('%s is %s', (date, expected) => {
    expect(bankDayOnOrAfter(sweden.bankCalendar, isoDate(date))).toBe(expected);
  });

  it('is a bank day, not earlier, and the nearest one', () => {
    const day = fc.integer({ min: 0, max: daysBetween(isoDate('2020-01-01'), isoDate('2040-12-28')) });
    fc.assert(
      fc.property(day, (offset) => {
        const date = addDays(isoDate('2020-01-01'), offset);
        const found = bankDayOnOrAfter(sweden.bankCalendar, date);
        expect(isBankDay(sweden.bankCalendar, found)).toBe(true);
        expect(weekday(found)).toBeLessThan(6);
        // The longest row without a bank day: 24 December on a Wednesday, and the weekend after 26 December.
        expect(daysBetween(date, found)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(date, found)).toBeLessThanOrEqual(5);
        for (let before = date; before < found; before = addDays(before, 1))
          expect(isBankDay(sweden.bankCalendar, before)).toBe(false);
      }),
    );
  });
});

describe('so many bank days after', () => {
  it.each([
    ['2026-10-02', 4, '2026-10-08'], // Friday: Monday to Thursday
    ['2026-10-03', 1, '2026-10-05'], // Saturday: the first is Monday
    ['2026-10-03', 0, '2026-10-03'], // none: the date itself
    ['2026-12-23', 2, '2026-12-29'], // over Christmas
    ['2026-04-02', 1, '2026-04-07'], // over Easter
  ])('%s + %i is %s', (date, days, expected) => {
    expect(addBankDays(sweden.bankCalendar, isoDate(date), days)).toBe(expected);
  });
});

describe('a date outside the calendar (fault XM6)', () => {
  it.each(['2025-12-31', '2027-01-01'])('%s is refused, not guessed', (date) => {
    expect(() => isBankDay(oneYear, isoDate(date))).toThrow(MissingBankCalendarError);
    expect(() => isBankDay(oneYear, isoDate(date))).toThrow(OperatingError);
    expect(() => isBankDay(oneYear, isoDate(date))).toThrow(`The bank calendar of SE covers 2026 to 2026, not ${date}.`);
  });

  it('is refused also where the search runs into it', () => {
    expect(() => bankDayOnOrAfter(oneYear, isoDate('2026-12-31'))).toThrow(/not 2027-01-01/);
  });
});
