import { sweden } from '#engine/countries/se/sweden.ts';
import { isoDate, type IsoDate } from '#engine/iso-date.ts';
import type { Policy } from '#engine/claims/policy.ts';
import type { Receivable, TakenStep } from '#engine/claims/receivable.ts';
import { decideStep } from '#engine/claims/decide-step.ts';
import { runTerms, type RunTerms } from '#engine/claims/decision.ts';
import type { Decision } from '#engine/claims/claimed-amounts.ts';

/** An invoice of 1,250.00, due Tuesday 1 September 2026, dispatched when it was issued, nothing paid. */
export const receivable: Receivable = {
  id: 1n,
  client: 'provet',
  invoiceNumber: 'R-1',
  agreementVersion: 1,
  debtor: { id: 7n, number: 'D1', name: 'Påhittad Person', class: 'consumer' },
  currency: 'SEK',
  principalAmount: 1250_00n,
  issueDate: isoDate('2026-08-03'),
  dueDate: isoDate('2026-09-01'),
  dispatchedOn: isoDate('2026-08-04'),
  open: { principal: 1250_00n, interest: 0n, reminderFee: 0n, collectionFee: 0n, compensation: 0n },
  principalHistory: [{ from: isoDate('2026-08-03'), amount: 1250_00n }],
  interestClaimedAmount: 0n,
  holds: [],
  steps: [],
};

/** The reminder of 7 September, put into the post that day. */
export const reminded: TakenStep = {
  level: 1,
  kind: 'reminder',
  businessDate: isoDate('2026-09-07'),
  dispatchedOn: isoDate('2026-09-07'),
  deadline: isoDate('2026-09-17'),
  reminderFeeAmount: 60_00n,
  collectionFeeAmount: 0n,
  compensationAmount: 0n,
};

export const termsUnder = (policy: Policy, changes: Partial<Omit<RunTerms, 'ratesOf'>> = {}): RunTerms =>
  runTerms({
    policy,
    rules: sweden,
    dueDateAgreed: true,
    agreedReminderFeeAmount: 60_00n,
    assigned: false,
    licensed: true,
    ...changes,
  });

/** Decides for a run on its own day. */
export const decide = (item: Receivable, terms: RunTerms, date: string, today = date): Decision =>
  decideStep(item, terms, { businessDate: isoDate(date), dispatchDate: isoDate(today) });

/** A decision in one line: what a table of cases compares. */
export function lineOf(decision: Decision): string {
  if (decision.outcome === 'skip') return decision.rule === 'law' ? `law ${decision.because.at(-1)?.facts['id']}` : decision.rule;
  const { document, level, deadline, amounts } = decision.step;
  const { principal, reminderFee: fee, collectionFee: cost, compensation: fixed, interest } = amounts;
  return [
    `${document} ${level}`,
    deadline ?? '-',
    `capital ${principal}`,
    `fee ${fee + cost}`,
    `compensation ${fixed}`,
    `interest ${interest}`,
  ].join(', ');
}

export const on = (date: string): IsoDate => isoDate(date);
