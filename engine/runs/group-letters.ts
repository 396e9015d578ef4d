import type { IsoDate } from '../iso-date.ts';
import type { ActId, Announced } from '../law/policy.ts';
import type { Language } from '../language.ts';
import type { PlannedStep } from './plan-demands.ts';

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
