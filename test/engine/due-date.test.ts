import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBankDay } from '#engine/bank-days.ts';
import { decideDueDate } from '#engine/enrich.ts';
import { addDays, isoDate } from '#engine/iso-date.ts';
import { sweden } from '#engine/countries/se/sweden.ts';

const calendar = sweden.bankCalendar;

describe('decideDueDate', () => {
  it('moves the acceptance example of F19 from the holiday to the next bank day and keeps both', () => {
    const terms = { paymentDays: 15, minimumDays: 10, bankDayRule: 'next-bank-day' } as const;
    expect(decideDueDate({ issueDate: isoDate('2026-12-10'), terms, calendar })).toEqual({
      dueDate: '2026-12-28',
      termsDate: '2026-12-25',
      source: 'terms',
      moved: ['next-bank-day'],
    });
  });

  // issue, stated by the sender, days, minimum, rule → terms' date, due date, why
  it.each([
    ['2026-11-02', undefined, 30, 10, 'next-bank-day', '2026-12-02', '2026-12-02', 'terms', []],
    ['2026-11-02', '2026-11-30', 30, 10, 'next-bank-day', '2026-11-30', '2026-11-30', 'sender', []],
    ['2026-11-02', '2026-11-29', 30, 10, 'next-bank-day', '2026-11-29', '2026-11-30', 'sender', ['next-bank-day']],
    ['2026-11-02', '2026-11-05', 30, 10, 'next-bank-day', '2026-11-05', '2026-11-12', 'sender', ['minimum-days']],
    [
      '2026-11-02',
      '2026-10-01',
      30,
      12,
      'next-bank-day',
      '2026-10-01',
      '2026-11-16',
      'sender',
      ['minimum-days', 'next-bank-day'],
    ],
    ['2026-12-10', undefined, 15, 10, 'none', '2026-12-25', '2026-12-25', 'terms', []],
    ['2026-11-06', undefined, 0, 0, 'none', '2026-11-06', '2026-11-06', 'terms', []],
    ['2028-01-30', undefined, 30, 0, 'none', '2028-02-29', '2028-02-29', 'terms', []],
  ] as const)(
    'issued %s, stated %s, %s days, at least %s, %s',
    (issueDate, stated, paymentDays, minimumDays, bankDayRule, termsDate, dueDate, source, moved) => {
      const question = { issueDate: isoDate(issueDate), ...(stated === undefined ? {} : { stated: isoDate(stated) }) };
      expect(decideDueDate({ ...question, terms: { paymentDays, minimumDays, bankDayRule }, calendar })).toEqual({
        dueDate,
        termsDate,
        source,
        moved,
      });
    },
  );

  it('is never earlier than the terms and the minimum, always a bank day, and moved only for a reason', () => {
    const days = fc.integer({ min: 0, max: 120 });
    fc.assert(
      fc.property(
        fc.nat(7000),
        fc.option(fc.integer({ min: -30, max: 120 })),
        days,
        days,
        (at, statedAfter, paymentDays, minimumDays) => {
          const issueDate = addDays(isoDate('2020-01-01'), at);
          const stated = statedAfter === null ? undefined : addDays(issueDate, statedAfter);
          const terms = { paymentDays, minimumDays, bankDayRule: 'next-bank-day' } as const;
          const { dueDate, termsDate, moved } = decideDueDate({ issueDate, stated, terms, calendar });
          expect(dueDate >= termsDate).toBe(true);
          expect(dueDate >= addDays(issueDate, minimumDays)).toBe(true);
          expect(isBankDay(calendar, dueDate)).toBe(true);
          expect(moved.length === 0).toBe(dueDate === termsDate);
        },
      ),
    );
  });

  it('refuses a date that would need the calendar of a year not entered', () => {
    const terms = { paymentDays: 30, minimumDays: 0, bankDayRule: 'next-bank-day' } as const;
    expect(() => decideDueDate({ issueDate: isoDate('2040-12-20'), terms, calendar })).toThrow(
      /covers 2020 to 2040, not 2041-01-19/,
    );
  });
});
