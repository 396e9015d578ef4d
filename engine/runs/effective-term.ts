import { addDays, type IsoDate } from '../iso-date.ts';
import type { DoneStep } from '../law/step-date.ts';
import { actOf } from '../law/bounds.ts';
import type { LegalRules } from '../law/legal-rules.ts';
import type { RunTerms } from './run-terms.ts';
import type { Hold, Receivable, TakenStep } from '../claims/receivable.ts';

/** The debtor's term as it stands after deferments and disputes: none of them ever shortens it. */
export interface EffectiveTerm {
  readonly dueDate: IsoDate;
  readonly done: readonly DoneStep[];
}

/**
 * A deferment puts off the day to pay to its last day; a promise only suspends until it has passed (F45); a dispute that ended leaves the
 * term it interrupted to run anew from that day (F50, F51). What came before the first letter moves the due date, and so the whole
 * timetable; what came later moves the deadline of the latest step. Steps that are done stay as they were.
 */
export function effectiveTerm(receivable: Receivable, { policy, rules }: RunTerms, date: IsoDate): EffectiveTerm {
  const { holds } = receivable;
  const done = receivable.steps.map((step) => doneStep(step, rules));
  const latest = done.at(-1);
  const firstLetter = receivable.steps[0]?.businessDate ?? date;
  const before = holds.filter((hold) => hold.from <= firstLetter);
  const dueDate = latestOf([receivable.dueDate, ...before.map((hold) => putOff(hold, date, 0))]);
  if (latest === undefined) return { dueDate, done };
  const days = policy.steps[done.length - 1]?.deadlineDays ?? 0;
  const wanted = holds.map((hold) => putOff(hold, date, days)).filter((end) => end !== undefined);
  if (wanted.length === 0) return { dueDate, done };
  const deadline = latestOf([latest.deadline ?? latest.dispatchDate ?? dueDate, ...wanted]);
  return { dueDate, done: [...done.slice(0, -1), { ...latest, deadline }] };
}

/** An assessment is sent to nobody: it is done on its day. */
function doneStep({ kind, businessDate, dispatchedOn, deadline }: TakenStep, rules: LegalRules): DoneStep {
  const dispatchDate = actOf(rules, kind).does === 'assessment' ? businessDate : dispatchedOn;
  return {
    document: kind,
    ...(dispatchDate === undefined ? {} : { dispatchDate }),
    ...(deadline === undefined ? {} : { deadline }),
  };
}

/** The day to which a hold has put off the debtor's term, as known on a date; undefined: it has not. */
function putOff(hold: Hold, date: IsoDate, termDays: number): IsoDate | undefined {
  if (hold.from > date) return undefined;
  const { kind, until, releasedOn } = hold;
  if (kind === 'deferment') {
    // Taken back before its last day: it has put off the term no further than to that day.
    return releasedOn !== undefined && until !== undefined && releasedOn < until ? releasedOn : (until ?? releasedOn);
  }
  if (kind === 'dispute' && releasedOn !== undefined) return addDays(releasedOn, termDays);
  return undefined;
}

const latestOf = (dates: readonly (IsoDate | undefined)[]): IsoDate =>
  dates.filter((date) => date !== undefined).reduce((a, b) => (a < b ? b : a));
