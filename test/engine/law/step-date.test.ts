import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { addBankDays, isBankDay } from '#engine/bank-days.ts';
import { addDays, daysBetween, isoDate, type IsoDate } from '#engine/iso-date.ts';
import { checkStep } from '#engine/claims/step-rules.ts';
import { demandItems, type ProposedStep, type SentLetter } from '#engine/claims/legal-rules.ts';
import type { Policy, PolicyStep } from '#engine/claims/policy.ts';
import { filingDate, planSchedule, stepDate, stepDeadline, type DoneStep } from '#engine/claims/step-date.ts';
import { assessment, businessPolicy, consumerPolicy, demand, handover, reminder } from './sample-policy.ts';
import { facts, freeReminder, withoutInterest } from './sample-steps.ts';

const schedule = (policy: Policy, due: string): readonly string[] =>
  planSchedule(policy, isoDate(due), sweden).map(({ document, date, deadline }) =>
    [document, date, ...(deadline === undefined ? [] : [deadline])].join(' '),
  );
const handoverPolicy: Policy = { ...consumerPolicy, steps: [reminder, handover, assessment] };

describe('the timetables of reference/collection-rules.md §14.4, due Tuesday 1 September 2026', () => {
  const expected = ['reminder 2026-09-07 2026-09-17', 'demand 2026-09-22 2026-10-02'];

  test('of a consumer', () => expect(schedule(consumerPolicy, '2026-09-01').slice(0, 2)).toEqual(expected));
  test('of a business', () => expect(schedule(businessPolicy, '2026-09-01').slice(0, 2)).toEqual(expected));

  test('an application can be filed on Friday 9 October, 38 days after the due date', () => {
    const earliest = filingDate(consumerPolicy, isoDate('2026-10-02'), sweden);
    expect([earliest, daysBetween(isoDate('2026-09-01'), earliest)]).toEqual(['2026-10-09', 38]);
  });

  test('the shortest demand of that day ends on +30: eight days from dispatch, four bank days from receipt (§14.1)', () => {
    expect(stepDeadline({ ...demand, deadlineDays: 8 }, isoDate('2026-09-22'), sweden)).toBe('2026-10-01');
  });
});

describe('0, +5, +21, +33 (F41), due 1 October 2026', () => {
  test.each([
    [
      'the bureau’s own demand',
      consumerPolicy,
      ['reminder 2026-10-06 2026-10-16', 'demand 2026-10-22 2026-11-02', 'assessment 2026-11-03'],
    ],
    [
      'a hand-over',
      handoverPolicy,
      ['reminder 2026-10-06 2026-10-16', 'handover 2026-10-22 2026-11-02', 'assessment 2026-11-03'],
    ],
  ] as const)('with %s', (_name, policy, expected) => expect(schedule(policy, '2026-10-01')).toEqual([...expected]));

  const dueDate = isoDate('2026-10-01');
  const late = (dispatched: string): DoneStep => {
    const dispatchDate = isoDate(dispatched);
    return { document: 'reminder', dispatchDate, deadline: stepDeadline(reminder, dispatchDate, sweden)! };
  };
  const next = (done: readonly DoneStep[]) => stepDate({ policy: consumerPolicy, step: done.length, dueDate, done }, sweden);

  test.each([
    // A reminder of Saturday 10 October gives time to Tuesday 20; its grace ends on Thursday 22.
    ['2026-10-10', '2026-10-20', '2026-10-23'],
    ['2026-10-20', '2026-10-30', '2026-11-04'],
    // All Saints' and weekends: 31 October + 10 is a Tuesday; 11 and 12 November are its grace.
    ['2026-10-31', '2026-11-10', '2026-11-13'],
  ])('a reminder sent as late as %s has a term to %s and moves the demand to %s', (dispatched, deadline, demanded) => {
    const done = late(dispatched);
    expect(done.deadline).toBe(deadline);
    expect(next([done])?.date).toBe(demanded);
  });

  test('a letter that lay with the print house gives its ten days from the post, whatever date it prints', () => {
    const printed = { document: 'reminder' as const, deadline: isoDate('2026-10-16') };
    expect(next([{ ...printed, dispatchDate: isoDate('2026-10-06') }])?.date).toBe('2026-10-22');
    // Ten days from Wednesday 14 October end on Saturday 24; its grace is Monday and Tuesday.
    expect(next([{ ...printed, dispatchDate: isoDate('2026-10-14') }])?.date).toBe('2026-10-28');
  });

  test('a demand that is late moves the assessment behind its term', () => {
    const done = [
      late('2026-10-20'),
      { document: 'demand' as const, dispatchDate: isoDate('2026-11-04'), deadline: isoDate('2026-11-16') },
    ];
    expect(next(done)?.date).toBe('2026-11-17');
  });

  test('every bound is told, for those who ask why', () => {
    expect(next([late('2026-10-10')])?.bounds).toEqual([
      { reason: 'trigger', date: '2026-10-22' },
      { reason: 'after-due-and-grace', date: '2026-10-06' },
      { reason: 'after-deadline-and-grace', date: '2026-10-23' },
    ]);
  });

  test('nothing follows a letter whose dispatch is not confirmed (X-03)', () => {
    expect(next([{ document: 'reminder' }])).toBeUndefined();
  });

  test('a step that the policy does not have is our mistake', () => {
    expect(() => stepDate({ policy: consumerPolicy, step: 3, dueDate, done: [] }, sweden)).toThrow(RangeError);
  });
});

describe('triggers', () => {
  const step = (after: PolicyStep['trigger']['after'], days: number, calendar: 'calendar' | 'bank' = 'calendar'): PolicyStep => ({
    ...handover,
    trigger: { after, days, calendar },
  });
  const dateOf = (second: PolicyStep, done: DoneStep) =>
    stepDate(
      { policy: { ...consumerPolicy, steps: [reminder, second] }, step: 1, dueDate: isoDate('2026-10-01'), done: [done] },
      sweden,
    )?.date;
  const done: DoneStep = { document: 'reminder', dispatchDate: isoDate('2026-10-06'), deadline: isoDate('2026-10-16') };

  test.each([
    ['days after dispatch', step('previous-dispatch', 20), '2026-10-26'],
    ['days after the deadline', step('previous-deadline', 10), '2026-10-26'],
    ['bank days after the deadline', step('previous-deadline', 10, 'bank'), '2026-10-30'],
    ['never within the term', step('previous-dispatch', 1), '2026-10-21'],
    ['never on a Saturday', step('due', 23), '2026-10-26'],
  ])('%s', (_name, second, expected) => expect(dateOf(second, done)).toBe(expected));

  test('a step before that gave no time is followed on the next day at the earliest', () => {
    expect(dateOf(step('previous-deadline', 0), { document: 'write-off', dispatchDate: isoDate('2026-10-06') })).toBe(
      '2026-10-07',
    );
  });

  test('Christmas and New Year are waited out', () => {
    // Due Monday 21 December 2026: grace 22 and 23; +5 is Saturday 26.
    expect(schedule(consumerPolicy, '2026-12-21')).toEqual([
      'reminder 2026-12-28 2027-01-07',
      // Grace after Thursday 7 January: 8 and 11.
      'demand 2027-01-12 2027-01-22',
      'assessment 2027-01-25',
    ]);
  });
});

const asDone = ({ document, dispatchDate, deadline }: SentLetter): DoneStep => ({
  document,
  ...(dispatchDate ? { dispatchDate } : {}),
  ...(deadline ? { deadline } : {}),
});

function withoutDeadline({ deadline: _deadline, ...proposed }: ProposedStep): ProposedStep {
  return proposed;
}

describe('always', () => {
  const steps = fc.array(
    fc.record({
      document: fc.constantFrom('reminder' as const, 'demand' as const, 'handover' as const, 'assessment' as const),
      trigger: fc.record({
        after: fc.constantFrom('due' as const, 'previous-dispatch' as const, 'previous-deadline' as const),
        days: fc.nat(40),
        calendar: fc.constantFrom('calendar' as const, 'bank' as const),
      }),
      deadlineDays: fc.nat(30),
      feeAmount: fc.constant(0n),
      compensation: fc.constant(false),
    }),
    { minLength: 1, maxLength: 5 },
  );
  const graces = fc.record({ bookingGraceBankDays: fc.nat(5), collectionGraceBankDays: fc.nat(5) });
  const day = fc.nat(2000).map((offset) => addDays(isoDate('2022-01-01'), offset));
  const delays = fc.array(fc.nat(20), { minLength: 5, maxLength: 5 });

  test('the debtor’s term is never shortened, however late each step was', () => {
    fc.assert(
      fc.property(steps, graces, day, delays, (list, grace, dueDate, late) => {
        const policy: Policy = { ...consumerPolicy, ...grace, steps: list };
        const done: DoneStep[] = [];
        for (const [index, step] of list.entries()) {
          const { date } = stepDate({ policy, step: index, dueDate, done }, sweden)!;
          expect(isBankDay(sweden.bankCalendar, date)).toBe(true);
          const before = done.at(-1);
          if (before) expect(date > (before.deadline ?? before.dispatchDate!)).toBe(true);
          if (step.document === 'reminder' || step.document === 'demand')
            expect(date > addBankDays(sweden.bankCalendar, dueDate, grace.bookingGraceBankDays)).toBe(true);
          const dispatchDate = addDays(date, late[index]!);
          const deadline = stepDeadline(step, dispatchDate, sweden);
          if (deadline) expect(daysBetween(dispatchDate, deadline)).toBeGreaterThanOrEqual(step.deadlineDays);
          if (deadline && step.document === 'demand') expect(daysBetween(dispatchDate, deadline)).toBeGreaterThanOrEqual(8);
          done.push({ document: step.document, dispatchDate, ...(deadline ? { deadline } : {}) });
        }
      }),
    );
  });

  test('a step on its first day, with the deadline made for it, breaks no rule of time', () => {
    fc.assert(
      fc.property(steps, graces, day, delays, (list, grace, dueDate, late) => {
        const policy: Policy = { ...consumerPolicy, ...grace, steps: list };
        const letters: SentLetter[] = [];
        for (const [index, step] of list.entries()) {
          const { date } = stepDate({ policy, step: index, dueDate, done: letters.map(asDone) }, sweden)!;
          const deadline = stepDeadline(step, addDays(date, late[index]!), sweden);
          const sent = { document: step.document, ...(deadline ? { deadline } : {}), feeAmount: 0n, compensationAmount: 0n };
          const proposed = { ...freeReminder, ...sent, date: addDays(date, late[index]!), contents: demandItems };
          const found = checkStep({
            policy,
            facts: { ...facts, dueDate, letters },
            proposed: withoutInterest(deadline ? proposed : withoutDeadline(proposed)),
            rules: sweden,
            licensed: true,
          });
          const time = found.filter(({ rule }) => ['X-02', 'X-03', 'X-13', 'SE-03'].includes(rule));
          expect(time).toEqual([]);
          letters.push({ ...sent, dispatchDate: addDays(date, late[index]!) });
        }
      }),
    );
  });

  test('a later step before never gives an earlier step after', () => {
    fc.assert(
      fc.property(day, fc.nat(60), fc.nat(60), (dueDate, a, b) => {
        const dateAfter = (delay: number): IsoDate => {
          const dispatchDate = addDays(dueDate, 5 + delay);
          const deadline = stepDeadline(reminder, dispatchDate, sweden)!;
          return stepDate(
            { policy: consumerPolicy, step: 1, dueDate, done: [{ document: 'reminder', dispatchDate, deadline }] },
            sweden,
          )!.date;
        };
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(dateAfter(less) <= dateAfter(more)).toBe(true);
      }),
    );
  });
});
