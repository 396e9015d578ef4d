import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateInZone, daysBetween, isoDate, parseIsoDate, weekday, yearOf } from '#engine/iso-date.ts';

const dates = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays(isoDate('1990-01-01'), days));

describe('parseIsoDate', () => {
  it.each(['1990-01-01', '2024-02-29', '2026-12-31', '2100-12-31'])('takes %s', (text) => expect(parseIsoDate(text)).toBe(text));

  // The wrong forms of fault XC7.
  it.each([
    '2027-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '27-02-10',
    '20270332',
    '1900-01-01',
    '1989-12-31',
    '2101-01-01',
    '9999-12-31',
    '2026-1-1',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '',
    '+002026-01-01',
    '٢٠٢٦-٠١-٠١',
  ])('refuses %j', (text) => {
    expect(parseIsoDate(text)).toBeNull();
    expect(() => isoDate(text)).toThrow(RangeError);
  });
});

describe('addDays and daysBetween', () => {
  it.each([
    ['2026-12-10', 15, '2026-12-25'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2025-02-28', 1, '2025-03-01'],
    ['2026-03-28', 1, '2026-03-29'], // summer time begins in Stockholm
    ['2026-10-25', 1, '2026-10-26'], // and ends
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-01-01', 365, '2027-01-01'],
  ])('%s and %s days is %s', (date, days, expected) => {
    expect(addDays(isoDate(date), days)).toBe(expected);
    expect(daysBetween(isoDate(date), isoDate(expected))).toBe(days);
  });

  it('undo each other', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
        expect(addDays(addDays(date, days), -days)).toBe(date);
      }),
    );
  });
});

describe('weekday', () => {
  it.each([
    ['2026-11-21', 6],
    ['2026-11-22', 7],
    ['2026-11-23', 1],
    ['2024-02-29', 4],
    ['1990-01-01', 1],
  ])('of %s is %s', (date, day) => expect(weekday(isoDate(date))).toBe(day));

  it('goes on from 1 to 7', () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(weekday(addDays(date, 1))).toBe((weekday(date) % 7) + 1);
      }),
    );
  });
});

it('knows the year', () => expect(yearOf(isoDate('2026-11-21'))).toBe(2026));

describe('the date of an instant in Stockholm', () => {
  it.each([
    ['2026-11-21T22:59:59Z', '2026-11-21'],
    ['2026-11-21T23:00:00Z', '2026-11-22'],
    ['2026-07-01T21:59:59Z', '2026-07-01'],
    ['2026-07-01T22:00:00Z', '2026-07-02'],
    ['2026-12-31T23:30:00Z', '2027-01-01'],
    ['2027-03-28T01:30:00Z', '2027-03-28'],
  ])('%s is %s', (instant, date) => expect(dateInZone(new Date(instant), 'Europe/Stockholm')).toBe(date));
});
