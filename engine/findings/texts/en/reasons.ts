import type { Reason } from '../../../claims/decision.ts';

/** A reason in words, for people: its rule, and the facts it was decided by. */
export function becauseText({ rule, facts }: Reason): string {
  const known = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return known.length === 0 ? (words[rule] ?? rule) : `${words[rule] ?? rule} (${known.join(', ')})`;
}

const words: Readonly<Partial<Record<Reason['rule'], string>>> = {
  'not-due': 'not due yet',
  settled: 'nothing is open',
  'within-tolerance': 'what is open is within the tolerance',
  'below-minimum': 'the principal is below the policy’s minimum (X-10)',
  'costs-only': 'only fees and interest are open (X-10)',
  'no-policy': 'the agreement has no policy for this class of debtors',
  held: 'a hold stands (X-04)',
  disputed: 'too much of it is disputed (X-04)',
  'timetable-ended': 'every step of the policy is taken',
  'other-run': 'the next step belongs to another run',
  'step-taken-today': 'a step was taken on this date already',
  'awaits-dispatch': 'the dispatch of what was sent before is not confirmed (X-03)',
  'awaits-date': 'the next step’s day has not come',
  law: 'the law forbids it',
  'settled-since': 'what was owed on that date is not owed now',
  'held-since': 'held since that date',
  'moved-since': 'the next step’s day has moved since that date',
  due: 'overdue',
  'undisputed-part': 'a part is disputed; the rest is demanded',
  'fees-disputed': 'the fees are disputed: none is demanded or charged',
  'step-date': 'the step’s day has come',
  'reminder-fee': 'reminder fee agreed in advance',
  'no-second-fee': 'a reminder with a fee was sent before (SE-02)',
  'fee-in-same-letter': 'another claim bears the fee of the same letter',
  'collection-fee': 'fee of a collection demand',
  compensation: 'late payment compensation',
  'compensation-not-yet': 'late payment compensation has not arisen yet (SE-05)',
  'compensation-instead-of-fees': 'compensation stands in place of fees (SE-04)',
  interest: 'late interest',
  'no-interest': 'no late interest to claim now',
  deadline: 'new date to pay',
  acknowledged: 'warnings acknowledged in the policy',
};
