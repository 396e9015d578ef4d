import { describe, expect, test } from 'vitest';
import { afterBankDays, bankDayFrom, dateOf, dayOf } from '../oracle/days.ts';
import { testHistories } from '../oracle/test-histories.ts';
import { interestOf, roundedQuotient, type Rate } from '../oracle/interest.ts';

/** A sample of what the project `faults` plays in full (test/faults/oracle.test.ts). */
const HISTORIES = 30;

testHistories({ count: HISTORIES, seed: 20_261_121 });

describe('the oracle itself agrees with the reference', () => {
  test.each<readonly [string, bigint, string, string, string, Rate]>([
    ['1', 10_000_00n, '2025-05-31', '2025-08-15', '216.44', 'statutory'],
    ['2', 1_250_00n, '2026-01-31', '2026-03-02', '10.27', 'statutory'],
    ['7', 100_000_00n, '2023-12-31', '2024-12-31', '12032.88', { hundredths: 1200n }],
    ['8', 10_000_00n, '2026-01-31', '2026-03-02', '82.19', 'statutory'],
  ])('interest, vector %s of §7.2', (_name, amount, due, paid, expected, rate) => {
    const from = due === '2023-12-31' ? dayOf('2024-01-01') : dayOf(due) + 1;
    const interest = interestOf({ rate, from, to: dayOf(paid), principal: () => amount });
    expect(interest).toBe(BigInt(expected.replace('.', '')));
  });

  test('rounds halves away from zero', () => {
    expect([5n, -5n, 4n, 15n].map((amount) => roundedQuotient(amount, 10n))).toEqual([1n, -1n, 0n, 2n]);
  });

  test.each([
    ['2026-04-02', 1, '2026-04-07'],
    ['2026-06-18', 1, '2026-06-22'],
    ['2025-12-23', 2, '2025-12-30'],
    ['2026-10-02', 4, '2026-10-08'],
  ])('bank days: %s and %i more is %s', (from, count, to) => {
    expect(dateOf(afterBankDays(dayOf(from), count))).toBe(to);
  });

  test('a Sunday waits for Monday', () => {
    expect(dateOf(bankDayFrom(dayOf('2026-09-06')))).toBe('2026-09-07');
  });
});
