import { expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { clearedThrough, isPayoutDay } from '#engine/settlement/plan-settlement.ts';
import { bankCalendar } from '#engine/countries/se/calendar.ts';

// Christmas 2026: Thursday 24, Friday 25 and Saturday 26 December are closed; Monday the 28th is open.
test.each([
  ['2026-12-23', 0, '2026-12-23'],
  ['2026-12-23', 1, '2026-12-22'],
  ['2026-12-28', 1, '2026-12-27'],
  ['2026-12-28', 2, '2026-12-22'],
  ['2026-11-23', 1, '2026-11-22'],
  ['2026-11-23', 2, '2026-11-19'],
])('on %s money of %i bank days is cleared through %s', (date, days, expected) => {
  expect(clearedThrough(bankCalendar, isoDate(date), days)).toBe(expected);
});

test.each([
  ['2026-11-27', 'bank-day', true],
  ['2026-11-28', 'bank-day', false],
  ['2026-11-27', 'friday', true],
  ['2026-11-26', 'friday', false],
  // Christmas Day is a Friday: the payout is on Monday, and only there.
  ['2026-12-25', 'friday', false],
  ['2026-12-28', 'friday', true],
  ['2026-12-29', 'friday', false],
])('%s is a payout day of %s: %s', (date, schedule, expected) => {
  const terms = schedule === 'friday' ? ({ kind: 'weekly', weekday: 5 } as const) : ({ kind: 'bank-day' } as const);
  expect(isPayoutDay(terms, bankCalendar, isoDate(date))).toBe(expected);
});
