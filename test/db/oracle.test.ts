import { describe, expect, test } from 'vitest';
import { compareHistories, describeDisagreement, shrink, type Comparison } from '../oracle/compare.ts';
import { afterBankDays, bankDayFrom, dateOf, dayOf } from '../oracle/days.ts';
import { calendarOf, historyOf } from '../oracle/history.ts';
import { interestOf, roundedQuotient, type Rate } from '../oracle/interest.ts';

/** `KUVERT_ORACLE_SEED` repeats a run, `KUVERT_ORACLE_HISTORIES` makes it longer or shorter. */
const seed = Number.parseInt(process.env['KUVERT_ORACLE_SEED'] ?? '20261121', 10);
const HISTORIES = Number.parseInt(process.env['KUVERT_ORACLE_HISTORIES'] ?? '500', 10);
const HISTORIES_OF_A_HOUSE = 50;
const SHRINK_ROUNDS = 3;

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

describe(`${HISTORIES} random histories from seed ${seed}`, () => {
  const houses = Array.from({ length: Math.ceil(HISTORIES / HISTORIES_OF_A_HOUSE) }, (_, house) => house);
  test.each(houses)('house %i: the engine and the oracle agree after each step', async (house) => {
    const calendar = calendarOf(seed + house);
    const count = Math.min(HISTORIES_OF_A_HOUSE, HISTORIES - house * HISTORIES_OF_A_HOUSE);
    const histories = Array.from({ length: count }, (_, place) =>
      historyOf(seed * 1_000 + house * HISTORIES_OF_A_HOUSE + place, calendar),
    );
    const began = performance.now();
    const comparison = await compareHistories(histories);
    console.log(describeComparison(comparison, performance.now() - began));
    const [first] = comparison.disagreements;
    if (!first) return;
    const shrunk = await shrink(first, SHRINK_ROUNDS);
    expect.fail(
      `${comparison.disagreements.length} histories disagree, seeds ${comparison.disagreements.map(({ history }) => history.seed).join(' ')}\n` +
        describeDisagreement(shrunk),
    );
  });
});

function describeComparison({ acts, comparisons }: Comparison, milliseconds: number): string {
  const counts = [...acts].map(([act, count]) => `${count} ${act}`).join(', ');
  return `${comparisons} comparisons in ${Math.round(milliseconds / 1_000)} s: ${counts}`;
}
