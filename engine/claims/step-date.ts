import { addBankDays, bankDayOnOrAfter } from '../bank-days.ts';
import { at } from '../dated-table.ts';
import { addDays, type IsoDate } from '../iso-date.ts';
import { actOf, isLetter, presses } from './bounds.ts';
import type { Act, LegalRules, TermRule } from './legal-rules.ts';
import type { ActId, Policy, PolicyStep } from './policy.ts';

/** A step that was done: dispatch means confirmed delivery into the post or mailbox, not rendering (§1.4). */
export interface DoneStep {
  readonly document: ActId;
  /** Absent: not confirmed. */
  readonly dispatchDate?: IsoDate;
  /** As printed in the letter; of a hand-over, when the agency's time ends. */
  readonly deadline?: IsoDate;
}

export interface StepDateQuestion {
  readonly policy: Policy;
  /** Index of the step in the policy. */
  readonly step: number;
  readonly dueDate: IsoDate;
  /** The steps before it, as they were really done, in the policy's order. */
  readonly done: readonly DoneStep[];
}

/** Why a step is not taken earlier. */
export type BoundReason =
  | 'trigger'
  | 'after-due-and-grace'
  | 'after-deadline'
  | 'after-deadline-and-grace'
  | 'after-previous-step';

export interface StepDate {
  /** A bank day. */
  readonly date: IsoDate;
  /** Every lower bound, before the move to a bank day; the latest decides. */
  readonly bounds: readonly { readonly reason: BoundReason; readonly date: IsoDate }[];
}

/**
 * The first day a step may be taken: the latest of all its lower bounds, moved to a bank day (reference/collection-rules.md §14.1, F41). A
 * step that was done late moves the later ones; the term given to the debtor is never shortened. Undefined while the step before has no
 * confirmed dispatch (rule X-03).
 */
export function stepDate({ policy, step: index, dueDate, done }: StepDateQuestion, rules: LegalRules): StepDate | undefined {
  const step = policy.steps[index];
  if (step === undefined) throw new RangeError(`the policy has no step ${index}`);
  const before = done[index - 1];
  if (index > 0 && before?.dispatchDate === undefined) return undefined;
  const bounds = [
    { reason: 'trigger' as const, date: triggerDate({ step, dueDate, before }, rules) },
    ...dueBound({ policy, step, dueDate }, rules),
    ...previousBounds({ policy, index, before }, rules),
  ];
  const latest = bounds.map((bound) => bound.date).reduce((a, b) => (a < b ? b : a));
  return { date: bankDayOnOrAfter(rules.bankCalendar, latest), bounds };
}

type Bounds = StepDate['bounds'];

function triggerDate(
  { step: { trigger }, dueDate, before }: { step: PolicyStep; dueDate: IsoDate; before: DoneStep | undefined },
  { bankCalendar }: LegalRules,
): IsoDate {
  const base =
    trigger.after === 'due'
      ? dueDate
      : trigger.after === 'previous-dispatch'
        ? before?.dispatchDate
        : (before?.deadline ?? before?.dispatchDate);
  const start = base ?? dueDate;
  return trigger.calendar === 'bank' ? addBankDays(bankCalendar, start, trigger.days) : addDays(start, trigger.days);
}

/** Nobody is pressed before payments of the last day can be booked (rule X-02). */
function dueBound({ policy, step, dueDate }: { policy: Policy; step: PolicyStep; dueDate: IsoDate }, rules: LegalRules): Bounds {
  const act = actOf(rules, step.document);
  if (!isLetter(act) && !presses(act)) return [];
  const graceEnds = addBankDays(rules.bankCalendar, dueDate, policy.bookingGraceBankDays);
  return [{ reason: 'after-due-and-grace', date: addDays(graceEnds, 1) }];
}

/** An assessment only prepares, so it waits for the term and not for the grace (§14.1). */
function previousBounds(
  { policy, index, before }: { policy: Policy; index: number; before: DoneStep | undefined },
  rules: LegalRules,
): Bounds {
  if (before?.dispatchDate === undefined) return [];
  if (before.deadline === undefined) return [{ reason: 'after-previous-step', date: addDays(before.dispatchDate, 1) }];
  // A letter that went into the post later than its date still gives its days from then on (F41).
  const given = addDays(before.dispatchDate, policy.steps[index - 1]?.deadlineDays ?? 0);
  const deadline = given > before.deadline ? given : before.deadline;
  const step = policy.steps[index];
  if (step !== undefined && actOf(rules, step.document).does === 'assessment')
    return [{ reason: 'after-deadline', date: addDays(deadline, 1) }];
  return [
    {
      reason: 'after-deadline-and-grace',
      date: afterDeadline(deadline, graceBankDays(policy, actOf(rules, before.document)), rules),
    },
  ];
}

/** The day after the bank days that payments of the last day are waited for. */
const afterDeadline = (deadline: IsoDate, grace: number, { bankCalendar }: LegalRules): IsoDate =>
  addDays(addBankDays(bankCalendar, deadline, grace), 1);

/** How long payments of an act's last day are waited for. */
export const graceBankDays = (policy: Policy, { grace }: Act): number =>
  grace === 'collection' ? policy.collectionGraceBankDays : policy.bookingGraceBankDays;

/** The first day on which an application may be filed after a demand: its deadline, the grace, then the next bank day (rule SE-06). */
export const filingDate = (policy: Policy, demandDeadline: IsoDate, rules: LegalRules): IsoDate =>
  bankDayOnOrAfter(rules.bankCalendar, afterDeadline(demandDeadline, policy.collectionGraceBankDays, rules));

/**
 * The last day to pay that a letter dispatched on a day gives: the policy's days, or the law's if those are more, moved out to a bank day
 * (rules SE-03 and X-13). Undefined for a step that gives no time.
 */
export function stepDeadline(step: PolicyStep, dispatchDate: IsoDate, rules: LegalRules): IsoDate | undefined {
  if (step.deadlineDays === 0) return undefined;
  const wanted = addDays(dispatchDate, step.deadlineDays);
  const { term } = actOf(rules, step.document);
  const latest = [wanted, ...(term ? termBounds(term, dispatchDate, rules) : [])].reduce((a, b) => (a < b ? b : a));
  return bankDayOnOrAfter(rules.bankCalendar, latest);
}

/** The earliest last days of a letter: so many days from dispatch, and so many bank days from assumed receipt. */
export function termBounds({ minDays, minBankDays }: TermRule, dispatchDate: IsoDate, rules: LegalRules): readonly IsoDate[] {
  const { bankCalendar, practice } = rules;
  const receipt = bankDayOnOrAfter(bankCalendar, addDays(dispatchDate, practice.postalDays));
  return [
    addDays(dispatchDate, at(minDays, dispatchDate)),
    ...(minBankDays === undefined ? [] : [addBankDays(bankCalendar, receipt, at(minBankDays, dispatchDate))]),
  ];
}

export interface ScheduledStep {
  readonly document: ActId;
  readonly date: IsoDate;
  readonly deadline?: IsoDate;
}

/** The whole timetable of a claim if every step is done on its first day. */
export function planSchedule(policy: Policy, dueDate: IsoDate, rules: LegalRules): readonly ScheduledStep[] {
  const schedule: ScheduledStep[] = [];
  for (const [step, { document }] of policy.steps.entries()) {
    const done = schedule.map(({ date, ...rest }) => ({ ...rest, dispatchDate: date }));
    const found = stepDate({ policy, step, dueDate, done }, rules);
    if (found === undefined) break;
    const deadline = stepDeadline(policy.steps[step]!, found.date, rules);
    schedule.push({ document, date: found.date, ...(deadline === undefined ? {} : { deadline }) });
  }
  return schedule;
}
