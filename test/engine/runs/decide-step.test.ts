import { describe, expect, test } from 'vitest';
import type { Hold, Receivable } from '#engine/claims/receivable.ts';
import { businessPolicy, consumerPolicy, reminder } from '../law/sample-policy.ts';
import { decide, lineOf, on, receivable, reminded, termsUnder } from './sample-receivable.ts';

const consumer = termsUnder(consumerPolicy);
const business = termsUnder(businessPolicy);
const open = (principal: bigint, rest: Partial<Receivable['open']> = {}): Partial<Receivable> => ({
  open: { ...receivable.open, principal, ...rest },
});
const hold = (part: Partial<Hold>): Hold => ({ id: 1n, kind: 'block', from: on('2026-08-20'), interestRuns: true, ...part });

/** Interest by hand: 1250.00 × 10 % × days ÷ 365; six days from 2 September are 2.05, twenty-one 7.19. */
const REMINDER = 'reminder 1, 2026-09-17, capital 125000, fee 6000, compensation 0, interest 205';

describe('a consumer’s claim, due Tuesday 1 September 2026', () => {
  test.each<readonly [name: string, changes: Partial<Receivable>, date: string, expected: string]>([
    ['on its due date', {}, '2026-09-01', 'not-due'],
    ['the day after', {}, '2026-09-02', 'awaits-date'],
    // Five days are Sunday the 6th, moved to Monday.
    ['on the last bank day before the step', {}, '2026-09-04', 'awaits-date'],
    ['on the step’s day', {}, '2026-09-07', REMINDER],
    ['paid', open(0n), '2026-09-07', 'settled'],
    ['overpaid', open(-5n), '2026-09-07', 'settled'],
    ['within the tolerance', open(10_00n), '2026-09-07', 'within-tolerance'],
    ['an öre above the tolerance', open(10_01n), '2026-09-07', 'below-minimum'],
    ['below what is worth a letter', open(99_99n), '2026-09-07', 'below-minimum'],
    [
      'worth a letter just so',
      { ...open(100_00n), principalHistory: [{ from: on('2026-08-03'), amount: 100_00n }] },
      '2026-09-07',
      'reminder 1, 2026-09-17, capital 10000, fee 6000, compensation 0, interest 16',
    ],
    ['only costs left', open(0n, { reminderFee: 60_00n }), '2026-09-22', 'costs-only'],
    ['an invoice whose dispatch nobody has confirmed', { dispatchedOn: undefined as never }, '2026-09-07', 'awaits-dispatch'],
    ['a step taken on the same date', { steps: [reminded] }, '2026-09-07', 'step-taken-today'],
    [
      'a reminder not yet confirmed',
      { steps: [{ ...reminded, dispatchedOn: undefined as never }] },
      '2026-09-22',
      'awaits-dispatch',
    ],
    ['the day before the demand', { steps: [reminded] }, '2026-09-21', 'awaits-date'],
    [
      'the day of the demand',
      { steps: [reminded], ...open(1250_00n, { reminderFee: 60_00n, interest: 2_05n }), interestClaimedAmount: 2_05n },
      '2026-09-22',
      // Twenty-one days of interest are 7.19, of which 2.05 are claimed.
      'demand 2, 2026-10-02, capital 125000, fee 18000, compensation 0, interest 514',
    ],
    [
      'after every step',
      {
        steps: [
          reminded,
          { ...reminded, level: 2, kind: 'demand', businessDate: on('2026-09-22') },
          { ...reminded, level: 3, kind: 'assessment', businessDate: on('2026-10-20') },
        ],
      },
      '2026-12-01',
      'timetable-ended',
    ],
  ])('%s', (_name, changes, date, expected) =>
    expect(lineOf(decide({ ...receivable, ...changes }, consumer, date))).toBe(expected),
  );
});

describe('holds (F50, F51, X-04)', () => {
  test.each<readonly [name: string, holds: readonly Hold[], date: string, expected: string]>([
    ['a block', [hold({ category: 'deceased' })], '2026-09-07', 'held'],
    ['a block released before', [hold({ releasedOn: on('2026-09-03') })], '2026-09-07', REMINDER],
    ['a block released on the very day', [hold({ releasedOn: on('2026-09-07') })], '2026-09-07', REMINDER],
    ['a deferment on its last day', [hold({ kind: 'deferment', until: on('2026-11-30') })], '2026-11-30', 'held'],
    // F51: deferred to 30 November, so not in runs until five days after it: Saturday the 5th, moved to Monday.
    ['the first days after a deferment', [hold({ kind: 'deferment', until: on('2026-11-30') })], '2026-12-04', 'awaits-date'],
    [
      'five days after a deferment, interest running on',
      [hold({ kind: 'deferment', until: on('2026-11-30') })],
      '2026-12-07',
      // 97 days from 2 September to 7 December: 1250 × 10 % × 97 ÷ 365 = 33.219…
      'reminder 1, 2026-12-17, capital 125000, fee 6000, compensation 0, interest 3322',
    ],
    [
      'five days after a deferment without interest',
      [hold({ kind: 'deferment', until: on('2026-11-30'), interestRuns: false })],
      '2026-12-07',
      // Seven days, 1–7 December: 2.397…
      'reminder 1, 2026-12-17, capital 125000, fee 6000, compensation 0, interest 240',
    ],
    ['a promise', [hold({ kind: 'promise', until: on('2026-09-15') })], '2026-09-15', 'held'],
    ['a dispute of the whole', [hold({ kind: 'dispute', category: 'DEFECT' })], '2026-09-07', 'held'],
    [
      'a dispute of 400.00',
      [hold({ kind: 'dispute', amount: 400_00n, category: 'PRICE' })],
      '2026-09-07',
      // 850.00 × 10 % × 6 ÷ 365 = 1.397…
      'reminder 1, 2026-09-17, capital 85000, fee 6000, compensation 0, interest 140',
    ],
    [
      'a dispute that leaves next to nothing',
      [hold({ kind: 'dispute', amount: 1200_00n, category: 'PRICE' })],
      '2026-09-07',
      'disputed',
    ],
    [
      'a dispute of the fee: the principal goes on, no fee is charged (§11)',
      [hold({ kind: 'dispute', category: 'FEE' })],
      '2026-09-07',
      'reminder 1, 2026-09-17, capital 125000, fee 0, compensation 0, interest 205',
    ],
    [
      'a dispute rejected on the 7th starts the term anew',
      [hold({ kind: 'dispute', releasedOn: on('2026-09-07'), outcome: 'rejected' })],
      '2026-09-11',
      'awaits-date',
    ],
    [
      'and the reminder comes five days later',
      [hold({ kind: 'dispute', releasedOn: on('2026-09-07'), outcome: 'rejected' })],
      '2026-09-14',
      'reminder 1, 2026-09-24, capital 125000, fee 6000, compensation 0, interest 445',
    ],
  ])('%s', (_name, holds, date, expected) => expect(lineOf(decide({ ...receivable, holds }, consumer, date))).toBe(expected));

  test('a deferment after the reminder moves the demand behind it', () => {
    const deferred = {
      ...receivable,
      steps: [reminded],
      holds: [hold({ kind: 'deferment', from: on('2026-09-14'), until: on('2026-10-09') })],
    };
    expect(lineOf(decide(deferred, consumer, '2026-10-13'))).toBe('awaits-date');
    // Friday the 9th, two bank days of grace to Tuesday the 13th.
    expect(lineOf(decide(deferred, consumer, '2026-10-14'))).toMatch(/^demand 2/);
  });
});

describe('fees (F44, SE-02, SE-04, SE-05)', () => {
  const trader = { ...receivable, debtor: { ...receivable.debtor, class: 'business' as const } };

  test('a trader owes 450.00 instead of fees, with the first letter', () => {
    expect(lineOf(decide(trader, business, '2026-09-07'))).toBe(
      'reminder 1, 2026-09-17, capital 125000, fee 0, compensation 45000, interest 205',
    );
  });

  test('and never again', () => {
    const paid = { ...trader, steps: [{ ...reminded, reminderFeeAmount: 0n, compensationAmount: 450_00n }] };
    expect(lineOf(decide(paid, business, '2026-09-22'))).toBe(
      'demand 2, 2026-10-02, capital 125000, fee 0, compensation 0, interest 719',
    );
  });

  test('not before thirty days from the invoice’s dispatch where the due date was not agreed', () => {
    const terms = termsUnder(businessPolicy, { dueDateAgreed: false });
    const sent = { ...trader, dispatchedOn: on('2026-08-20') };
    // 20 August + 30 is 19 September: neither interest nor compensation has arisen.
    expect(lineOf(decide(sent, terms, '2026-09-07'))).toBe(
      'reminder 1, 2026-09-17, capital 125000, fee 0, compensation 0, interest 0',
    );
  });

  test('a second reminder is free', () => {
    const twice = termsUnder({ ...consumerPolicy, steps: [reminder, reminder] });
    expect(lineOf(decide({ ...receivable, steps: [reminded] }, twice, '2026-09-22'))).toMatch(
      /^reminder 2, 2026-10-02, capital 125000, fee 0/,
    );
  });

  test('no fee that was not agreed when the debt arose', () => {
    const { agreedReminderFeeAmount: _, ...terms } = consumer;
    expect(lineOf(decide(receivable, terms, '2026-09-07'))).toBe('law SE-01');
  });

  test('a demand needs a licence', () => {
    expect(
      lineOf(decide({ ...receivable, steps: [reminded] }, termsUnder(consumerPolicy, { licensed: false }), '2026-09-22')),
    ).toBe('law X-06');
  });

  test('a half-year without a rate stops the letter', () => {
    expect(lineOf(decide({ ...receivable, dueDate: on('2027-06-01') }, consumer, '2027-06-21'))).toBe('law X-07');
  });
});

describe('zero to n reminders (F43)', () => {
  const demand = consumerPolicy.steps[1]!;
  const straight = termsUnder({
    ...consumerPolicy,
    steps: [{ ...demand, trigger: { after: 'due', days: 1, calendar: 'calendar' } }],
  });

  test('none: the claim goes to collection after the due date and its grace', () => {
    expect(lineOf(decide(receivable, straight, '2026-09-03'))).toBe('awaits-date');
    expect(lineOf(decide(receivable, straight, '2026-09-04'))).toMatch(/^demand 1, 2026-09-14, capital 125000, fee 18000/);
  });
});

describe('a run made up for later', () => {
  test('counts interest to its own date and the term from the day the letter can be in the post', () => {
    // Of 7 September, made on Thursday the 10th: ten days are Sunday the 20th, moved to Monday.
    expect(lineOf(decide(receivable, consumer, '2026-09-07', '2026-09-10'))).toBe(
      'reminder 1, 2026-09-21, capital 125000, fee 6000, compensation 0, interest 205',
    );
  });
});
