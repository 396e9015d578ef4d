import type { BankCalendar } from '../bank-days.ts';
import type { DatedTable } from '../dated-table.ts';
import type { Decimal } from '../decimal.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Component } from '../ledger.ts';
import type { Currency, Minor } from '../money.ts';
import type { ValuationTerms } from './assessment.ts';
import type { PolicyQuestion } from './check-policy.ts';
import type { StepQuestion } from './check-step.ts';
import type { ClaimKind, LegalAct } from './policy.ts';
import type { RuleFinding, Severity } from './rule-finding.ts';

/** The law of one country as far as claims are concerned: dated data that the engine is given, never knows. */
export interface LegalRules {
  /** ISO 3166-1 code. */
  readonly country: string;
  /** Of every amount below. */
  readonly currency: Currency;
  readonly bankCalendar: BankCalendar;
  /** Percent a year, by half-year. */
  readonly referenceRate: DatedTable<Decimal>;
  /** Percentage points that late interest lies above the reference rate. */
  readonly lateInterestAddition: DatedTable<Decimal>;
  readonly interestNotice: DatedTable<InterestNotice>;
  /** The highest fee for one written reminder; read with the dispatch date, as all fees of letters are. */
  readonly reminderFeeMax: DatedTable<Minor>;
  readonly collectionLetterFeeMax: DatedTable<Minor>;
  /** Days that a collection demand must give, from dispatch. */
  readonly collectionLetterMinDays: DatedTable<number>;
  /** Bank days that it must give, from assumed receipt. */
  readonly collectionLetterMinBankDays: DatedTable<number>;
  readonly instalmentPlanFeeMax: DatedTable<Minor>;
  /** Fixed compensation from business and public debtors; read with the day the right to late interest arose. */
  readonly lateCompensation: DatedTable<Minor>;
  readonly paymentOrderApplicationFee: DatedTable<Minor>;
  readonly paymentOrderAgentFeeMax: DatedTable<Minor>;
  readonly enforcementBaseFee: DatedTable<Minor>;
  /** What a collection demand must state. */
  readonly demandContents: DatedTable<readonly DemandItem[]>;
  /** Stems of words that press the debtor beyond what may be said without a licence. */
  readonly pressingWords: DatedTable<readonly string[]>;
  /** What only a licensed bureau may send or file for others. */
  readonly licensedActs: DatedTable<readonly LegalAct[]>;
  /** Kinds of claims whose rules are recorded; every other kind is kept out of automatic collection. */
  readonly claimKinds: DatedTable<readonly ClaimKind[]>;
  /** The law was last read through for letters up to this day; after it no fee is charged (rule X-09). */
  readonly regimeReviewedUntil: IsoDate;
  readonly appropriationOrder: readonly Component[];
  readonly practice: LegalPractice;
  /** The country's own rules of a policy and of a step, beside those that every country has (reference/collection-rules.md §14.3). */
  readonly checkPolicy: (question: PolicyQuestion) => Iterable<RuleFinding>;
  readonly checkStep: (question: StepQuestion) => Iterable<RuleFinding>;
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
  /** SE-02: reminders with a fee per claim, and how grave one more is. */
  readonly feeReminders: { readonly max: number; readonly severity: Severity };
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
