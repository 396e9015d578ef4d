import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { addBankDays, bankDayOnOrAfter, isBankDay } from '#engine/bank-days.ts';
import { addDays, daysBetween, isoDate, type IsoDate } from '#engine/iso-date.ts';
import type { Policy } from '#engine/claims/policy.ts';
import type { Hold, Receivable, TakenStep } from '#engine/claims/receivable.ts';
import { decideStep } from '#engine/claims/decide-step.ts';
import { missingDates } from '#engine/claims/plan-demands.ts';
import { businessPolicy, consumerPolicy, demand, handover, reminder } from '../law/sample-policy.ts';
import { receivable, termsUnder } from './sample-receivable.ts';

const policies: readonly Policy[] = [
  consumerPolicy,
  businessPolicy,
  { ...consumerPolicy, steps: [reminder, reminder, handover] },
  { ...consumerPolicy, steps: [demand] },
  {
    ...consumerPolicy,
    steps: [reminder, { ...reminder, trigger: { after: 'previous-deadline', days: 3, calendar: 'bank' } }, demand],
  },
];

/** What happens on the days after an invoice's due date, by chance. */
interface History {
  readonly policy: Policy;
  readonly dueDate: IsoDate;
  /** Day by day: how late the daemon is (0: on time), whether it runs at all, and after how many days the print house confirms. */
  readonly days: readonly { readonly runs: boolean; readonly lateDays: number; readonly confirmedAfter: number | null }[];
  readonly holds: readonly {
    readonly kind: Hold['kind'];
    readonly from: number;
    readonly days: number;
    readonly released: number | null;
  }[];
}

const history: fc.Arbitrary<History> = fc.record({
  policy: fc.constantFrom(...policies),
  dueDate: fc
    .integer({ min: 0, max: 330 })
    .map((day) => bankDayOnOrAfter(sweden.bankCalendar, addDays(isoDate('2025-12-01'), day))),
  days: fc.array(
    fc.record({
      runs: fc.boolean(),
      lateDays: fc.constantFrom(0, 0, 0, 1, 3, 10),
      confirmedAfter: fc.constantFrom(0, 0, 1, 2, 7, null),
    }),
    { minLength: 20, maxLength: 70 },
  ),
  holds: fc.array(
    fc.record({
      kind: fc.constantFrom('deferment', 'dispute', 'block', 'promise'),
      from: fc.integer({ min: -5, max: 40 }),
      days: fc.integer({ min: 0, max: 30 }),
      released: fc.option(fc.integer({ min: 0, max: 30 })),
    }),
    { maxLength: 2 },
  ),
});

interface Taken extends TakenStep {
  /** The day the letter was made; it cannot be in the post earlier. */
  readonly madeOn: IsoDate;
}

/** Plays a history through, each day with what is known on it, and gives the steps that were taken. */
function play({ policy, dueDate, days, holds }: History): readonly Taken[] {
  const terms = termsUnder(policy);
  const steps: Taken[] = [];
  for (const [index, { runs, lateDays, confirmedAfter }] of days.entries()) {
    const date = addDays(dueDate, index + 1);
    if (!runs || !isBankDay(sweden.bankCalendar, date)) continue;
    const madeOn = addDays(date, lateDays);
    const known: Receivable = {
      ...receivable,
      debtor: { ...receivable.debtor, class: policy.debtorClass },
      issueDate: addDays(dueDate, -30),
      dispatchedOn: addDays(dueDate, -29),
      dueDate,
      principalHistory: [{ from: addDays(dueDate, -30), amount: receivable.principalAmount }],
      holds: holds.map((hold, place) => holdAsOf({ ...hold, place }, dueDate, date)),
      steps: steps.map(({ dispatchedOn, ...step }) =>
        dispatchedOn !== undefined && dispatchedOn <= date ? { ...step, dispatchedOn } : step,
      ),
    };
    const decision = decideStep(known, terms, { businessDate: date, dispatchDate: madeOn });
    if (decision.outcome === 'skip') continue;
    const { level, document, deadline, amounts } = decision.step;
    steps.push({
      level,
      kind: document,
      businessDate: date,
      madeOn,
      ...(confirmedAfter === null ? {} : { dispatchedOn: addDays(madeOn, confirmedAfter) }),
      ...(deadline === undefined ? {} : { deadline }),
      reminderFeeAmount: amounts.reminderFee,
      collectionFeeAmount: amounts.collectionFee,
      compensationAmount: amounts.compensation,
    });
  }
  return steps;
}

function holdAsOf(
  { kind, from, days, released, place }: History['holds'][number] & { place: number },
  dueDate: IsoDate,
  date: IsoDate,
): Hold {
  const start = addDays(dueDate, from);
  const releasedOn = released === null ? undefined : addDays(start, released);
  const ends = kind === 'deferment' || kind === 'promise';
  return {
    id: BigInt(place + 1),
    kind,
    from: start,
    interestRuns: true,
    ...(ends ? { until: addDays(start, days) } : {}),
    ...(releasedOn === undefined || releasedOn > date ? {} : { releasedOn }),
  };
}

const timeTables = (check: (steps: readonly Taken[], history: History) => void): void =>
  fc.assert(
    fc.property(history, (told) => check(play(told), told)),
    { numRuns: 300 },
  );

describe('whatever the dates, confirmations, outages and holds', () => {
  test('histories get far enough to prove anything', () => {
    const counts = new Map<number, number>();
    fc.assert(
      fc.property(history, (told) => {
        const taken = play(told).length;
        counts.set(taken, (counts.get(taken) ?? 0) + 1);
      }),
      { numRuns: 300 },
    );
    expect(counts.get(0) ?? 0).toBeGreaterThan(0);
    expect(counts.get(2) ?? 0).toBeGreaterThan(10);
  });

  test('levels count up by one, at most one step a date', () => {
    timeTables((steps) => {
      expect(steps.map(({ level }) => level)).toEqual(steps.map((_, index) => index + 1));
      for (const [index, step] of steps.entries())
        expect(index === 0 || steps[index - 1]!.businessDate < step.businessDate).toBe(true);
    });
  });

  test('no step before the one before was dispatched, and none before its term ran out', () => {
    timeTables((steps) => {
      for (const [index, step] of steps.entries()) {
        const before = steps[index - 1];
        if (before === undefined || before.kind === 'assessment') continue;
        expect(before.dispatchedOn !== undefined && before.dispatchedOn <= step.businessDate).toBe(true);
        expect(before.deadline === undefined || before.deadline < step.businessDate).toBe(true);
      }
    });
  });

  test('no term is shorter than the policy says, counted from the day the letter is made, and each ends on a bank day', () => {
    timeTables((steps, { policy }) => {
      for (const { level, deadline, madeOn } of steps) {
        const { deadlineDays } = policy.steps[level - 1]!;
        if (deadline === undefined) expect(deadlineDays).toBe(0);
        else {
          expect(daysBetween(madeOn, deadline)).toBeGreaterThanOrEqual(deadlineDays);
          expect(isBankDay(sweden.bankCalendar, deadline)).toBe(true);
        }
      }
    });
  });

  test('a reminder fee and a collection fee once at most, compensation once at most and never with a fee', () => {
    timeTables((steps) => {
      const count = (amount: (step: Taken) => bigint): number => steps.filter((step) => amount(step) > 0n).length;
      const [reminders, demands, compensations] = [
        count((s) => s.reminderFeeAmount),
        count((s) => s.collectionFeeAmount),
        count((s) => s.compensationAmount),
      ];
      expect(Math.max(reminders, demands, compensations)).toBeLessThanOrEqual(1);
      expect(compensations === 0 || reminders + demands === 0).toBe(true);
    });
  });

  test('nothing before the policy’s own day, and nothing while a hold stands', () => {
    timeTables((steps, { policy, dueDate, holds }) => {
      for (const { level, businessDate } of steps) {
        const { trigger } = policy.steps[level - 1]!;
        if (trigger.after === 'due') expect(businessDate >= addDays(dueDate, trigger.days)).toBe(true);
        const standing = holds.some(({ kind, from, days, released }) => {
          const start = addDays(dueDate, from);
          const end = kind === 'deferment' || kind === 'promise' ? addDays(start, days) : isoDate('2099-12-31');
          const gone = released === null ? isoDate('2099-12-31') : addDays(start, released);
          return start <= businessDate && businessDate <= end && businessDate < gone;
        });
        expect(standing).toBe(false);
      }
    });
  });
});

describe('missing runs (IR1)', () => {
  const calendar = sweden.bankCalendar;
  const dates = (...texts: readonly string[]) => texts.map((text) => isoDate(text));

  test.each<readonly [name: string, ran: readonly string[], before: string, expected: readonly string[]]>([
    ['none before the first run', [], '2026-09-07', []],
    ['none after yesterday’s', ['2026-09-04'], '2026-09-07', []],
    ['three bank days', ['2026-09-04'], '2026-09-10', ['2026-09-07', '2026-09-08', '2026-09-09']],
    // Maundy Thursday 2 April; Good Friday to Easter Monday are closed.
    ['none over four days of Easter', ['2026-04-02'], '2026-04-07', []],
    ['the turn of the year', ['2026-12-30'], '2027-01-05', ['2027-01-04']],
    ['a leap day', ['2028-02-28'], '2028-03-01', ['2028-02-29']],
    ['holes between', ['2026-09-01', '2026-09-03'], '2026-09-05', ['2026-09-02', '2026-09-04']],
  ])('%s', (_name, ran, before, expected) => expect(missingDates(calendar, dates(...ran), isoDate(before))).toEqual(expected));

  test('every bank day between the first run and the last is either run or missing', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1 }), (places) => {
        const all = Array.from({ length: 41 }, (_, index) => addBankDays(calendar, isoDate('2026-08-31'), index));
        const ran = places.toSorted((a, b) => a - b).map((place) => all[place]!);
        const missing = missingDates(calendar, ran, addDays(all[40]!, 1));
        expect([...ran, ...missing].toSorted()).toEqual(all.slice(Math.min(...places)));
      }),
    );
  });
});
