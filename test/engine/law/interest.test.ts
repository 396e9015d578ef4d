import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { datedTable, type DatedTable } from '#engine/dated-table.ts';
import { decimal, type Decimal } from '#engine/decimal.ts';
import { addDays, daysBetween, isoDate, type IsoDate } from '#engine/iso-date.ts';
import { dayCounts, type DayCount } from '#engine/claims/policy.ts';
import { interestRates } from '#engine/claims/interest-rates.ts';
import {
  exactInterest,
  interestDue,
  lateInterest,
  MissingRateError,
  principalHistory,
  type InterestQuestion,
} from '#engine/claims/interest.ts';
import { formatAmount, parseAmount } from '#engine/money.ts';
import { OperatingError } from '#engine/operating-error.ts';

/** Swedish interest is the same for every claim. */
const claim = { debtorClass: 'consumer', dueDate: isoDate('2026-09-01') } as const;
const swedish = interestRates({ kind: 'statutory' }, sweden, claim);

/** `2025-01-01 12.25, 2026-01-01 12` */
const ratesOf = (text: string): DatedTable<Decimal> =>
  datedTable(
    'given rates',
    text.split(', ').map((row) => {
      const [from = '', percent = ''] = row.split(' ');
      return { from: isoDate(from), value: decimal(percent), source: 'the test', confidence: 'V' as const };
    }),
  );

interface Vector {
  readonly amount: string;
  readonly due: string;
  readonly paid: string;
  readonly rates?: DatedTable<Decimal>;
  readonly dayCount?: DayCount;
}

const questionOf = ({ amount, due, paid, rates = swedish, dayCount = 'ACT/365F' }: Vector): InterestQuestion => {
  const firstDay = addDays(isoDate(due), 1);
  return {
    principal: [{ from: firstDay, amount: parseAmount(amount)! }],
    firstDay,
    lastDay: isoDate(paid),
    rates,
    dayCount,
    mode: 'complete',
  };
};
const totalOf = (vector: Vector): string => formatAmount(lateInterest(questionOf(vector)).totalAmount);

describe('the vectors of reference/collection-rules.md §7.2', () => {
  const norway = ratesOf('2025-07-01 12.25, 2026-01-01 12');
  const finlandConsumer = ratesOf('2024-07-01 11.5, 2025-01-01 10.5');
  const finlandCommercial = ratesOf('2024-07-01 12.5, 2025-01-01 11.5');
  const denmark = ratesOf('2023-01-01 9.90, 2023-07-01 11.25');

  test.each<readonly [string, Vector, string]>([
    ['1 SE', { amount: '10000.00', due: '2025-05-31', paid: '2025-08-15' }, '216.44'],
    ['2 SE', { amount: '1250.00', due: '2026-01-31', paid: '2026-03-02' }, '10.27'],
    ['3 NO', { amount: '10000.00', due: '2025-12-01', paid: '2026-01-31', rates: norway }, '202.60'],
    ['4 FI consumer', { amount: '500.00', due: '2024-12-15', paid: '2025-02-15', rates: finlandConsumer }, '9.14'],
    ['5 FI commercial', { amount: '500.00', due: '2024-12-15', paid: '2025-02-15', rates: finlandCommercial }, '9.99'],
    ['6 DK', { amount: '10000.00', due: '2023-06-15', paid: '2023-08-31', rates: denmark, dayCount: '30E/360' }, '228.75'],
    ['6b DK', { amount: '10000.00', due: '2023-06-15', paid: '2023-08-31', rates: denmark }, '231.78'],
    ['7 SE leap year', { amount: '100000.00', due: '2023-12-31', paid: '2024-12-31' }, '12032.88'],
    ['8 SE', { amount: '10000.00', due: '2026-01-31', paid: '2026-03-02' }, '82.19'],
    ['9 FI', { amount: '1000.00', due: '2026-01-31', paid: '2026-03-02', rates: ratesOf('2026-01-01 9.5') }, '7.81'],
  ])('%s', (_name, vector, expected) => expect(totalOf(vector)).toBe(expected));

  test('1 is explained by its two half-years', () => {
    const { periods } = lateInterest(questionOf({ amount: '10000.00', due: '2025-05-31', paid: '2025-08-15' }));
    expect(periods).toEqual([
      { from: '2025-06-01', to: '2025-06-30', days: 30, basisDays: 365, percent: '11', principalAmount: 1_000_000n },
      { from: '2025-07-01', to: '2025-08-15', days: 46, basisDays: 365, percent: '10', principalAmount: 1_000_000n },
    ]);
    // 90.4110 and 126.0274 kronor: 10 000 × 30 × 11 ÷ 36 500 and 10 000 × 46 × 10 ÷ 36 500.
    expect(periods.map(exactInterest)).toEqual([
      { numerator: 1_000_000n * 11n * 30n, denominator: 36_500n },
      { numerator: 1_000_000n * 10n * 46n, denominator: 36_500n },
    ]);
  });

  test('after 8 interest runs on the principal that is left, from the day after the payment', () => {
    const principal = principalHistory({
      principalAmount: 1_000_000n,
      creditedAmount: 0n,
      firstDay: isoDate('2026-02-01'),
      payments: [{ valueDate: isoDate('2026-03-02'), amount: 385_781n }],
    });
    const { periods, totalAmount } = lateInterest({
      ...questionOf({ amount: '0.00', due: '2026-01-31', paid: '2026-03-12' }),
      principal,
    });
    expect(periods.map(({ from, to, days, principalAmount }) => [from, to, days, principalAmount])).toEqual([
      ['2026-02-01', '2026-03-02', 30, 1_000_000n],
      ['2026-03-03', '2026-03-12', 10, 614_219n],
    ]);
    // 82.1918 + 16.8279 = 99.0197; 82.19 were settled on 2 March.
    expect(totalAmount).toBe(9_902n);
    expect(interestDue({ totalAmount }, { settledAmount: 8_219n, waivedAmount: 0n })).toBe(1_683n);
  });
});

describe('boundaries', () => {
  const amount = '10000.00';
  test.each<readonly [string, Vector, string]>([
    ['paid on the due date', { amount, due: '2025-05-31', paid: '2025-05-31' }, '0.00'],
    ['paid before it', { amount, due: '2025-05-31', paid: '2025-05-20' }, '0.00'],
    // 10 000 × 11 ÷ 36 500 = 3.0137
    ['one day late', { amount, due: '2025-05-31', paid: '2025-06-01' }, '3.01'],
    // 3.0137 + 2.7397 = 5.7534
    ['a day on each side of the half-year', { amount, due: '2025-06-29', paid: '2025-07-01' }, '5.75'],
    [
      '30E/360 counts 75 days where ACT counts 76',
      { amount, due: '2025-05-31', paid: '2025-08-15', dayCount: '30E/360' },
      '216.67',
    ],
    // 30 × 11 + 45 × 10 = 780; 10 000 × 780 ÷ 36 000 = 216.67; ACT/360: 790 ÷ 360 = 219.44
    ['ACT/360', { amount, due: '2025-05-31', paid: '2025-08-15', dayCount: 'ACT/360' }, '219.44'],
    // A whole leap year of its own days is a whole year: 12 000.00
    ['ACT/ACT over a leap year', { amount: '100000.00', due: '2023-12-31', paid: '2024-12-31', dayCount: 'ACT/ACT' }, '12000.00'],
    // 2 ÷ 365 + 3 ÷ 366 of 12 %: 65.7534 + 98.3607 = 164.1141
    [
      'ACT/ACT over the turn of a year',
      { amount: '100000.00', due: '2023-12-29', paid: '2024-01-03', dayCount: 'ACT/ACT', rates: ratesOf('2020-01-01 12') },
      '164.11',
    ],
    ['30E/360 has no 31st', { amount, due: '2025-08-30', paid: '2025-08-31', dayCount: '30E/360' }, '0.00'],
    // 0.50 × 1 % × 365 ÷ 365 = half an öre, away from zero
    [
      'half an öre is rounded up',
      { amount: '0.50', due: '2024-12-31', paid: '2025-12-31', rates: ratesOf('2020-01-01 1') },
      '0.01',
    ],
  ])('%s', (_name, vector, expected) => expect(totalOf(vector)).toBe(expected));

  test('interest is rounded once, not period by period', () => {
    // 1.00 at 0.4 % is 0.4 öre a year: each year alone would round to nothing, both together are 0.8 öre.
    const rates = ratesOf('2020-01-01 0.4, 2021-01-01 0.4, 2022-01-01 0.4');
    expect(totalOf({ amount: '1.00', due: '2020-12-31', paid: '2022-12-31', rates })).toBe('0.01');
  });

  test('days of a suspension bear none', () => {
    const question = questionOf({ amount: '36500.00', due: '2026-01-31', paid: '2026-02-10' });
    const suspended = [{ from: isoDate('2026-02-03'), to: isoDate('2026-02-07') }];
    // 10.00 a day at 10 %: 1, 2, 8, 9, 10 February remain.
    expect(lateInterest({ ...question, suspended }).totalAmount).toBe(5_000n);
  });

  test('a credit note counts from the beginning, a payment from the day after', () => {
    const firstDay = isoDate('2026-02-01');
    const claim = { principalAmount: 100_000n, firstDay, payments: [] };
    expect(principalHistory({ ...claim, creditedAmount: 40_000n })).toEqual([{ from: firstDay, amount: 60_000n }]);
    const payments = [
      { valueDate: isoDate('2026-01-15'), amount: 10_000n },
      { valueDate: isoDate('2026-02-01'), amount: 20_000n },
      { valueDate: isoDate('2026-02-01'), amount: 5_000n },
    ];
    expect(principalHistory({ ...claim, creditedAmount: 0n, payments })).toEqual([
      { from: '2026-02-01', amount: 90_000n },
      { from: '2026-02-02', amount: 65_000n },
    ]);
  });

  test('a history out of order is our mistake', () => {
    const question = questionOf({ amount: '1.00', due: '2026-01-31', paid: '2026-02-10' });
    const principal = [question.principal[0]!, { from: isoDate('2026-01-01'), amount: 1n }];
    expect(() => lateInterest({ ...question, principal })).toThrow(RangeError);
  });

  test('what was credited after interest was settled is owed back', () => {
    expect(interestDue({ totalAmount: 500n }, { settledAmount: 700n, waivedAmount: 0n })).toBe(-200n);
    expect(interestDue({ totalAmount: 500n }, { settledAmount: 100n, waivedAmount: 400n })).toBe(0n);
  });
});

describe('a half-year that was not entered (X-07)', () => {
  const question = questionOf({ amount: '10000.00', due: '2026-12-21', paid: '2027-01-10' });

  test('refuses interest by name', () => {
    expect(() => lateInterest(question)).toThrow(MissingRateError);
    expect(() => lateInterest(question)).toThrow(OperatingError);
    expect(() => lateInterest(question)).toThrow(/^X-07: there is no rate of late interest \(statutory\) for 2027-01-01\./);
  });

  test('gives it up to the last known day, and says so, if it may be provisional', () => {
    // 10 days at 10 %: 27.3973
    expect(lateInterest({ ...question, mode: 'provisional' })).toMatchObject({ totalAmount: 2_740n, knownThrough: '2026-12-31' });
  });

  test('says nothing where every rate is known', () => {
    const known = questionOf({ amount: '10000.00', due: '2026-12-21', paid: '2026-12-31' });
    expect(lateInterest({ ...known, mode: 'provisional' }).knownThrough).toBeUndefined();
  });

  test('a claim that began before the first rate has none at all', () => {
    const early = questionOf({ amount: '100.00', due: '2002-06-20', paid: '2002-07-10' });
    expect(() => lateInterest(early)).toThrow(/for 2002-06-21/);
    expect(lateInterest({ ...early, mode: 'provisional' })).toEqual({ periods: [], totalAmount: 0n, knownThrough: '2002-06-20' });
  });

  test('a gap in a table is found', () => {
    const row = { value: decimal('10'), source: 'the test', confidence: 'V' as const };
    const rates = datedTable('gap', [
      { ...row, from: isoDate('2026-01-01'), to: isoDate('2026-01-10') },
      { ...row, from: isoDate('2026-01-12') },
    ]);
    const gap = questionOf({ amount: '100.00', due: '2026-01-05', paid: '2026-01-20', rates });
    expect(() => lateInterest(gap)).toThrow(/of gap for 2026-01-11/);
  });
});

describe('rates', () => {
  const on = (date: string, table: DatedTable<Decimal>) =>
    lateInterest({ ...questionOf({ amount: '100.00', due: date, paid: addDays(isoDate(date), 1), rates: table }) }).periods[0]
      ?.percent;

  test.each([
    ['the law’s', interestRates({ kind: 'statutory' }, sweden, claim), '11'],
    ['agreed', interestRates({ kind: 'contract', percent: decimal('12.5') }, sweden, claim), '12.5'],
    ['agreed above the reference rate', interestRates({ kind: 'margin', points: decimal('6.25') }, sweden, claim), '9.25'],
  ])('%s on 2 June 2025', (_name, table, percent) => expect(on('2025-06-01', table)).toBe(percent));

  test('none is no rate', () => expect(interestRates({ kind: 'none' }, sweden, claim).rows).toEqual([]));

  test('a negative reference rate is subtracted', () => expect(on('2017-03-01', swedish)).toBe('7.5'));
});

describe('always', () => {
  const day = fc.integer({ min: 0, max: daysBetween(isoDate('2003-01-01'), isoDate('2026-12-31')) });
  const dates = fc.tuple(day, day, day).map((offsets) => {
    const [first, middle, last] = offsets.toSorted((a, b) => a - b).map((offset) => addDays(isoDate('2003-01-01'), offset));
    return { first: first!, middle: middle!, last: last! };
  });
  const amounts = fc.bigInt({ min: 1n, max: 100_000_000n });
  const counts = fc.constantFrom(...dayCounts);
  const ask = (principal: bigint, firstDay: IsoDate, lastDay: IsoDate, dayCount: DayCount) =>
    lateInterest({
      principal: [{ from: firstDay, amount: principal }],
      firstDay,
      lastDay,
      rates: swedish,
      dayCount,
      mode: 'complete',
    });
  const exact = (interest: ReturnType<typeof ask>): { readonly numerator: bigint; readonly denominator: bigint } => {
    // One denominator for every basis and for rates with at most two decimals: 100 × 100 × 365 × 366 × 360.
    const denominator = 10_000n * 365n * 366n * 360n;
    const parts = interest.periods.map(exactInterest).map(({ numerator, denominator: own }) => numerator * (denominator / own));
    return { numerator: parts.reduce((a, b) => a + b, 0n), denominator };
  };

  test('a split at any day adds up exactly', () => {
    fc.assert(
      fc.property(dates, amounts, counts, ({ first, middle, last }, amount, dayCount) => {
        const whole = exact(ask(amount, first, last, dayCount));
        const left = exact(ask(amount, first, middle, dayCount));
        const right = exact(ask(amount, addDays(middle, 1), last, dayCount));
        expect(left.numerator + right.numerator).toBe(whole.numerator);
      }),
    );
  });

  test('more days or more principal never give less', () => {
    fc.assert(
      fc.property(dates, amounts, counts, ({ first, middle, last }, amount, dayCount) => {
        const longer = ask(amount, first, last, dayCount).totalAmount;
        expect(longer).toBeGreaterThanOrEqual(ask(amount, first, middle, dayCount).totalAmount);
        expect(ask(amount + 1n, first, last, dayCount).totalAmount).toBeGreaterThanOrEqual(longer);
      }),
    );
  });

  test('the periods cover every interest day once', () => {
    fc.assert(
      fc.property(dates, amounts, ({ first, last }, amount) => {
        const { periods } = ask(amount, first, last, 'ACT/365F');
        expect(periods.map(({ days }) => days).reduce((a, b) => a + b, 0)).toBe(daysBetween(first, last) + 1);
        for (const [index, { from }] of periods.entries())
          expect(from).toBe(index === 0 ? first : addDays(periods[index - 1]!.to, 1));
      }),
    );
  });

  test('settling interest in any number of parts leaves no drift', () => {
    fc.assert(
      fc.property(dates, amounts, fc.array(day, { maxLength: 10 }), ({ first, last }, amount, offsets) => {
        const days = offsets
          .map((offset) => addDays(isoDate('2003-01-01'), offset))
          .filter((date) => first <= date && date <= last);
        let settledAmount = 0n;
        for (const date of [...days.sort(), last])
          settledAmount += interestDue(ask(amount, first, date, 'ACT/365F'), { settledAmount, waivedAmount: 0n });
        expect(settledAmount).toBe(ask(amount, first, last, 'ACT/365F').totalAmount);
      }),
    );
  });

  test('is the textbook’s sum of single days', () => {
    fc.assert(
      fc.property(dates, fc.bigInt({ min: 1n, max: 1_000_000n }), ({ first, last }, amount) => {
        fc.pre(daysBetween(first, last) < 800);
        // Every Swedish rate is a multiple of half a percentage point.
        let halfPercentDays = 0n;
        for (let date = first; date <= last; date = addDays(date, 1)) {
          const row = swedish.rows.findLast(({ from }) => from <= date)!;
          halfPercentDays += BigInt(row.value.replace(/^(\d+)$/, '$1.0').replace('.', '')) / 5n;
        }
        const { totalAmount } = ask(amount, first, last, 'ACT/365F');
        const [numerator, denominator] = [amount * halfPercentDays, 200n * 365n];
        expect(totalAmount).toBe((2n * numerator + denominator) / (2n * denominator));
      }),
      { numRuns: 50 },
    );
  });
});
