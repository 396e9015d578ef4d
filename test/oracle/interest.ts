import { dayOf, type Day } from './days.ts';

/**
 * Late interest per half-year, in hundredths of a percent a year: the rows `SE,late_interest_rate` of reference/rates.csv, typed off.
 * After the last half-year nobody knows it yet.
 */
const statutory: readonly (readonly [from: string, to: string, hundredths: bigint])[] = [
  ['2024-01-01', '2024-06-30', 1200n],
  ['2024-07-01', '2024-12-31', 1200n],
  ['2025-01-01', '2025-06-30', 1100n],
  ['2025-07-01', '2025-12-31', 1000n],
  ['2026-01-01', '2026-06-30', 1000n],
  ['2026-07-01', '2026-12-31', 1000n],
];

/** By law, or a percentage agreed. */
export type Rate = 'statutory' | { readonly hundredths: bigint };

function rateOn(rate: Rate, day: Day): bigint {
  if (rate !== 'statutory') return rate.hundredths;
  const row = statutory.find(([from, to]) => dayOf(from) <= day && day <= dayOf(to));
  if (!row) throw new Error('no statutory rate is known');
  return row[2];
}

export interface InterestQuestion {
  readonly rate: Rate;
  /** First and last day that bear interest. */
  readonly from: Day;
  readonly to: Day;
  /** What is owed, in öre, while a day lasts: a payment counts from the day after its value date. */
  readonly principal: (day: Day) => bigint;
}

/** Simple interest, actual/365, one day after another, rounded once at the end, half away from zero (collection-rules.md §7.1). */
export function interestOf({ rate, from, to, principal }: InterestQuestion): bigint {
  let dailyParts = 0n;
  for (let day = from; day <= to; day += 1) {
    const owed = principal(day);
    if (owed > 0n) dailyParts += owed * rateOn(rate, day);
  }
  return roundedQuotient(dailyParts, 365n * 100n * 100n);
}

export function roundedQuotient(amount: bigint, divisor: bigint): bigint {
  const twice = (amount < 0n ? -amount : amount) * 2n;
  const rounded = (twice + divisor) / (divisor * 2n);
  return amount < 0n ? -rounded : rounded;
}
