import { daysBetween, type IsoDate } from '../iso-date.ts';
import { MissingRateError } from '../law/interest.ts';
import { actOf } from '../law/bounds.ts';
import type { LegalRules } from '../law/legal-rules.ts';
import type { ActId, Announced, PolicyStep } from '../law/policy.ts';
import { stepDate, stepDeadline } from '../law/step-date.ts';
import { formatAmount } from '../money.ts';
import { openTotal, type Receivable } from '../claims/receivable.ts';
import { checkDecision } from './check-decision.ts';
import { claimedAmounts, type StepDays, type Decision, type DecidedStep } from './claimed-amounts.ts';
import { effectiveTerm, type EffectiveTerm } from './effective-term.ts';
import type { Reason, SkipRule } from './reason.ts';
import { standingHold, type StandingHold } from './standing-hold.ts';
import type { RunTerms } from './run-terms.ts';

const skip = (rule: SkipRule, facts: Reason['facts'], before: readonly Reason[] = []): Decision => ({
  outcome: 'skip',
  rule,
  because: [...before, { rule, facts }],
});

/**
 * Decides about one receivable as it was known on a business date: the next step of its policy, or why none is taken. Plans and
 * `explain` both ask this function and nothing else, so that they cannot differ (IR6). The order of the rules is that of reference/
 * collection-rules.md §14: nothing due, nothing owed, a hold, the step before, its term, the law.
 */
export function decideStep(receivable: Receivable, terms: RunTerms, days: StepDays): Decision {
  const nothing = nothingOwed(receivable, terms, days);
  if (nothing) return nothing;
  const standing = standingHold(receivable, days.businessDate);
  return standing.whole ? skip('held', standing.facts) : nextStep({ receivable, standing }, terms, days);
}

/** Nothing is due or worth a letter: rules, and the tolerance of §8.2. */
function nothingOwed(receivable: Receivable, { policy }: RunTerms, { businessDate }: StepDays): Decision | undefined {
  const { dueDate, open } = receivable;
  if (businessDate <= dueDate) return skip('not-due', { dueDate });
  const total = openTotal(receivable);
  if (total <= 0n) return skip('settled', { open: formatAmount(total) });
  if (total <= policy.toleranceAmount)
    return skip('within-tolerance', { open: formatAmount(total), tolerance: formatAmount(policy.toleranceAmount) });
  if (open.principal <= 0n) return skip('costs-only', { open: formatAmount(total) });
  if (open.principal < policy.minimumClaimAmount)
    return skip('below-minimum', { principal: formatAmount(open.principal), minimum: formatAmount(policy.minimumClaimAmount) });
  return undefined;
}

/** A claim with no hold of all of it (rule X-04 asks that first). */
interface FreeClaim {
  readonly receivable: Receivable;
  readonly standing: Extract<StandingHold, { readonly whole: false }>;
}

function nextStep(free: FreeClaim, terms: RunTerms, days: StepDays): Decision {
  const { receivable } = free;
  const { policy } = terms;
  const { businessDate } = days;
  if (receivable.dispatchedOn === undefined) return skip('awaits-dispatch', { kind: 'invoice' });
  const index = receivable.steps.length;
  const step = policy.steps[index];
  if (step === undefined) return skip('timetable-ended', { steps: String(policy.steps.length) });
  const latest = receivable.steps.at(-1);
  if (latest !== undefined && latest.businessDate >= businessDate)
    return skip('step-taken-today', { level: String(latest.level), businessDate: latest.businessDate });
  const term = effectiveTerm(receivable, terms, businessDate);
  const bound = stepDate({ policy, step: index, dueDate: term.dueDate, done: term.done }, terms.rules);
  if (bound === undefined) return skip('awaits-dispatch', latest ? { level: String(latest.level), kind: latest.kind } : {});
  const reasons = Object.fromEntries(bound.bounds.map(({ reason, date }) => [reason, date]));
  const dated: Reason = { rule: 'step-date', facts: { ...reasons, date: bound.date } };
  if (bound.date > businessDate) return skip('awaits-date', { ...dated.facts, document: step.document });
  return composeStep(free, { step, index, term }, terms, days, [dueReason(receivable, days), dated]);
}

const dueReason = ({ dueDate, open }: Receivable, { businessDate }: StepDays): Reason => ({
  rule: 'due',
  facts: { dueDate, daysLate: String(daysBetween(dueDate, businessDate)), principal: formatAmount(open.principal) },
});

interface IndexedStep {
  readonly term: EffectiveTerm;
  readonly step: PolicyStep;
  readonly index: number;
}

function composeStep(
  { receivable, standing }: FreeClaim,
  { step, index, term }: IndexedStep,
  terms: RunTerms,
  days: StepDays,
  before: readonly Reason[],
): Decision {
  const { disputedAmount, feesDisputed } = standing;
  const principalAmount = receivable.open.principal - disputedAmount;
  const disputed: readonly Reason[] =
    disputedAmount > 0n
      ? [{ rule: 'undisputed-part', facts: { disputed: formatAmount(disputedAmount), demanded: formatAmount(principalAmount) } }]
      : [];
  if (principalAmount < terms.policy.minimumClaimAmount || principalAmount <= 0n)
    return skip('disputed', { disputed: formatAmount(disputedAmount), rest: formatAmount(principalAmount) }, before);
  try {
    const { amounts, because, ...how } = claimedAmounts({ receivable, disputedAmount, feesDisputed }, step, terms, days);
    const deadline = stepDeadline(step, days.dispatchDate, terms.rules);
    const decided: DecidedStep = {
      receivable: receivable.id,
      level: index + 1,
      document: step.document,
      does: actOf(terms.rules, step.document).does,
      feesDisputed,
      amounts: { ...amounts, principal: principalAmount },
      ...how,
      ...(deadline === undefined ? {} : { deadline }),
      next: announced(step.document, terms.policy.steps[index + 1]?.document, terms.rules),
    };
    const reasons = [...before, ...disputed, ...because, ...(deadline === undefined ? [] : [deadlineReason(deadline, days)])];
    return checkDecision({ receivable, term, decided }, terms, days, reasons);
  } catch (error) {
    if (error instanceof MissingRateError) return skip('law', { id: error.rule, message: error.message }, before);
    throw error;
  }
}

/** Only what is certain to follow is announced, and the legal step only by the letter that it may follow (rule SE-10). */
function announced(document: ActId, next: ActId | undefined, rules: LegalRules): Announced {
  if (next === undefined) return 'none';
  switch (actOf(rules, next).does) {
    case 'letter':
      return next;
    case 'handover':
      return 'handover';
    case 'assessment':
      return document === rules.filedAfter ? 'legal' : 'none';
    case 'write-off':
    case 'plan':
    case 'application':
      return 'none';
  }
}

const deadlineReason = (deadline: IsoDate, { dispatchDate }: StepDays): Reason => ({
  rule: 'deadline',
  facts: { deadline, dispatch: dispatchDate, days: String(daysBetween(dispatchDate, deadline)) },
});
