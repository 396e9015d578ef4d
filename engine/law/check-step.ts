import type { IsoDate } from '../iso-date.ts';
import type { Minor } from '../money.ts';
import type { DebtorClass } from '../submission.ts';
import type { Interest } from './interest.ts';
import type { DemandItem, LegalRules } from './legal-rules.ts';
import type { ActId, ClaimKind, Policy } from './policy.ts';
import type { RuleFinding } from './rule-finding.ts';
import { checkStepInGeneral } from './rules/step-general.ts';

/** What stops automatic steps (reference/collection-rules.md §11, §14.3 X-04). */
const claimStates = ['disputed', 'deferred', 'plan', 'blocked', 'time-barred'] as const;
export type ClaimState = (typeof claimStates)[number];

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

export interface StepQuestion {
  readonly policy: Policy;
  readonly facts: CaseFacts;
  readonly proposed: ProposedStep;
  readonly rules: LegalRules;
  readonly licensed: boolean;
}

/**
 * Compares a step with the law on its own day, with the claim's real dates: the dynamic part of reference/collection-rules.md §14.3. A
 * step with an error is not taken; a warning needs a person's acknowledgement.
 */
export const checkStep = (question: StepQuestion): readonly RuleFinding[] => [
  ...checkStepInGeneral(question),
  ...question.rules.checkStep(question),
];
