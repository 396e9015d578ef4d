import { addAmounts, noAmounts, type Amounts, feesOf } from '../amounts.ts';
import { actOf } from './bounds.ts';
import type { LegalRules } from './legal-rules.ts';
import type { ActId, Announced } from './policy.ts';
import { formatAmount } from '../money.ts';
import type { Receivable } from './receivable.ts';
import { decideStep } from './decide-step.ts';
import type { StepDays, Decision, DecidedStep } from './claimed-amounts.ts';
import { selfEvident, type Reason, type SkipRule, type RunTerms } from './decision.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Language } from '../language.ts';
import { addBankDays, isBankDay, type BankCalendar } from '../bank-days.ts';

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

/** One letter: all that one debtor is reminded of, or demanded, by one run under one agreement. */
export interface LetterPlan<Step extends PlannedStep = PlannedStep> {
  readonly kind: ActId;
  readonly debtor: bigint;
  readonly agreementVersion: number;
  readonly language: Language;
  /** Oldest due date first. */
  readonly steps: readonly Step[];
  /** The latest of its steps: no claim's term is shorter for being in company. */
  readonly deadline: IsoDate;
  /** What comes next for every one of its claims. */
  readonly announced: Announced;
}

/**
 * Puts the letters of a plan together: one for each debtor, kind and agreement, however many of their invoices are late (rule X-11, RH
 * 2022:7), in order of debtor.
 */
export function groupLetters<Step extends PlannedStep>(
  steps: readonly Step[],
  languageOf: (step: Step) => Language,
): LetterPlan<Step>[] {
  const groups = new Map<string, Step[]>();
  for (const planned of steps) {
    const { document, does } = planned.step;
    if (does !== 'letter') continue;
    const { debtor, agreementVersion } = planned.receivable;
    const key = `${debtor.id} ${document} ${agreementVersion} ${languageOf(planned)}`;
    const group = groups.get(key);
    if (group) group.push(planned);
    else groups.set(key, [planned]);
  }
  return [...groups.values()].map((group) => letterOf(group, languageOf)).toSorted(byDebtor);
}

function letterOf<Step extends PlannedStep>(group: readonly Step[], languageOf: (step: Step) => Language): LetterPlan<Step> {
  const steps = group.toSorted(oldestFirst);
  const [first] = steps;
  const kind = first?.step.document;
  const deadlines = steps.flatMap(({ step }) => step.deadline ?? []);
  const deadline = deadlines.reduce<IsoDate | undefined>((a, b) => (a === undefined || a < b ? b : a), undefined);
  if (first === undefined || kind === undefined || deadline === undefined)
    throw new Error(`a letter for invoice ${first?.receivable.invoiceNumber} has no date to pay by`);
  const next = new Set(steps.map(({ step }) => step.next));
  return {
    kind,
    debtor: first.receivable.debtor.id,
    agreementVersion: first.receivable.agreementVersion,
    language: languageOf(first),
    steps,
    deadline,
    announced: next.size === 1 ? first.step.next : 'none',
  };
}

const oldestFirst = (a: PlannedStep, b: PlannedStep): number => {
  if (a.receivable.dueDate !== b.receivable.dueDate) return a.receivable.dueDate < b.receivable.dueDate ? -1 : 1;
  return a.receivable.id < b.receivable.id ? -1 : 1;
};

const byDebtor = (a: LetterPlan, b: LetterPlan): number =>
  a.debtor < b.debtor ? -1 : a.debtor > b.debtor ? 1 : a.kind < b.kind ? -1 : 1;

/**
 * Letters that have their fee, by debtor, agreement and kind; of one debtor in two languages only one has it. Grows while the pages and dates
 * of a run are planned, which end in the same letters.
 */
export type FeeBearingLetters = Set<string>;

/**
 * Leaves the fee with the first claim of each letter: the law grants one for each written reminder or demand, not for each invoice in it
 * (1981:739 4 §; reference/collection-rules.md §2.1, and RH 2022:7 for claims that belong in one letter). What other claims are spared
 * they may bear in a later letter of their own. Compensation stays with each claim (4 a §).
 */
export function oneFeePerLetter(steps: readonly PlannedStep[], charged: FeeBearingLetters): readonly PlannedStep[] {
  return steps.map((planned) => {
    const { amounts, document } = planned.step;
    if (feesOf(amounts) === 0n) return planned;
    const { debtor, agreementVersion } = planned.receivable;
    const letter = `${debtor.id} ${document} ${agreementVersion}`;
    if (!charged.has(letter)) {
      charged.add(letter);
      return planned;
    }
    return {
      ...planned,
      step: { ...planned.step, amounts: { ...amounts, reminderFee: 0n, collectionFee: 0n } },
      because: [...planned.because.filter(({ rule }) => rule !== 'reminder-fee' && rule !== 'collection-fee'), spared],
    };
  });
}

const spared: Reason = { rule: 'fee-in-same-letter', facts: {} };

/**
 * Bank days before a date on which a run should have been and was not (IR1). A client's first run begins its calendar: nothing is missing
 * before it. Throws a MissingBankCalendarError where the calendar is not known (fault XM6).
 */
export function missingDates(calendar: BankCalendar, ran: readonly IsoDate[], before: IsoDate): IsoDate[] {
  const first = ran.reduce<IsoDate | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);
  if (first === undefined) return [];
  const done = new Set(ran);
  const missing: IsoDate[] = [];
  for (let day = addBankDays(calendar, first, 1); day < before; day = addBankDays(calendar, day, 1))
    if (!done.has(day) && isBankDay(calendar, day)) missing.push(day);
  return missing;
}
