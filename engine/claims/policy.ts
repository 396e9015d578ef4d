import { type IsoDate } from '../iso-date.ts';
import type { Currency, Minor } from '../money.ts';
import type { DebtorClass } from '../submission.ts';
import type { Decimal } from '../decimal.ts';

/**
 * What happens to an unpaid claim of one class of debtors, in order: law and the client's terms, resolved
 * (reference/collection-rules.md §14.2). A policy may only be tighter than the law; `checkPolicy` refuses one that is not.
 */
export interface Policy {
  /** ISO 3166-1 code of the country whose law it is held against. */
  readonly country: string;
  readonly debtorClass: DebtorClass;
  readonly claimKind: ClaimKind;
  readonly currency: Currency;
  readonly validFrom: IsoDate;
  /** After the due date and after a reminder's deadline, before the next step: payments on their way are waited for. */
  readonly bookingGraceBankDays: number;
  /** The same after a collection demand's deadline. */
  readonly collectionGraceBankDays: number;
  readonly interest: PolicyInterest;
  /** A remainder up to this is written off instead of being demanded. */
  readonly toleranceAmount: Minor;
  /** A principal below this is not demanded (rule X-10). */
  readonly minimumClaimAmount: Minor;
  /** In order; a step is taken only when the one before is done and its term has lapsed. */
  readonly steps: readonly PolicyStep[];
  /** Warnings that a person has taken upon themselves. */
  readonly acknowledged: readonly Acknowledgement[];
}

export const claimKinds = [
  'contract',
  'rent',
  'parking',
  'utility',
  'insurance-premium',
  'public-fee',
  'membership',
  'salary',
] as const;
/** Sector law may override the general rules (§1.1). */
export type ClaimKind = (typeof claimKinds)[number];

export const interestClaims = ['never', 'from-reminder', 'from-demand'] as const;

export interface PolicyInterest {
  readonly rate: InterestTerms;
  readonly dayCount: DayCount;
  /** From which letter on interest is claimed. */
  readonly claim: (typeof interestClaims)[number];
  /** Interest below this is waived (§7.1). */
  readonly minimumAmount: Minor;
}

/**
 * What is done about a claim, by its country's word (`LegalRules.acts`): `reminder`, `demand`, `handover`, `assessment`, `write-off` …; also
 * what no policy starts by itself, an instalment plan and an application to the authority.
 */
export type ActId = string;

/** What a letter says of the step after it: a letter of that kind, a hand-over (`handover`), legal steps (`legal`), or nothing (`none`). */
export type Announced = string;

export const triggerBases = ['due', 'previous-dispatch', 'previous-deadline'] as const;
export const triggerCalendars = ['calendar', 'bank'] as const;

export interface PolicyStep {
  readonly document: ActId;
  readonly trigger: {
    readonly after: (typeof triggerBases)[number];
    readonly days: number;
    readonly calendar: (typeof triggerCalendars)[number];
  };
  /**
   * Days from dispatch to the date by which the debtor shall pay. Of a hand-over: days that the agency has before the next step;
   * 0 for what gives nobody time.
   */
  readonly deadlineDays: number;
  /** Fee of this letter; zero: none. */
  readonly feeAmount: Minor;
  /** The fixed compensation for late payment is claimed with this letter, if it was not before and the right to it has arisen. */
  readonly compensation: boolean;
}

export interface Acknowledgement {
  readonly rule: RuleId;
  readonly by: string;
  readonly on: IsoDate;
}

/** What was agreed about late interest: the law's, a fixed percentage a year, points above the reference rate, or none. */
export type InterestTerms =
  | { readonly kind: 'statutory' }
  | { readonly kind: 'contract'; readonly percent: Decimal }
  | { readonly kind: 'margin'; readonly points: Decimal }
  | { readonly kind: 'none' };

/**
 * How days become parts of a year (reference/collection-rules.md §7.1). No Nordic statute fixes it for late interest: it is a term of
 * the policy. `ACT/365F` counts 365 days also in leap years; `ACT/ACT` those of the calendar year; `30E/360` twelve months of 30 days.
 */
export const dayCounts = ['ACT/365F', 'ACT/ACT', 'ACT/360', '30E/360'] as const;
export type DayCount = (typeof dayCounts)[number];

/** The rules of reference/collection-rules.md §14.3 that every country has. */
export const generalRuleIds = [
  'X-01',
  'X-02',
  'X-03',
  'X-04',
  'X-05',
  'X-06',
  'X-07',
  'X-08',
  'X-09',
  'X-10',
  'X-11',
  'X-12',
  'X-13',
] as const;
/** One of those, or of a country's own (`LegalRules.ruleIds`). */
export type RuleId = string;

/** An error forbids; a warning needs the acknowledgement of a person, which is kept. */
export type Severity = 'error' | 'warning';

/** A rule of law or practice that a policy or a step breaks. */
export interface RuleFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Into the policy, such as `['steps', 0, 'feeAmount']`; empty for what is not one value of it. */
  readonly path: readonly (string | number)[];
  /** What is wrong, one sentence. */
  readonly message: string;
  /** What to do, one sentence. */
  readonly hint: string;
}
