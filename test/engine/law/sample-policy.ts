import { isoDate } from '#engine/iso-date.ts';
import type { Policy, PolicyStep } from '#engine/claims/policy.ts';

const afterDue = (days: number): PolicyStep['trigger'] => ({ after: 'due', days, calendar: 'calendar' });

/** Reminder, demand, assessment on +5, +21, +33: the Swedish consumer's timetable of reference/collection-rules.md §14.4. */
export const reminder: PolicyStep = {
  document: 'reminder',
  trigger: afterDue(5),
  deadlineDays: 10,
  feeAmount: 6_000n,
  compensation: false,
};
export const demand: PolicyStep = {
  document: 'demand',
  trigger: afterDue(21),
  deadlineDays: 10,
  feeAmount: 18_000n,
  compensation: false,
};
export const handover: PolicyStep = { ...demand, document: 'handover', feeAmount: 0n };
export const assessment: PolicyStep = {
  document: 'assessment',
  trigger: afterDue(33),
  deadlineDays: 0,
  feeAmount: 0n,
  compensation: false,
};

export const consumerPolicy: Policy = {
  country: 'SE',
  debtorClass: 'consumer',
  claimKind: 'contract',
  currency: 'SEK',
  validFrom: isoDate('2026-01-01'),
  bookingGraceBankDays: 2,
  collectionGraceBankDays: 4,
  interest: { rate: { kind: 'statutory' }, dayCount: 'ACT/365F', claim: 'from-reminder', minimumAmount: 0n },
  toleranceAmount: 1_000n,
  minimumClaimAmount: 10_000n,
  steps: [reminder, demand, assessment],
  acknowledged: [],
};

/** The same days with compensation from the reminder on and no fees. */
export const businessPolicy: Policy = {
  ...consumerPolicy,
  debtorClass: 'business',
  steps: [{ ...reminder, feeAmount: 0n, compensation: true }, { ...demand, feeAmount: 0n }, assessment],
};
