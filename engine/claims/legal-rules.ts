import type { BankCalendar } from '../bank-days.ts';
import type { DatedTable } from '../dated-table.ts';
import type { Decimal } from '../decimal.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Component } from '../amounts.ts';
import type { Currency, Minor } from '../money.ts';
import type { DebtorClass } from '../submission.ts';
import type { ValuationTerms } from './assessment.ts';
import type { ActId, ClaimKind, Policy, RuleFinding, RuleId, Severity } from './policy.ts';
import type { Interest } from './interest.ts';

/**
 * The law of one country as far as claims are concerned: dated data that the engine is given, never knows. What a country has no rule for
 * is refused where the rule would bound it: an act that is not among its acts, a fee or a compensation without a bound, a term without a
 * shortest one, interest without a rate.
 */
export interface LegalRules {
  /** ISO 3166-1 code. */
  readonly country: string;
  /** Of every amount below. */
  readonly currency: Currency;
  readonly bankCalendar: BankCalendar;
  /** Everything that can be done about a claim, by the country's own word for it; the steps of a policy are among them. */
  readonly acts: Readonly<Record<ActId, Act>>;
  /** The letter whose term must have run out before the authority is asked; absent: nothing can be filed there. */
  readonly filedAfter?: ActId;
  readonly lateInterest: LateInterest;
  readonly interestNotice: DatedTable<InterestNotice>;
  /** A fixed sum for late payment; absent: none can be claimed. */
  readonly compensation?: Compensation;
  /** What all fees of one claim may come to; absent: the law bounds each fee for itself. */
  readonly feesMax?: AmountRule;
  /** Stems of words that press the debtor beyond what may be said without a licence. */
  readonly pressingWords: DatedTable<readonly string[]>;
  /** The rule that such a word breaks. */
  readonly pressingRule: RuleId;
  /** What only a licensed bureau may send or file for others. */
  readonly licensedActs: DatedTable<readonly ActId[]>;
  /** Kinds of claims whose rules are recorded; every other kind is kept out of automatic collection. */
  readonly claimKinds: DatedTable<readonly ClaimKind[]>;
  /** The law was last read through for letters up to this day; after it no fee is charged (rule X-09). */
  readonly regimeReviewedUntil: IsoDate;
  /** In which order a payment covers the parts of a claim, by class of debtor: every component once. */
  readonly appropriationOrder: Readonly<Record<DebtorClass, readonly Component[]>>;
  readonly practice: LegalPractice;
  /** Ids of the country's own rules, beside those that every country has (reference/collection-rules.md §14.3). */
  readonly ruleIds: readonly RuleId[];
  /** What of them the rows above cannot say. */
  readonly checkPolicy: (question: PolicyQuestion) => Iterable<RuleFinding>;
  readonly checkStep: (question: StepQuestion) => Iterable<RuleFinding>;
}

/** One thing that can be done about a claim: Sweden's inkassokrav, Norway's inkassovarsel, a hand-over … */
export interface Act {
  /** In English, for messages: `collection demand`. */
  readonly title: string;
  /** What the house does about it; a plan and an application no policy starts by itself. */
  readonly does: 'letter' | 'handover' | 'assessment' | 'write-off' | 'plan' | 'application';
  /** The run that takes it; interest claimed `from-demand` is claimed by acts of the collection run only. */
  readonly run: 'reminder' | 'collection';
  /** How long payments of its last day are waited for (`Policy.bookingGraceBankDays`, `collectionGraceBankDays`). */
  readonly grace: 'booking' | 'collection';
  /** Absent: it carries none. */
  readonly fee?: FeeRule;
  /** The shortest time it may give. Absent: a letter is refused, anything else gives what the policy says. */
  readonly term?: TermRule;
  /** What it must state; absent: nothing in particular. */
  readonly contents?: DatedTable<readonly DemandItem[]>;
}

/** Bounds of the fee of one kind of letter. */
export interface FeeRule {
  /** In English, for messages: `reminder fee`. */
  readonly title: string;
  /** What it is claimed and booked as. */
  readonly component: FeeComponent;
  /** The rule that a fee beyond the bounds breaks. */
  readonly rule: RuleId;
  /** Read with the day of dispatch. */
  readonly max: AmountRule;
  /** Owed only if it was agreed no later than when the debt arose. */
  readonly mustBeAgreed: boolean;
  /** Days after the due date before which the letter may carry none. */
  readonly afterDueDays?: DatedTable<number>;
  /** Days after the dispatch of the letter with a fee before it. */
  readonly afterPreviousDays?: DatedTable<number>;
  /** Absent: as many as there are letters. */
  readonly number?: FeeNumber;
}

export type FeeComponent = Extract<Component, 'reminderFee' | 'collectionFee'>;

/** So many fees of a group of letters are owed per claim; what is more is not charged. */
export interface FeeNumber {
  /** Letters with the same word are counted together. */
  readonly group: string;
  readonly max: number;
  /** So many months after the latest of them they are counted anew; absent: never. */
  readonly anewAfterMonths?: number;
  /** The rule that a policy with more breaks; absent: it is only not charged. */
  readonly broken?: { readonly rule: RuleId; readonly severity: Severity; readonly because: string };
}

/** The shortest time that a letter gives: so many days from dispatch, and so many bank days from its assumed receipt. */
export interface TermRule {
  readonly rule: RuleId;
  readonly minDays: DatedTable<number>;
  readonly minBankDays?: DatedTable<number>;
  /** Whose the bound is: `good practice`, `the law`. */
  readonly of: string;
}

/** An amount that the law fixes: by a row, as a share of another, by the size of the claim, or by who owes it. */
export type AmountRule =
  | { readonly kind: 'fixed'; readonly table: DatedTable<Minor> }
  | { readonly kind: 'fraction'; readonly base: DatedTable<Minor>; readonly share: DatedTable<Share> }
  | { readonly kind: 'bands'; readonly table: DatedTable<readonly Band[]> }
  | { readonly kind: 'by-class'; readonly of: Readonly<Partial<Record<DebtorClass, AmountRule>>> };

/** `numerator / denominator` of the base, rounded half up to a multiple of `unit`: 100 is whole kroner. */
export interface Share {
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly unit: Minor;
}

/** An amount for principals up to a bound; the last band has none. */
export interface Band {
  readonly upTo?: Minor;
  readonly amount: Minor;
}

/** A fixed sum that is owed because payment is late (directive 2011/7/EU art. 6). */
export interface Compensation {
  readonly debtorClasses: readonly DebtorClass[];
  /** Read with the day on which the right to late interest arose. */
  readonly amount: AmountRule;
  /**
   * Beside the fees of letters: it is owed instead of them, they are owed as far as they are more than it (`set-off`), or both are owed in
   * full (`on-top`).
   */
  readonly withFees: 'instead' | 'set-off' | 'on-top';
}

/** The rate of late interest by law; a claim has that of the first row that fits it, none if none does. */
export interface LateInterest {
  /** Percent a year, to which agreed points are added; absent: no points can be agreed. */
  readonly reference?: DatedTable<Decimal>;
  readonly statutory: readonly StatutoryRate[];
}

export interface StatutoryRate {
  /** Absent: every class. */
  readonly debtorClasses?: readonly DebtorClass[];
  /** Claims that were due by this day, for ever; absent: those due at any time. */
  readonly dueUntil?: IsoDate;
  /** Percent a year by date: their sum. */
  readonly sumOf: readonly DatedTable<Decimal>[];
}

export interface InterestNotice {
  /** From a demand to the first interest day where no due date was agreed. */
  readonly days: number;
  /** The demand must tell a consumer that late payment bears interest. */
  readonly consumersMustBeTold: boolean;
}

/** Content of a collection demand, in the words of the law that wants it. */
export const demandItems = [
  'creditor',
  'ground',
  'how-to-pay',
  'principal',
  'interest',
  'interest-calculation',
  'costs',
  'cost-types',
  'assignment',
  'deadline',
] as const;
export type DemandItem = (typeof demandItems)[number];

/** Good practice that no statute fixes (reference/collection-rules.md §14.3, last paragraph). */
export interface LegalPractice {
  /** Bank days that payments made on the last day are waited for before a letter crosses them. */
  readonly bookingGraceBankDays: number;
  /** The same after a collection demand, before an application. */
  readonly collectionGraceBankDays: number;
  /** From dispatch to assumed receipt of a letter. */
  readonly postalDays: number;
  /** a principal below this is hardly worth a letter. */
  readonly minimumClaimAmount: Minor;
  /** */
  readonly letters: { readonly max: number; readonly withinDays: number };
  /** percentage points above the statutory rate at which agreed interest of a consumer is questioned. */
  readonly consumerInterest: { readonly aboveStatutoryPoints: Decimal; readonly severity: Severity };
  /** Where the valuation of a case starts before own outcomes are known (§15). */
  readonly valuation: ValuationTerms;
}

/** Under what the policy is to be used. */
export interface PolicyContext {
  readonly rules: LegalRules;
  /** The bureau may collect for others in the policy's country. */
  readonly licensed: boolean;
  /** Reminder fee agreed with the debtors no later than when the debt arose; absent: none may be charged. */
  readonly agreedReminderFeeAmount?: Minor | undefined;
}

export interface PolicyQuestion {
  readonly policy: Policy;
  readonly context: PolicyContext;
  readonly on: IsoDate;
}

export interface StepQuestion {
  readonly policy: Policy;
  readonly facts: CaseFacts;
  readonly proposed: ProposedStep;
  readonly rules: LegalRules;
  readonly licensed: boolean;
}

/** A claim as it stands on the day of a step. */
export interface CaseFacts {
  readonly debtorClass: DebtorClass | 'unknown';
  readonly claimKind: ClaimKind;
  readonly dueDate: IsoDate;
  readonly dueDateAgreed: boolean;
  /** Confirmed dispatch of the invoice; absent: not confirmed. */
  readonly invoiceDispatchDate?: IsoDate;
  /** Dispatch of the first document that says that late payment bears interest. */
  readonly interestNoticeDate?: IsoDate;
  /** Absent: no reminder fee was agreed when the debt arose. */
  readonly agreedReminderFeeAmount?: Minor;
  /** Including VAT, as invoiced less credits. */
  readonly principalAmount: Minor;
  readonly remainingPrincipalAmount: Minor;
  readonly unpaidFeesAmount: Minor;
  /** The claim was assigned so that payment to the former creditor does not discharge. */
  readonly assigned: boolean;
  readonly states: readonly ClaimState[];
  /** Oldest first. */
  readonly letters: readonly SentLetter[];
}

/** What stops automatic steps (reference/collection-rules.md §11, §14.3 X-04). */
export type ClaimState = 'disputed' | 'deferred' | 'plan' | 'blocked' | 'time-barred';

export interface SentLetter {
  readonly document: ActId;
  /** Absent: dispatch is not confirmed. */
  readonly dispatchDate?: IsoDate;
  readonly deadline?: IsoDate;
  readonly feeAmount: Minor;
  readonly compensationAmount: Minor;
}

/** What is about to be done. */
export interface ProposedStep {
  readonly document: ActId;
  /** The day of dispatch or filing. */
  readonly date: IsoDate;
  readonly deadline?: IsoDate;
  readonly feeAmount: Minor;
  readonly compensationAmount: Minor;
  readonly interest?: Interest;
  /** What a demand states. */
  readonly contents: readonly DemandItem[];
  /** The words of the letter. */
  readonly text: string;
  /** Letters of the same day to the same debtor for other claims that could have been one letter with this. */
  readonly unmergedLetters: number;
  /** Of an instalment plan. */
  readonly plan?: { readonly written: boolean; readonly complete: boolean };
  /** Of an application to the enforcement authority. */
  readonly application?: { readonly applicationFeeAmount: Minor; readonly agentFeeAmount: Minor };
}
