import type { IsoDate } from '../iso-date.ts';
import { divideRounded, type Minor } from '../money.ts';
import type { DebtorClass } from '../submission.ts';

/** Raised when a rule below or the meaning of an input changes; stored with every assessment. */
export const ASSESSMENT_VERSION = 1;

/** What stops any automatic proposal; each is a reason for the queue of manual work. */
export const assessmentBlocks = [
  'disputed',
  'deferred',
  'plan-kept',
  'deceased',
  'bankruptcy',
  'minor',
  'protected-identity',
  'wrong-identity',
  'time-barred',
  'missing-debtor-id',
  'missing-due-date',
  'missing-basis',
] as const;
export type AssessmentBlock = (typeof assessmentBlocks)[number];

export interface AssessmentInputs {
  readonly on: IsoDate;
  readonly principalAmount: Minor;
  readonly interestAmount: Minor;
  readonly feesAmount: Minor;
  readonly debtorClass: DebtorClass;
  /** Days since the due date. */
  readonly ageDays: number;
  readonly blocks: readonly AssessmentBlock[];
  /** First day for an application, as `filingDate` gives it; absent: no demand has left the house. */
  readonly filingFrom?: IsoDate;
  /** Other due claims between the same parties that are not part of these sums. */
  readonly otherDueClaims: number;
  readonly daysToLimitation: number;
  readonly leavesCountry: boolean;
  /** Payment defaults of the debtor that are known. */
  readonly defaults: number;
  /** The debtor has answered, or is known to have an income. */
  readonly answersOrEarns: boolean;
}

/** What the valuation assumes until own outcomes say better (reference/collection-rules.md §15); shares are per mille. */
export interface ValuationTerms {
  readonly writeOffBelowAmount: Minor;
  readonly limitationAlarmDays: number;
  /** Chance that the legal route pays, by class; the last for debtors with more defaults than that. */
  readonly paysPermille: Readonly<Record<DebtorClass, number>>;
  readonly manyDefaults: { readonly above: number; readonly paysPermille: number };
  readonly contestedPermille: number;
  readonly contestedCostAmount: Minor;
  /** Chance that the claim is paid without doing anything, by age: the last row not older than the claim, else the first. */
  readonly paysLate: readonly { readonly fromDays: number; readonly permille: number }[];
  readonly advancedAmount: Minor;
  readonly recoverableAmount: Minor;
  readonly marginAmount: Minor;
  readonly minimumLegalAmounts: readonly { readonly debtorClass: DebtorClass; readonly amount: Minor }[];
}

export type AssessmentOutcome = 'manual' | 'write-off' | 'merge' | 'urgent' | 'legal' | 'plan-offer' | 'surveillance';

/** A proposal that a person confirms (GDPR article 22), with everything that led to it. */
export interface Assessment {
  readonly outcome: AssessmentOutcome;
  /** Number of the rule of §15 that decided. */
  readonly rule: 1 | 2 | 3 | 4 | 6 | 7;
  readonly because: string;
  readonly inputs: AssessmentInputs;
  readonly terms: ValuationTerms;
  /** Expected gain of the legal route and of waiting, rounded to minor units; decided on the exact values. */
  readonly legalValueAmount: Minor;
  readonly waitValueAmount: Minor;
  readonly version: number;
}

/** Proposes what to do with a claim that was not paid: the ordered rules of reference/collection-rules.md §15, the first match decides. */
export function assessCase(inputs: AssessmentInputs, terms: ValuationTerms): Assessment {
  const legal = legalValue(inputs, terms);
  const wait = waitValue(inputs, terms);
  const decided = decide(inputs, terms, { legal, wait });
  return {
    ...decided,
    inputs,
    terms,
    legalValueAmount: divideRounded(legal, PERMILLE),
    waitValueAmount: divideRounded(wait, PERMILLE),
    version: ASSESSMENT_VERSION,
  };
}

const PERMILLE = 1000n;
const permille = (share: number): bigint => BigInt(share);

type Decision = Pick<Assessment, 'outcome' | 'rule' | 'because'>;

function decide(
  inputs: AssessmentInputs,
  terms: ValuationTerms,
  values: { readonly legal: bigint; readonly wait: bigint },
): Decision {
  const { principalAmount, daysToLimitation, leavesCountry, otherDueClaims } = inputs;
  const block = blockOf(inputs);
  if (block !== undefined) return { outcome: 'manual', rule: 1, because: block };
  if (principalAmount === 0n) return { outcome: 'write-off', rule: 2, because: 'only fees and interest remain' };
  if (principalAmount < terms.writeOffBelowAmount)
    return { outcome: 'write-off', rule: 2, because: 'the principal is below the limit' };
  if (otherDueClaims > 0) return { outcome: 'merge', rule: 3, because: 'other claims between the same parties are due' };
  if (daysToLimitation < terms.limitationAlarmDays) return { outcome: 'urgent', rule: 4, because: 'limitation is near' };
  if (leavesCountry) return { outcome: 'urgent', rule: 4, because: 'the debtor leaves the country' };
  return byValue(inputs, terms, values);
}

function blockOf({ blocks, filingFrom, on }: AssessmentInputs): string | undefined {
  if (blocks[0] !== undefined) return blocks[0];
  if (filingFrom === undefined) return 'demand-not-dispatched';
  return on < filingFrom ? 'demand-term-not-passed' : undefined;
}

function byValue(
  { principalAmount, debtorClass, answersOrEarns }: AssessmentInputs,
  { marginAmount, minimumLegalAmounts }: ValuationTerms,
  { legal, wait }: { readonly legal: bigint; readonly wait: bigint },
): Decision {
  const minimum = minimumLegalAmounts.find((item) => item.debtorClass === debtorClass)?.amount;
  const isLarge = minimum !== undefined && principalAmount >= minimum;
  if (isLarge && legal > wait + marginAmount * PERMILLE)
    return { outcome: 'legal', rule: 6, because: 'the legal route is worth more than waiting' };
  if (answersOrEarns) return { outcome: 'plan-offer', rule: 7, because: 'the debtor answers or has an income' };
  return wait > 0n
    ? { outcome: 'surveillance', rule: 7, because: 'it may be paid later' }
    : { outcome: 'write-off', rule: 7, because: 'nothing is expected of it' };
}

/** p_pay · (P + I + F + C_rec) − C_adv − p_contest · C_contest, in thousandths of minor units. */
export function legalValue(
  {
    principalAmount,
    interestAmount,
    feesAmount,
    debtorClass,
    defaults,
  }: Pick<AssessmentInputs, 'principalAmount' | 'interestAmount' | 'feesAmount' | 'debtorClass' | 'defaults'>,
  terms: ValuationTerms,
): bigint {
  const { manyDefaults, paysPermille, recoverableAmount, advancedAmount, contestedPermille, contestedCostAmount } = terms;
  const pays = defaults > manyDefaults.above ? manyDefaults.paysPermille : paysPermille[debtorClass];
  const recovered = permille(pays) * (principalAmount + interestAmount + feesAmount + recoverableAmount);
  return recovered - PERMILLE * advancedAmount - permille(contestedPermille) * contestedCostAmount;
}

/** p_late · (P + I), in thousandths of minor units. */
function waitValue({ principalAmount, interestAmount, ageDays }: AssessmentInputs, { paysLate }: ValuationTerms): bigint {
  const row = paysLate.findLast(({ fromDays }) => fromDays <= ageDays) ?? paysLate[0];
  return permille(row?.permille ?? 0) * (principalAmount + interestAmount);
}
