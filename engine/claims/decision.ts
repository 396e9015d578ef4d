import type { DatedTable } from '../dated-table.ts';
import type { Decimal } from '../decimal.ts';
import type { IsoDate } from '../iso-date.ts';
import { interestRates, statutoryRate } from './interest-rates.ts';
import type { LegalRules } from './legal-rules.ts';
import type { Policy } from './policy.ts';
import type { Minor } from '../money.ts';

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

/** The policy that a receivable is under, with the law and what else was agreed when the debt arose. */
export interface RunTerms {
  readonly policy: Policy;
  readonly rules: LegalRules;
  /** Fixed in advance in the contract with the debtor (reference/collection-rules.md §7.3). */
  readonly dueDateAgreed: boolean;
  /** What was agreed no later than when the debt arose; absent: no reminder fee may be charged (rule SE-01). */
  readonly agreedReminderFeeAmount?: Minor;
  /** The claim was bought: payment to the former creditor does not discharge. */
  readonly assigned: boolean;
  /** The bureau may collect for others in the country (rule X-06). */
  readonly licensed: boolean;
  /** Percent a year by date, of a claim that was due on a day. */
  readonly ratesOf: (dueDate: IsoDate) => DatedTable<Decimal>;
}

/** Terms of a policy; rates are worked out once for all receivables that the law rates alike. */
export function runTerms(terms: Omit<RunTerms, 'ratesOf'>): RunTerms {
  const { policy, rules } = terms;
  const known = new Map<unknown, DatedTable<Decimal>>();
  const ratesOf = (dueDate: IsoDate): DatedTable<Decimal> => {
    const claim = { debtorClass: policy.debtorClass, dueDate };
    const key = statutoryRate(rules, claim);
    const rates = known.get(key) ?? interestRates(policy.interest.rate, rules, claim);
    known.set(key, rates);
    return rates;
  };
  return { ...terms, ratesOf };
}
