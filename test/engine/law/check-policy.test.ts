import { describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { decimal } from '#engine/decimal.ts';
import { isoDate } from '#engine/iso-date.ts';
import { checkPolicy, forbidding } from '#engine/claims/policy-rules.ts';
import type { Policy } from '#engine/claims/policy.ts';
import { assessment, businessPolicy, consumerPolicy, demand, handover, reminder } from './sample-policy.ts';
import type { PolicyContext } from '#engine/claims/legal-rules.ts';

const context: PolicyContext = { rules: sweden, licensed: true, agreedReminderFeeAmount: 6_000n };
const on = isoDate('2026-11-22');
const withSteps = (...steps: Policy['steps']): Policy => ({ ...consumerPolicy, steps });

/** `SE-01 error steps.0.feeAmount` */
const found = (policy: Policy, given: Partial<PolicyContext> = {}, date = on): readonly string[] =>
  checkPolicy(policy, { ...context, ...given }, date).map(({ rule, severity, path }) => `${rule} ${severity} ${path.join('.')}`);

describe('a policy within the law', () => {
  test.each([
    ['of consumers', consumerPolicy],
    ['of businesses', businessPolicy],
    ['with a hand-over', withSteps(reminder, handover, assessment)],
    [
      'with the law’s very bounds',
      withSteps({ ...reminder, trigger: { ...reminder.trigger, days: 1 } }, { ...demand, deadlineDays: 8 }),
    ],
    ['with free reminders', withSteps(reminder, { ...reminder, feeAmount: 0n }, handover)],
  ])('%s has no findings', (_name, policy) => expect(found(policy)).toEqual([]));
});

describe('each rule is provoked alone', () => {
  const bank = { calendar: 'bank' as const };
  const many = [1, 2, 3, 4].map((days) => ({
    ...reminder,
    feeAmount: 0n,
    deadlineDays: 1,
    trigger: { after: days === 1 ? ('due' as const) : ('previous-deadline' as const), days, ...bank },
  }));
  test.each<readonly [string, Policy, Partial<PolicyContext>, readonly string[]]>([
    ['a hand-over with a fee', withSteps(reminder, { ...handover, feeAmount: 1n }), {}, ['X-01 error steps.1.feeAmount']],
    ['a reminder without time', withSteps({ ...reminder, deadlineDays: 0 }), {}, ['X-01 error steps.0.deadlineDays']],
    ['a fee in a currency without bounds', { ...withSteps(reminder), currency: 'EUR' }, {}, ['X-01 error steps.0.feeAmount']],
    [
      'a letter on the due date',
      withSteps({ ...reminder, trigger: { ...reminder.trigger, days: 0 } }),
      {},
      ['X-02 error steps.0.trigger'],
    ],
    ['too short a grace', { ...consumerPolicy, bookingGraceBankDays: 1 }, {}, ['X-02 warning bookingGraceBankDays']],
    [
      'too short a grace after a demand',
      { ...consumerPolicy, collectionGraceBankDays: 3 },
      {},
      ['X-02 warning collectionGraceBankDays'],
    ],
    [
      'a first step after nothing',
      withSteps({ ...reminder, trigger: { ...reminder.trigger, after: 'previous-dispatch' } }),
      {},
      ['X-03 error steps.0.trigger'],
    ],
    ['a sector without recorded rules', { ...consumerPolicy, claimKind: 'parking' }, {}, ['X-05 error claimKind']],
    ['a demand without licence', consumerPolicy, { licensed: false }, ['X-06 error steps.1.document']],
    [
      'interest of more than statutory + 8 from a consumer',
      { ...consumerPolicy, interest: { ...consumerPolicy.interest, rate: { kind: 'contract', percent: decimal('18.01') } } },
      {},
      ['X-08 warning interest'],
    ],
    ['hardly worth a letter', { ...consumerPolicy, minimumClaimAmount: 9_999n }, {}, ['X-10 warning minimumClaimAmount']],
    ['four letters within thirty days', withSteps(...many), {}, ['X-11 warning steps']],
    ['a fee above the cap', withSteps({ ...reminder, feeAmount: 6_001n }), {}, ['SE-01 error steps.0.feeAmount']],
    [
      'a fee that nobody agreed to',
      withSteps(reminder),
      { agreedReminderFeeAmount: undefined },
      ['SE-01 error steps.0.feeAmount'],
    ],
    ['a fee above the agreed one', withSteps(reminder), { agreedReminderFeeAmount: 5_999n }, ['SE-01 error steps.0.feeAmount']],
    ['two reminders with a fee', withSteps(reminder, reminder), {}, ['SE-02 error steps.1.feeAmount']],
    ['a collection fee above the cap', withSteps({ ...demand, feeAmount: 18_001n }), {}, ['SE-03 error steps.0.feeAmount']],
    ['a demand of seven days', withSteps({ ...demand, deadlineDays: 7 }), {}, ['SE-03 error steps.0.deadlineDays']],
    [
      'compensation from a consumer',
      withSteps({ ...reminder, feeAmount: 0n, compensation: true }),
      {},
      ['SE-04 error steps.0.compensation'],
    ],
    [
      'compensation together with a fee',
      { ...businessPolicy, steps: [...businessPolicy.steps.slice(0, 1), demand] },
      {},
      ['SE-04 error steps.0.compensation'],
    ],
  ])('%s', (_name, policy, given, expected) => expect(found(policy, given)).toEqual(expected));

  test('the fee of an unreviewed regime (X-09)', () => {
    expect(found(withSteps(reminder), {}, isoDate('2027-06-30'))).toEqual([]);
    expect(found(withSteps(reminder), {}, isoDate('2027-07-01'))).toEqual(['X-09 error steps.0.feeAmount']);
    expect(found(withSteps({ ...reminder, feeAmount: 0n }), {}, isoDate('2027-07-01'))).toEqual([]);
  });

  test('the severity of a second fee is data (SE-02)', () => {
    const { reminder: act } = sweden.acts;
    const number = { ...act.fee.number, broken: { ...act.fee.number.broken, severity: 'warning' as const } };
    const rules = { ...sweden, acts: { ...sweden.acts, reminder: { ...act, fee: { ...act.fee, number } } } };
    expect(found(withSteps(reminder, reminder), { rules })).toEqual(['SE-02 warning steps.1.feeAmount']);
  });

  test('a fee before the law knew any (X-05)', () => {
    const early = isoDate('2003-06-30');
    expect(found(withSteps(reminder), {}, early)).toEqual(['X-05 error steps.0.feeAmount']);
    expect(found(withSteps(reminder), {}, isoDate('2013-03-15'))).toEqual(['SE-01 error steps.0.feeAmount']);
  });
});

describe('what forbids a policy', () => {
  const policy: Policy = { ...consumerPolicy, minimumClaimAmount: 0n, bookingGraceBankDays: 0 };
  const findings = checkPolicy(policy, { ...context, licensed: false }, on);
  const rules = (given: Policy) => forbidding(findings, given).map(({ rule }) => rule);
  const by = { by: 'Driften', on };

  test('an error, and a warning that nobody has taken upon themselves', () => {
    expect(rules(policy)).toEqual(['X-02', 'X-06', 'X-10']);
    expect(rules({ ...policy, acknowledged: [{ rule: 'X-10', ...by }] })).toEqual(['X-02', 'X-06']);
  });

  test('an error cannot be acknowledged away', () => {
    const acknowledged = (['X-02', 'X-06', 'X-10'] as const).map((rule) => ({ rule, ...by }));
    expect(rules({ ...policy, acknowledged })).toEqual(['X-06']);
  });
});

test('every finding says what to do', () => {
  const wrong: Policy = { ...consumerPolicy, claimKind: 'rent', minimumClaimAmount: 0n, steps: [demand, reminder, reminder] };
  for (const { message, hint } of checkPolicy(wrong, { ...context, licensed: false }, on)) {
    expect(message).toMatch(/^[A-Z].*\.$/);
    expect(hint).toMatch(/^[A-Z].*\.$/);
  }
});
