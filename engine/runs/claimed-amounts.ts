import { at } from '../dated-table.ts';
import type { IsoDate } from '../iso-date.ts';
import { interestDue, type Interest } from '../law/interest.ts';
import { isLetter, type PolicyStep } from '../law/policy.ts';
import { formatAmount, type Minor } from '../money.ts';
import type { Receivable } from '../claims/receivable.ts';
import { accruedInterest, firstInterestDay, type Demanded } from './accrued-interest.ts';
import type { Reason } from './reason.ts';
import type { RunTerms } from './run-terms.ts';

/** What a step claims beside the principal, for the first time; each zero or more. */
export interface ClaimedAmounts {
  readonly reminderFeeAmount: Minor;
  readonly collectionFeeAmount: Minor;
  readonly compensationAmount: Minor;
  readonly interestAmount: Minor;
  /** How all interest since the start came about; absent where the policy claims none by this step. */
  readonly interest?: Interest;
}

/** The days a step is decided by: the run's business date, and when its letter can be in the post, later if the run is caught up. */
export interface StepDays {
  readonly businessDate: IsoDate;
  readonly dispatchDate: IsoDate;
}

/**
 * Works out fees, compensation and interest of a step, each with its reason; only a letter claims anything. Throws a MissingRateError for an unknown
 * half-year.
 */
export function claimedAmounts(
  demanded: Demanded & { readonly feesDisputed: boolean },
  step: PolicyStep,
  terms: RunTerms,
  days: StepDays,
): { readonly amounts: ClaimedAmounts; readonly because: readonly Reason[] } {
  const interest = interestOf(demanded, step, terms, days);
  if (!isLetter(step.document)) return { amounts: { ...noAmounts, ...accruedOf(interest) }, because: [] };
  const { receivable, feesDisputed } = demanded;
  const compensation = feesDisputed ? disputedFees : compensationOf(receivable, step, terms, days);
  const fee = feesDisputed ? nothing : feeOf(receivable, step, terms, compensation.amount);
  return {
    amounts: {
      reminderFeeAmount: step.document === 'reminder' ? fee.amount : 0n,
      collectionFeeAmount: step.document === 'demand' ? fee.amount : 0n,
      compensationAmount: compensation.amount,
      interestAmount: interest.amount,
      ...accruedOf(interest),
    },
    because: [...compensation.because, ...fee.because, ...interest.because],
  };
}

const noAmounts = { reminderFeeAmount: 0n, collectionFeeAmount: 0n, compensationAmount: 0n, interestAmount: 0n };

const accruedOf = ({ accrued }: { readonly accrued?: Interest }): Pick<ClaimedAmounts, 'interest'> =>
  accrued === undefined ? {} : { interest: accrued };

interface Part {
  readonly amount: Minor;
  readonly because: readonly Reason[];
}
const nothing: Part = { amount: 0n, because: [] };
const disputedFees: Part = { amount: 0n, because: [{ rule: 'fees-disputed', facts: {} }] };

/**
 * Förseningsersättning, once per claim and from business and public debtors only (1981:739 4 a §, rules SE-04 and SE-05); where the due
 * date was not agreed in advance it arises thirty days after the invoice was sent.
 */
function compensationOf(receivable: Receivable, step: PolicyStep, terms: RunTerms, { businessDate }: StepDays): Part {
  const had = receivable.steps.some((taken) => taken.compensationAmount > 0n);
  if (!step.compensation || receivable.debtor.class === 'consumer' || had) return nothing;
  const from = firstInterestDay(receivable, terms);
  if (from === undefined || from > businessDate)
    return { amount: 0n, because: [{ rule: 'compensation-not-yet', facts: from === undefined ? {} : { from } }] };
  const amount = at(terms.rules.lateCompensation, from);
  return { amount, because: [{ rule: 'compensation', facts: { amount: formatAmount(amount), from } }] };
}

/** A fee for the letter, unless compensation stands in its place (SE-04) or the claim has had its reminder with a fee (SE-02). */
function feeOf({ steps, debtor }: Receivable, step: PolicyStep, { rules }: RunTerms, compensation: Minor): Part {
  if (step.feeAmount === 0n) return nothing;
  const compensated = compensation > 0n || steps.some((taken) => taken.compensationAmount > 0n);
  if (compensated)
    return { amount: 0n, because: [{ rule: 'compensation-instead-of-fees', facts: { debtorClass: debtor.class } }] };
  const amount = step.feeAmount;
  if (step.document === 'demand') {
    if (steps.some((taken) => taken.collectionFeeAmount > 0n)) return nothing;
    return { amount, because: [{ rule: 'collection-fee', facts: { amount: formatAmount(amount) } }] };
  }
  const charged = steps.filter((taken) => taken.reminderFeeAmount > 0n);
  if (charged.length >= rules.practice.feeReminders.max) {
    const [first] = charged;
    return { amount: 0n, because: [{ rule: 'no-second-fee', facts: first ? { chargedOn: first.businessDate } : {} }] };
  }
  return { amount, because: [{ rule: 'reminder-fee', facts: { amount: formatAmount(amount) } }] };
}

/** Interest through the business date, less what was claimed before: rounded once over the whole time (§7.1). */
function interestOf(
  { receivable, disputedAmount }: Demanded,
  step: PolicyStep,
  terms: RunTerms,
  { businessDate }: StepDays,
): Part & { readonly accrued?: Interest } {
  const { policy } = terms;
  const claims =
    policy.interest.claim === 'from-reminder' || (policy.interest.claim === 'from-demand' && step.document !== 'reminder');
  const counted = claims ? accruedInterest({ receivable, disputedAmount }, terms, businessDate) : undefined;
  if (counted === undefined) return nothing;
  const { accrued, firstDay } = counted;
  const due = interestDue(accrued, { settledAmount: receivable.interestClaimedAmount, waivedAmount: 0n });
  const facts = { accrued: formatAmount(accrued.totalAmount), through: businessDate, from: firstDay };
  if (due <= 0n || due < policy.interest.minimumAmount)
    return { amount: 0n, because: [{ rule: 'no-interest', facts: { ...facts, due: formatAmount(due) } }], accrued };
  return { amount: due, because: [{ rule: 'interest', facts: { ...facts, due: formatAmount(due) } }], accrued };
}
