import { sweden } from '#engine/countries/se/sweden.ts';
import { decimal } from '#engine/decimal.ts';
import { isoDate } from '#engine/iso-date.ts';
import { interestRates } from '#engine/claims/interest-rates.ts';
import { lateInterest, type Interest } from '#engine/claims/interest.ts';
import { demandItems, type CaseFacts, type ProposedStep } from '#engine/claims/legal-rules.ts';

const rates = interestRates({ kind: 'statutory' }, sweden, { debtorClass: 'consumer', dueDate: isoDate('2026-09-01') });
export const interestTo = (
  lastDay: string,
  question: { readonly amount?: bigint; readonly firstDay?: string } = {},
): Interest => {
  const firstDay = isoDate(question.firstDay ?? '2026-09-02');
  return lateInterest({
    principal: [{ from: firstDay, amount: question.amount ?? 125_000n }],
    firstDay,
    lastDay: isoDate(lastDay),
    rates,
    dayCount: 'ACT/365F',
    mode: 'provisional',
  });
};

/** A consumer's claim of 1 250.00, due Tuesday 1 September 2026. */
export const facts: CaseFacts = {
  debtorClass: 'consumer',
  claimKind: 'contract',
  dueDate: isoDate('2026-09-01'),
  dueDateAgreed: true,
  invoiceDispatchDate: isoDate('2026-08-01'),
  interestNoticeDate: isoDate('2026-08-01'),
  agreedReminderFeeAmount: 6_000n,
  principalAmount: 125_000n,
  remainingPrincipalAmount: 125_000n,
  unpaidFeesAmount: 0n,
  assigned: false,
  states: [],
  letters: [],
};
export const businessFacts: CaseFacts = { ...facts, debtorClass: 'business' };

export const proposedReminder: ProposedStep = {
  document: 'reminder',
  date: isoDate('2026-09-07'),
  deadline: isoDate('2026-09-17'),
  feeAmount: 6_000n,
  compensationAmount: 0n,
  interest: interestTo('2026-09-07'),
  contents: [],
  text: 'Betala senast den 17 september. Annars lämnas fordran till ett inkassobolag.',
  unmergedLetters: 0,
};
export const sentReminder = {
  document: 'reminder' as const,
  dispatchDate: isoDate('2026-09-07'),
  deadline: isoDate('2026-09-17'),
  feeAmount: 6_000n,
  compensationAmount: 0n,
};
export const reminded: CaseFacts = { ...facts, unpaidFeesAmount: 6_000n, letters: [sentReminder] };
export const proposedDemand: ProposedStep = {
  ...proposedReminder,
  document: 'demand',
  date: isoDate('2026-09-22'),
  deadline: isoDate('2026-10-02'),
  feeAmount: 18_000n,
  interest: interestTo('2026-09-22'),
  contents: demandItems.filter((item) => item !== 'assignment'),
};
export const sentDemand = {
  document: 'demand' as const,
  dispatchDate: isoDate('2026-09-22'),
  deadline: isoDate('2026-10-02'),
  feeAmount: 18_000n,
  compensationAmount: 0n,
};
export const demanded: CaseFacts = { ...reminded, unpaidFeesAmount: 24_000n, letters: [sentReminder, sentDemand] };
export const proposedApplication: ProposedStep = {
  document: 'application',
  date: isoDate('2026-10-09'),
  feeAmount: 0n,
  compensationAmount: 0n,
  interest: interestTo('2026-10-09'),
  contents: [],
  text: '',
  unmergedLetters: 0,
  application: { applicationFeeAmount: 30_000n, agentFeeAmount: 38_000n },
};
export const proposedPlan: ProposedStep = {
  ...proposedReminder,
  document: 'plan',
  date: isoDate('2026-09-24'),
  deadline: isoDate('2026-10-30'),
  feeAmount: 17_000n,
  plan: { written: true, complete: true },
};
export const proposedHandover: ProposedStep = { ...proposedDemand, document: 'handover', feeAmount: 0n, contents: [] };
export const proposedAssessment: ProposedStep = {
  ...proposedDemand,
  document: 'assessment',
  date: isoDate('2026-10-05'),
  feeAmount: 0n,
};
export const freeReminder: ProposedStep = { ...proposedReminder, feeAmount: 0n };
export const compensated: ProposedStep = { ...freeReminder, compensationAmount: 45_000n };

export function withoutInterest({ interest: _interest, ...proposed }: ProposedStep): ProposedStep {
  return proposed;
}

export function at(proposed: ProposedStep, date: string): ProposedStep {
  return { ...proposed, date: isoDate(date) };
}

export function withRate(percent: string): ProposedStep {
  const interest = interestTo('2026-09-07');
  return {
    ...proposedReminder,
    interest: { ...interest, periods: interest.periods.map((period) => ({ ...period, percent: decimal(percent) })) },
  };
}

export function unconfirmedInvoice(): CaseFacts {
  const { invoiceDispatchDate: _dispatch, ...rest } = facts;
  return rest;
}

export function withoutAgreedFee(): CaseFacts {
  const { agreedReminderFeeAmount: _fee, ...rest } = facts;
  return rest;
}

export function notTold(): CaseFacts {
  const { interestNoticeDate: _notice, ...rest } = facts;
  return { ...rest, dueDateAgreed: false };
}
