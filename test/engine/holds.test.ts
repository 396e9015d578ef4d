import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdOn, isActive } from '#engine/claims/holds.ts';
import { addDays, isoDate } from '#engine/iso-date.ts';
import { formatAmount } from '#engine/money.ts';
import type { Hold } from '#engine/claims/receivable.ts';

const open = { principal: 125_000n, interest: 0n, reminderFee: 6_000n, collectionFee: 0n, compensation: 0n };
const hold = (given: Partial<Hold>): Hold => ({
  id: 1n,
  kind: 'block',
  from: isoDate('2026-10-05'),
  interestRuns: true,
  ...given,
});
const on = (date: string, ...holds: readonly Hold[]): string => {
  const verdict = holdOn({ open, holds }, isoDate(date));
  if (verdict.kind === 'held') return `held by ${verdict.hold.kind}`;
  if (verdict.kind === 'free') return 'free';
  return `part ${formatAmount(verdict.disputedAmount)}${verdict.feesDisputed ? ' and the fees' : ''}`;
};

describe('which hold applies on a date (F50, F51)', () => {
  const deferred = hold({ kind: 'deferment', until: isoDate('2026-11-30') });
  const disputed = hold({ kind: 'dispute', category: 'PRICE', amount: 40_000n });
  const rest = hold({ kind: 'dispute', category: 'DEFECT', amount: 85_000n });
  const whole = hold({ kind: 'dispute', category: 'NOT_ORDERED' });
  const fee = hold({ kind: 'dispute', category: 'FEE' });
  const released = hold({ releasedOn: isoDate('2026-10-20') });
  test.each<readonly [string, string, readonly Hold[], string]>([
    ['nothing', '2026-10-05', [], 'free'],
    ['the day before it begins', '2026-10-04', [deferred], 'free'],
    ['its first day', '2026-10-05', [deferred], 'held by deferment'],
    ['its last day', '2026-11-30', [deferred], 'held by deferment'],
    ['the day after its last', '2026-12-01', [deferred], 'free'],
    ['the day before its release', '2026-10-19', [released], 'held by block'],
    ['the day of its release', '2026-10-20', [released], 'free'],
    ['a part', '2026-10-05', [disputed], 'part 400.00'],
    ['two parts that are the whole', '2026-10-05', [disputed, rest], 'held by dispute'],
    ['the fee only: the principal goes on', '2026-10-05', [fee], 'part 0.00 and the fees'],
    ['a part and the fee', '2026-10-05', [disputed, fee], 'part 400.00 and the fees'],
    ['the whole before a part', '2026-10-05', [disputed, whole], 'held by dispute'],
    ['a part, and deferred', '2026-10-05', [disputed, deferred], 'held by deferment'],
  ])('%s', (_title, date, holds, expected) => {
    expect(on(date, ...holds)).toBe(expected);
  });
});

describe('whatever the holds', () => {
  const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays(isoDate('2026-10-01'), days));
  const anyHold: fc.Arbitrary<Hold> = fc.record(
    {
      id: fc.constant(1n),
      kind: fc.constantFrom('deferment', 'dispute', 'block', 'promise'),
      from: day,
      interestRuns: fc.boolean(),
      until: day,
      releasedOn: day,
      amount: fc.bigInt({ min: 1n, max: 200_000n }),
      category: fc.constantFrom('PRICE', 'FEE', 'minor'),
    },
    { requiredKeys: ['id', 'kind', 'from', 'interestRuns'] },
  );
  const anyHolds = fc.array(anyHold, { maxLength: 4 });

  test('a part leaves something to demand, and free means that no hold stands', () => {
    fc.assert(
      fc.property(anyHolds, day, (holds, date) => {
        const verdict = holdOn({ open, holds }, date);
        const active = holds.filter((one) => isActive(one, date));
        expect(verdict.kind === 'free').toBe(active.length === 0);
        if (verdict.kind === 'part') expect(verdict.disputedAmount).toBeLessThan(open.principal);
      }),
    );
  });

  test('one hold more never frees what was held', () => {
    fc.assert(
      fc.property(anyHolds, anyHold, day, (holds, more, date) => {
        const before = holdOn({ open, holds }, date).kind;
        const after = holdOn({ open, holds: [...holds, more] }, date).kind;
        expect(before === 'held' && after !== 'held').toBe(false);
      }),
    );
  });
});
