import { daysBetween, type IsoDate, addDays } from '../iso-date.ts';
import { MissingRateError } from './interest.ts';
import { actOf } from './bounds.ts';
import { type LegalRules, demandItems, type CaseFacts, type ProposedStep, type SentLetter } from './legal-rules.ts';
import type { ActId, Announced, PolicyStep, Policy, RuleFinding } from './policy.ts';
import { stepDate, stepDeadline, type DoneStep } from './step-date.ts';
import { formatAmount, type Minor } from '../money.ts';
import { openTotal, type Receivable, type Hold, type TakenStep } from './receivable.ts';
import { claimedAmounts, type StepDays, type Decision, type DecidedStep } from './claimed-amounts.ts';
import type { Reason, SkipRule, RunTerms } from './decision.ts';
import { checkStep } from './step-rules.ts';
import { extrasOf, feesOf } from '../amounts.ts';
import { holdOn } from './holds.ts';

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

/**
 * The law's last word on a step with the case's real dates (reference/collection-rules.md §14.3): an error forbids it, a warning too
 * unless a person has acknowledged it in the policy.
 */
function checkDecision(
  { receivable, term, decided }: { readonly receivable: Receivable; readonly term: EffectiveTerm; readonly decided: DecidedStep },
  terms: RunTerms,
  days: StepDays,
  because: readonly Reason[],
): Decision {
  const { policy, rules, licensed } = terms;
  const facts = caseFacts(receivable, term, terms);
  const findings = checkStep({ policy, facts, proposed: proposedStep(decided, days), rules, licensed });
  const refused = findings.find((finding) => !isAcknowledged(policy, finding));
  const acknowledged = findings.filter((finding) => isAcknowledged(policy, finding)).map(({ rule }) => rule);
  const reasons: readonly Reason[] =
    acknowledged.length > 0 ? [...because, { rule: 'acknowledged', facts: { rules: acknowledged.join(' ') } }] : because;
  if (refused === undefined) return { outcome: 'step', step: decided, because: reasons };
  const law: Reason = { rule: 'law', facts: { id: refused.rule, document: decided.document, message: refused.message } };
  return { outcome: 'skip', rule: 'law', because: [...reasons, law] };
}

const isAcknowledged = ({ acknowledged }: Policy, { rule, severity }: RuleFinding): boolean =>
  severity === 'warning' && acknowledged.some((item) => item.rule === rule);

function caseFacts(receivable: Receivable, { done }: EffectiveTerm, terms: RunTerms): CaseFacts {
  const { debtor, dueDate, dispatchedOn, open, steps } = receivable;
  return {
    debtorClass: debtor.class,
    claimKind: terms.policy.claimKind,
    dueDate,
    dueDateAgreed: terms.dueDateAgreed,
    // The invoice of ours always says that late payment bears interest (§7.3).
    ...(dispatchedOn === undefined ? {} : { invoiceDispatchDate: dispatchedOn, interestNoticeDate: dispatchedOn }),
    ...(terms.agreedReminderFeeAmount === undefined ? {} : { agreedReminderFeeAmount: terms.agreedReminderFeeAmount }),
    principalAmount: receivable.principalAmount,
    remainingPrincipalAmount: open.principal,
    unpaidFeesAmount: extrasOf(open),
    assigned: terms.assigned,
    // What holds a claim back was asked before, and in parts only the undisputed rest is demanded.
    states: [],
    letters: done.map((step, index): SentLetter => {
      const taken = steps[index];
      return {
        ...step,
        feeAmount: (taken?.reminderFeeAmount ?? 0n) + (taken?.collectionFeeAmount ?? 0n),
        compensationAmount: taken?.compensationAmount ?? 0n,
      };
    }),
  };
}

const proposedStep = ({ document, deadline, amounts, accrued }: DecidedStep, { dispatchDate }: StepDays): ProposedStep => ({
  document,
  date: dispatchDate,
  ...(deadline === undefined ? {} : { deadline }),
  feeAmount: feesOf(amounts),
  compensationAmount: amounts.compensation,
  ...(accrued === undefined || amounts.interest === 0n ? {} : { interest: accrued }),
  // A demand's form states all of them, and its words are checked where the letter is made (engine/claims/demand.ts).
  contents: demandItems,
  text: '',
  unmergedLetters: 0,
});

/** What keeps a receivable, or a part of it, from being demanded on a date. */
type StandingHold =
  | { readonly whole: true; readonly facts: Reason['facts'] }
  | {
      readonly whole: false;
      /** Principal that is disputed and not demanded meanwhile (F50). */
      readonly disputedAmount: Minor;
      /** Fees and compensation are disputed: none is demanded or charged meanwhile, and the principal goes on (§11). */
      readonly feesDisputed: boolean;
    };

/** The hold that stands on a date. */
function standingHold(receivable: Receivable, date: IsoDate): StandingHold {
  const verdict = holdOn(receivable, date);
  if (verdict.kind === 'free') return { whole: false, disputedAmount: 0n, feesDisputed: false };
  if (verdict.kind === 'held') return { whole: true, facts: factsOf(verdict.hold) };
  const { disputedAmount, feesDisputed } = verdict;
  return { whole: false, disputedAmount, feesDisputed };
}

const factsOf = ({ kind, from, until, category }: Hold): Reason['facts'] => ({
  kind,
  from,
  ...(until === undefined ? {} : { until }),
  ...(category === undefined ? {} : { category }),
});

/** The debtor's term as it stands after deferments and disputes: none of them ever shortens it. */
interface EffectiveTerm {
  readonly dueDate: IsoDate;
  readonly done: readonly DoneStep[];
}

/**
 * A deferment puts off the day to pay to its last day; a promise only suspends until it has passed (F45); a dispute that ended leaves the
 * term it interrupted to run anew from that day (F50, F51). What came before the first letter moves the due date, and so the whole
 * timetable; what came later moves the deadline of the latest step. Steps that are done stay as they were.
 */
function effectiveTerm(receivable: Receivable, { policy, rules }: RunTerms, date: IsoDate): EffectiveTerm {
  const { holds } = receivable;
  const done = receivable.steps.map((step) => doneStep(step, rules));
  const latest = done.at(-1);
  const firstLetter = receivable.steps[0]?.businessDate ?? date;
  const before = holds.filter((hold) => hold.from <= firstLetter);
  const dueDate = latestOf([receivable.dueDate, ...before.map((hold) => putOff(hold, date, 0))]);
  if (latest === undefined) return { dueDate, done };
  const days = policy.steps[done.length - 1]?.deadlineDays ?? 0;
  const wanted = holds.map((hold) => putOff(hold, date, days)).filter((end) => end !== undefined);
  if (wanted.length === 0) return { dueDate, done };
  const deadline = latestOf([latest.deadline ?? latest.dispatchDate ?? dueDate, ...wanted]);
  return { dueDate, done: [...done.slice(0, -1), { ...latest, deadline }] };
}

/** An assessment is sent to nobody: it is done on its day. */
function doneStep({ kind, businessDate, dispatchedOn, deadline }: TakenStep, rules: LegalRules): DoneStep {
  const dispatchDate = actOf(rules, kind).does === 'assessment' ? businessDate : dispatchedOn;
  return {
    document: kind,
    ...(dispatchDate === undefined ? {} : { dispatchDate }),
    ...(deadline === undefined ? {} : { deadline }),
  };
}

/** The day to which a hold has put off the debtor's term, as known on a date; undefined: it has not. */
function putOff(hold: Hold, date: IsoDate, termDays: number): IsoDate | undefined {
  if (hold.from > date) return undefined;
  const { kind, until, releasedOn } = hold;
  if (kind === 'deferment') {
    // Taken back before its last day: it has put off the term no further than to that day.
    return releasedOn !== undefined && until !== undefined && releasedOn < until ? releasedOn : (until ?? releasedOn);
  }
  if (kind === 'dispute' && releasedOn !== undefined) return addDays(releasedOn, termDays);
  return undefined;
}

const latestOf = (dates: readonly (IsoDate | undefined)[]): IsoDate =>
  dates.filter((date) => date !== undefined).reduce((a, b) => (a < b ? b : a));
