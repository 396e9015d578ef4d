/**
 * One link of the chain of reasons behind a step or a skip, as data: a rule's name and the facts it was decided by. Kept with the run, so
 * that `explain` answers years later (G03).
 */
export interface Reason {
  readonly rule: ReasonRule;
  /** Dates, amounts with two decimals, counts and names, by name. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Why a receivable is passed over: the first of these that holds, in this order. */
export const skipRules = [
  'not-due',
  'settled',
  'within-tolerance',
  'below-minimum',
  'costs-only',
  'no-policy',
  'claim-kind',
  'held',
  'disputed',
  'timetable-ended',
  'other-run',
  'step-taken-today',
  'awaits-dispatch',
  'awaits-date',
  'law',
  'settled-since',
  'held-since',
  'moved-since',
] as const;
export type SkipRule = (typeof skipRules)[number];

/** Why a step is taken, and how each of its amounts and dates came about. */
export const stepRules = [
  'due',
  'undisputed-part',
  'fees-disputed',
  'step-date',
  'reminder-fee',
  'no-second-fee',
  'fee-in-same-letter',
  'fee-not-yet',
  'collection-fee',
  'compensation',
  'compensation-not-yet',
  'compensation-instead-of-fees',
  'interest',
  'no-interest',
  'deadline',
  'acknowledged',
] as const;
export type StepRule = (typeof stepRules)[number];

export type ReasonRule = SkipRule | StepRule;

/** What says itself from the dates and the ledger of any day, and is therefore not kept with each run. */
export const selfEvident: ReadonlySet<SkipRule> = new Set<SkipRule>([
  'not-due',
  'settled',
  'within-tolerance',
  'timetable-ended',
  'other-run',
  'step-taken-today',
  'awaits-date',
  'no-policy',
]);
