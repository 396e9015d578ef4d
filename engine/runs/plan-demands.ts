import { addAmounts, noAmounts, type Amounts } from '../amounts.ts';
import { actOf } from '../law/bounds.ts';
import type { LegalRules } from '../law/legal-rules.ts';
import type { ActId } from '../law/policy.ts';
import { formatAmount } from '../money.ts';
import type { Receivable } from '../claims/receivable.ts';
import { decideStep } from './decide-step.ts';
import type { StepDays, Decision, DecidedStep } from './claimed-amounts.ts';
import { selfEvident, type Reason, type SkipRule } from './reason.ts';
import type { RunTerms } from './run-terms.ts';

/** Which runs take steps of the timetable; payouts are planned elsewhere. */
export type DemandRunKind = 'reminder' | 'collection';

/** The run that takes a step: reminders in the one, all that follows in the other. */
export const runOf = (document: ActId, rules: LegalRules): DemandRunKind => actOf(rules, document).run;

/** What a run will do, as data: every step and every skip with its chain of reasons. */
export interface DemandPlan {
  readonly steps: readonly PlannedStep[];
  readonly skips: readonly PlannedSkip[];
}

export interface PlannedStep {
  readonly receivable: Receivable;
  readonly step: DecidedStep;
  readonly because: readonly Reason[];
}

export interface PlannedSkip {
  readonly receivable: Receivable;
  readonly rule: SkipRule;
  readonly because: readonly Reason[];
}

export interface PlanQuestion {
  readonly kind: DemandRunKind;
  readonly days: StepDays;
  /** Terms of a receivable's agreement and debtor class; undefined: no policy was agreed, so nothing is ever demanded. */
  readonly termsOf: (receivable: Receivable) => RunTerms | undefined;
  /**
   * The same receivables as they are known now, where the business date lies in the past: what was settled or held since is not demanded
   * (IR3). Absent: the run is made on its own day.
   */
  readonly now?: ReadonlyMap<bigint, Receivable>;
}

/** Plans one run over receivables as they were known on its business date. Pure: the same facts and date give the same plan (IR6). */
export function planDemands(receivables: readonly Receivable[], question: PlanQuestion): DemandPlan {
  const steps: PlannedStep[] = [];
  const skips: PlannedSkip[] = [];
  for (const receivable of receivables) {
    const decision = decideForRun(receivable, question);
    const { because } = decision;
    if (decision.outcome === 'step')
      steps.push({ receivable: question.now?.get(receivable.id) ?? receivable, step: decision.step, because });
    else if (!selfEvident.has(decision.rule)) skips.push({ receivable, rule: decision.rule, because });
  }
  return { steps, skips };
}

/** What one run does with one receivable: `explain` asks this too. */
export function decideForRun(receivable: Receivable, { kind, days, termsOf, now }: PlanQuestion): Decision {
  const terms = termsOf(receivable);
  if (terms === undefined) return skipped('no-policy', { debtorClass: receivable.debtor.class });
  const decision = decideStep(receivable, terms, days);
  if (decision.outcome === 'skip') {
    // A claim whose next step is the other run's is that run's to think about.
    const next = terms.policy.steps[receivable.steps.length]?.document;
    const others = next !== undefined && runOf(next, terms.rules) !== kind && !selfEvident.has(decision.rule);
    return others ? skipped('other-run', { next }) : decision;
  }
  if (runOf(decision.step.document, terms.rules) !== kind) return skipped('other-run', { next: decision.step.document });
  const current = now?.get(receivable.id);
  return current === undefined ? decision : (changedSince(decision, current, terms, days) ?? decision);
}

/** Is the step still right by what is known today? A past date's run never demands what has been paid, credited or held since. */
function changedSince(
  decision: Extract<Decision, { outcome: 'step' }>,
  current: Receivable,
  terms: RunTerms,
  { dispatchDate }: StepDays,
): Decision | undefined {
  const today = decideStep(current, terms, { businessDate: dispatchDate, dispatchDate });
  if (today.outcome === 'step' && today.step.level === decision.step.level) {
    if (today.step.amounts.principal !== decision.step.amounts.principal)
      return skipped('settled-since', {
        demandedThen: formatAmount(decision.step.amounts.principal),
        demandableNow: formatAmount(today.step.amounts.principal),
      });
    return today.step.feesDisputed === decision.step.feesDisputed ? undefined : skipped('held-since', { since: 'fees-disputed' });
  }
  if (today.outcome === 'step') return skipped('step-taken-today', { level: String(today.step.level - 1) });
  const facts = { since: today.rule, ...today.because.at(-1)?.facts };
  if (today.rule === 'held') return skipped('held-since', facts);
  return skipped(today.rule.startsWith('awaits-') ? 'moved-since' : 'settled-since', facts);
}

const skipped = (rule: SkipRule, facts: Reason['facts']): Decision => ({ outcome: 'skip', rule, because: [{ rule, facts }] });

/** Sums of a plan, for its table and the run's row. */
export interface PlanTotals {
  readonly steps: number;
  readonly skips: number;
  /** What the steps demand. */
  readonly amounts: Amounts;
}

export function planTotals({ steps, skips }: DemandPlan): PlanTotals {
  return {
    steps: steps.length,
    skips: skips.length,
    amounts: steps.reduce((amounts, { step }) => addAmounts(amounts, step.amounts), noAmounts),
  };
}
