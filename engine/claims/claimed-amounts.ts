import { noAmounts, type Amounts } from '../amounts.ts';
import { type IsoDate, addDays } from '../iso-date.ts';
import { interestDue, type Interest, lateInterest } from './interest.ts';
import { actOf, amountOn, countedFees, firstFeeDay, isLetter, nameOf, type LetterWithFee } from './bounds.ts';
import type { FeeNumber, Act } from './legal-rules.ts';
import type { PolicyStep, ActId, Announced } from './policy.ts';
import { formatAmount, sum, type Minor } from '../money.ts';
import type { Receivable, Hold } from './receivable.ts';
import type { Reason, SkipRule, RunTerms } from './decision.ts';
import { interestStart } from './interest-rates.ts';

/** What a step claims beside the principal, for the first time; each zero or more. */
export interface ClaimedAmounts {
  readonly amounts: Amounts;
  /** How all interest since the start came about; absent where the policy claims none by this step. */
  readonly accrued?: Interest;
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
): ClaimedAmounts & { readonly because: readonly Reason[] } {
  const interest = interestOf(demanded, step, terms, days);
  const act = actOf(terms.rules, step.document);
  if (!isLetter(act)) return { amounts: noAmounts, ...accruedOf(interest), because: [] };
  const { receivable, feesDisputed } = demanded;
  const compensation = feesDisputed ? disputedFees : compensationOf(receivable, step, terms, days);
  const fee = feesDisputed
    ? nothing
    : feeOf(receivable, step, terms, { compensation: compensation.amount, on: days.dispatchDate });
  return {
    amounts: {
      ...noAmounts,
      ...(act.fee === undefined ? {} : { [act.fee.component]: fee.amount }),
      compensation: compensation.amount,
      interest: interest.amount,
    },
    ...accruedOf(interest),
    because: [...compensation.because, ...fee.because, ...interest.because],
  };
}

const accruedOf = ({ accrued }: { readonly accrued?: Interest }): Pick<ClaimedAmounts, 'accrued'> =>
  accrued === undefined ? {} : { accrued };

interface Part {
  readonly amount: Minor;
  readonly because: readonly Reason[];
}
const nothing: Part = { amount: 0n, because: [] };
const disputedFees: Part = { amount: 0n, because: [{ rule: 'fees-disputed', facts: {} }] };

/**
 * The fixed compensation for late payment, once per claim and from the classes of debtors that owe it; where the due date was not agreed in
 * advance it arises with the right to interest. Set off against fees that were charged before it is owed only for what it is more.
 */
function compensationOf(receivable: Receivable, step: PolicyStep, terms: RunTerms, { businessDate }: StepDays): Part {
  const had = receivable.steps.some((taken) => taken.compensationAmount > 0n);
  const rule = terms.rules.compensation;
  if (!step.compensation || rule === undefined || !rule.debtorClasses.includes(receivable.debtor.class) || had) return nothing;
  const from = firstInterestDay(receivable, terms);
  if (from === undefined || from > businessDate)
    return { amount: 0n, because: [{ rule: 'compensation-not-yet', facts: from === undefined ? {} : { from } }] };
  const owed = amountOn(rule.amount, { ...questionOf(receivable), date: from });
  if (owed === undefined) throw new RangeError(`${nameOf(rule.amount)}: no row for ${from}`);
  const charged = rule.withFees === 'set-off' ? sum(lettersOf(receivable).map(({ feeAmount }) => feeAmount)) : 0n;
  const amount = owed.value > charged ? owed.value - charged : 0n;
  return { amount, because: [{ rule: 'compensation', facts: { amount: formatAmount(amount), from } }] };
}

const questionOf = ({ debtor, principalAmount }: Receivable) => ({ debtorClass: debtor.class, principalAmount });

const lettersOf = ({ steps }: Receivable): readonly LetterWithFee[] =>
  steps.map(({ kind, dispatchedOn, reminderFeeAmount, collectionFeeAmount }) => ({
    document: kind,
    feeAmount: reminderFeeAmount + collectionFeeAmount,
    ...(dispatchedOn === undefined ? {} : { dispatchDate: dispatchedOn }),
  }));

/** A fee for the letter, unless compensation stands in its place, it comes too early, or the claim has had its fees of the kind. */
function feeOf(
  receivable: Receivable,
  step: PolicyStep,
  terms: RunTerms,
  { compensation, on }: { readonly compensation: Minor; readonly on: IsoDate },
): Part {
  if (step.feeAmount === 0n) return nothing;
  const { rules } = terms;
  const { steps, debtor, dueDate } = receivable;
  const act = actOf(rules, step.document);
  const compensated = compensation + sum(steps.map((taken) => taken.compensationAmount));
  if (compensated > 0n && rules.compensation?.withFees === 'instead')
    return { amount: 0n, because: [{ rule: 'compensation-instead-of-fees', facts: { debtorClass: debtor.class } }] };
  const letters = lettersOf(receivable);
  const from = firstFeeDay(act, { dueDate, letters, on });
  if (from !== undefined && on < from) return { amount: 0n, because: [{ rule: 'fee-not-yet', facts: { from } }] };
  const number = act.fee?.number;
  const charged = number === undefined ? [] : countedFees(letters, number, { rules, on });
  if (number !== undefined && charged.length >= number.max) return noMoreFees(receivable, number);
  const amount =
    rules.compensation?.withFees === 'set-off' ? overCompensation(receivable, step, terms, compensated) : step.feeAmount;
  const rule = act.fee?.component === 'collectionFee' ? 'collection-fee' : 'reminder-fee';
  return { amount, because: [{ rule, facts: { amount: formatAmount(amount) } }] };
}

/** Without a rule that a further fee would break it is only not charged. */
function noMoreFees({ steps }: Receivable, { broken }: FeeNumber): Part {
  if (broken === undefined) return nothing;
  const first = steps.find(({ reminderFeeAmount, collectionFeeAmount }) => reminderFeeAmount + collectionFeeAmount > 0n);
  return { amount: 0n, because: [{ rule: 'no-second-fee', facts: first ? { chargedOn: first.businessDate } : {} }] };
}

/** What the fees of the letters up to this one are more than the compensation, less what was charged of them before. */
function overCompensation(receivable: Receivable, step: PolicyStep, { policy }: RunTerms, compensated: Minor): Minor {
  const before = policy.steps.slice(0, receivable.steps.length);
  const fees = sum([step.feeAmount, ...before.map(({ feeAmount }) => feeAmount)]);
  const charged = sum(lettersOf(receivable).map(({ feeAmount }) => feeAmount));
  const owed = fees - compensated - charged;
  return owed > 0n ? (owed < step.feeAmount ? owed : step.feeAmount) : 0n;
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
    policy.interest.claim === 'from-reminder' ||
    (policy.interest.claim === 'from-demand' && actOf(terms.rules, step.document).run !== 'reminder');
  const counted = claims ? accruedInterest({ receivable, disputedAmount }, terms, businessDate) : undefined;
  if (counted === undefined) return nothing;
  const { accrued, firstDay } = counted;
  const due = interestDue(accrued, { settledAmount: receivable.interestClaimedAmount, waivedAmount: 0n });
  const facts = { accrued: formatAmount(accrued.totalAmount), through: businessDate, from: firstDay };
  if (due <= 0n || due < policy.interest.minimumAmount)
    return { amount: 0n, because: [{ rule: 'no-interest', facts: { ...facts, due: formatAmount(due) } }], accrued };
  return { amount: due, because: [{ rule: 'interest', facts: { ...facts, due: formatAmount(due) } }], accrued };
}

/** What is done with one receivable on one business date, and why. */
export type Decision =
  | { readonly outcome: 'step'; readonly step: DecidedStep; readonly because: readonly Reason[] }
  | { readonly outcome: 'skip'; readonly rule: SkipRule; readonly because: readonly Reason[] };

/** The next step of a receivable's timetable with all that it claims. */
export interface DecidedStep extends ClaimedAmounts {
  readonly receivable: bigint;
  readonly level: number;
  readonly document: ActId;
  readonly does: Act['does'];
  /** Fees and compensation claimed before are disputed and not demanded. */
  readonly feesDisputed: boolean;
  /** The undisputed rest of the principal, which is demanded, and what the step claims anew beside it. */
  readonly amounts: Amounts;
  /** New date to pay; absent where the step gives nobody time. */
  readonly deadline?: IsoDate;
  /** What comes after it in the policy, as a letter may announce it. */
  readonly next: Announced;
}

/** What of the principal nobody disputes; only that is demanded (F50). */
interface Demanded {
  readonly receivable: Receivable;
  readonly disputedAmount: Minor;
}

/**
 * All late interest of a receivable since its first day and through a date, whether claimed or not; undefined where none runs by then.
 * Throws a MissingRateError for an unknown half-year.
 */
export function accruedInterest(
  { receivable, disputedAmount }: Demanded,
  terms: RunTerms,
  lastDay: IsoDate,
): { readonly firstDay: IsoDate; readonly accrued: Interest } | undefined {
  const firstDay = firstInterestDay(receivable, terms);
  if (terms.policy.interest.rate.kind === 'none' || firstDay === undefined || firstDay > lastDay) return undefined;
  const accrued = lateInterest({
    principal: receivable.principalHistory.map(({ from, amount }) => ({
      from,
      amount: amount > disputedAmount ? amount - disputedAmount : 0n,
    })),
    firstDay,
    lastDay,
    rates: terms.ratesOf(receivable.dueDate),
    dayCount: terms.policy.interest.dayCount,
    suspended: receivable.holds.flatMap((hold) => pauseOf(hold)),
    mode: 'complete',
  });
  return { firstDay, accrued };
}

/** The first day with late interest (räntelagen 3 and 4 §§); an invoice of ours always says that late payment bears interest (§7.3). */
function firstInterestDay(
  { dueDate, dispatchedOn, debtor }: Receivable,
  { dueDateAgreed, rules }: RunTerms,
): IsoDate | undefined {
  const dispatch = dispatchedOn === undefined ? {} : { dispatchDate: dispatchedOn, interestNoticeDate: dispatchedOn };
  return interestStart({ dueDate, dueDateAgreed, debtorClass: debtor.class, ...dispatch }, rules);
}

/** Days that a hold granted without interest keeps free of it. */
function pauseOf({ interestRuns, from, until, releasedOn }: Hold): readonly { readonly from: IsoDate; readonly to: IsoDate }[] {
  if (interestRuns) return [];
  const released = releasedOn === undefined ? undefined : addDays(releasedOn, -1);
  const ends = [until, released].filter((end) => end !== undefined);
  const to = ends.length === 0 ? FOR_EVER : ends.reduce((a, b) => (a < b ? a : b));
  return to < from ? [] : [{ from, to }];
}

const FOR_EVER = '2100-12-30' as IsoDate;
