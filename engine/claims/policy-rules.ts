import { findRow } from '../dated-table.ts';
import { addDecimals, compareDecimals } from '../decimal.ts';
import { daysBetween, isoDate, type IsoDate } from '../iso-date.ts';
import { formatAmount, MAX_AMOUNT } from '../money.ts';
import { rateOn } from './interest-rates.ts';
import { actOf, amountOn, findAct, isLetter, nameOf, presses } from './bounds.ts';
import type { AmountRule, FeeRule, PolicyQuestion, PolicyContext } from './legal-rules.ts';
import type { PolicyStep, RuleFinding, RuleId, Policy } from './policy.ts';
import { planSchedule } from './step-date.ts';

type Findings = Generator<RuleFinding>;

/** The rules that every country has, and the bounds that its rows set. A policy with a step that its law does not know is judged no further. */
function* checkPolicyInGeneral(question: PolicyQuestion): Findings {
  const unknown = [...checkActs(question)];
  yield* unknown;
  if (unknown.length > 0) return;
  yield* checkKind(question);
  yield* checkGrace(question);
  for (const [index, step] of question.policy.steps.entries()) {
    yield* checkFee(question, step, index);
    yield* checkTrigger(question, step, index);
    yield* checkLicence(question, step, index);
  }
  yield* checkInterest(question);
  yield* checkMinimum(question);
  yield* checkLetters(question);
  for (const [index, step] of question.policy.steps.entries()) {
    yield* checkFeeBounds(question, step, index);
    yield* checkTerm(question, step, index);
  }
  yield* checkNumberOfFees(question);
}

function* checkActs({ policy, context: { rules } }: PolicyQuestion): Findings {
  const known = Object.entries(rules.acts).flatMap(([id, { does }]) => (does === 'plan' || does === 'application' ? [] : [id]));
  for (const [index, { document }] of policy.steps.entries()) {
    if (known.includes(document)) continue;
    const near = findAct(rules, document) === undefined ? 'has no rules for' : 'lets no timetable start';
    yield {
      ...error('X-05', ['steps', index, 'document']),
      message: `The law of ${rules.country} ${near} "${document}".`,
      hint: `Write one that it has: ${known.join(', ')}.`,
    };
  }
}

function* checkKind({ policy, context: { rules }, on }: PolicyQuestion): Findings {
  const known = findRow(rules.claimKinds, on)?.value ?? [];
  if (known.includes(policy.claimKind)) return;
  yield {
    rule: 'X-05',
    severity: 'error',
    path: ['claimKind'],
    message: `The rules of the sector "${policy.claimKind}" are not recorded.`,
    hint: `Claims of other kinds than ${known.join(', ')} are collected by hand until somebody enters their rules.`,
  };
}

function* checkGrace({ policy, context: { rules } }: PolicyQuestion): Findings {
  for (const key of ['bookingGraceBankDays', 'collectionGraceBankDays'] as const) {
    if (policy[key] >= rules.practice[key]) continue;
    yield {
      rule: 'X-02',
      severity: 'warning',
      path: [key],
      message: `Letters may cross payments that were made in time: ${policy[key]} bank days of grace, where ${rules.practice[key]} are usual.`,
      hint: `Write at least ${rules.practice[key]}, or acknowledge X-02.`,
    };
  }
}

function* checkFee({ policy, context: { rules }, on }: PolicyQuestion, step: PolicyStep, index: number): Findings {
  const path = ['steps', index, 'feeAmount'];
  const { fee } = actOf(rules, step.document);
  const charges = step.feeAmount > 0n || step.compensation;
  if (step.feeAmount > 0n && fee === undefined) {
    yield { ...error('X-01', path), message: `A ${step.document} carries no fee.`, hint: 'Write fee: 0.00.' };
  }
  if (step.compensation && rules.compensation === undefined) {
    yield {
      ...error('X-01', ['steps', index, 'compensation']),
      message: `The law of ${rules.country} knows no compensation for late payment.`,
      hint: 'Write compensation: no.',
    };
  }
  if (charges && policy.currency !== rules.currency) {
    yield {
      ...error('X-01', path),
      message: `The law bounds fees in ${rules.currency}; a fee in ${policy.currency} cannot be compared with it.`,
      hint: 'Charge no fee and no compensation in this currency.',
    };
  }
  if (charges && on > rules.regimeReviewedUntil) {
    yield {
      ...error('X-09', path),
      message: `The law of fees was last reviewed up to ${rules.regimeReviewedUntil}, before ${on}.`,
      hint: 'Read the law through and move regimeReviewedUntil in engine/countries.',
    };
  }
  const bound = step.feeAmount > 0n ? fee?.max : step.compensation ? rules.compensation?.amount : undefined;
  if (bound && amountFor(bound, { policy, on }) === undefined) {
    yield {
      ...error('X-05', path),
      message: `The law has no ${nameOf(bound)} for ${on}.`,
      hint: 'Begin later, or enter the row.',
    };
  }
}

/** Before there is a claim it may be as large as any. */
const amountFor = (rule: AmountRule, { policy, on }: Pick<PolicyQuestion, 'policy' | 'on'>) =>
  amountOn(rule, { date: on, debtorClass: policy.debtorClass, principalAmount: MAX_AMOUNT });

function* checkFeeBounds(question: PolicyQuestion, step: PolicyStep, index: number): Findings {
  const { fee } = actOf(question.context.rules, step.document);
  if (fee === undefined || step.feeAmount === 0n) return;
  const path = ['steps', index, 'feeAmount'];
  const stated = `A ${fee.title} of ${formatAmount(step.feeAmount)}`;
  const bound = amountFor(fee.max, question);
  if (bound && step.feeAmount > bound.value) {
    yield {
      ...error(fee.rule, path),
      message: `${stated} is above the law's ${formatAmount(bound.value)} (${bound.source}).`,
      hint: `Write at most ${formatAmount(bound.value)}.`,
    };
  } else if (fee.mustBeAgreed) yield* checkAgreed(question, { fee, stated, path }, step);
  const days = fee.afterDueDays && findRow(fee.afterDueDays, question.on);
  if (days && step.trigger.after === 'due' && step.trigger.calendar === 'calendar' && step.trigger.days < days.value) {
    yield {
      ...error(fee.rule, path),
      message: `${stated} comes before ${days.value} days after the due date (${days.source}).`,
      hint: `Write fee: 0.00, or at least ${days.value} days.`,
    };
  }
}

interface StatedFee {
  readonly fee: FeeRule;
  readonly stated: string;
  readonly path: RuleFinding['path'];
}

function* checkAgreed({ context }: PolicyQuestion, { fee, stated, path }: StatedFee, { feeAmount }: PolicyStep): Findings {
  const agreed = context.agreedReminderFeeAmount ?? 0n;
  if (feeAmount <= agreed) return;
  yield {
    ...error(fee.rule, path),
    message:
      agreed === 0n
        ? `${stated} was not agreed with the debtors in advance.`
        : `${stated} is more than the ${formatAmount(agreed)} agreed with the debtors.`,
    hint: 'Write fee: agreed, and terms.reminderFee if the debtors have agreed to one.',
  };
}

/** A letter without a shortest term in the law is refused: what is not bounded is not known to be lawful. */
function* checkTerm({ context: { rules }, on }: PolicyQuestion, { document, deadlineDays }: PolicyStep, index: number): Findings {
  const { does, title, term } = actOf(rules, document);
  const path = ['steps', index, 'deadlineDays'];
  if (term === undefined) {
    if (does !== 'letter') return;
    yield {
      ...error('X-05', path),
      message: `The law of ${rules.country} says no shortest term of a ${title}.`,
      hint: 'Enter it in engine/countries.',
    };
    return;
  }
  const days = findRow(term.minDays, on);
  if (days === undefined || deadlineDays >= days.value) return;
  yield {
    ...error(term.rule, path),
    message: `A ${title} that gives ${deadlineDays} days is shorter than the ${days.value} of ${term.of} (${days.source}).`,
    hint: `Write at least ${days.value}.`,
  };
}

/** So many fees of a group are owed: a policy with more breaks the country's rule, where it has one. */
function* checkNumberOfFees({ policy, context: { rules } }: PolicyQuestion): Findings {
  const charged = new Map<string, number>();
  for (const [index, { document, feeAmount }] of policy.steps.entries()) {
    const number = actOf(rules, document).fee?.number;
    if (number === undefined || feeAmount === 0n) continue;
    const before = charged.get(number.group) ?? 0;
    charged.set(number.group, before + 1);
    if (before < number.max || number.broken === undefined) continue;
    const { rule, severity, because } = number.broken;
    yield {
      rule,
      severity,
      path: ['steps', index, 'feeAmount'],
      message: `More than ${number.max} ${document} with a fee is ${because}.`,
      hint: 'Write fee: 0.00 for the later reminders.',
    };
  }
}

function* checkTrigger({ context: { rules } }: PolicyQuestion, { document, trigger }: PolicyStep, index: number): Findings {
  const path = ['steps', index, 'trigger'];
  if (index === 0 && trigger.after !== 'due') {
    yield {
      ...error('X-03', path),
      message: `The first step is counted from a ${trigger.after.replace('previous-', '')} that nothing before it has.`,
      hint: 'Write after: due.',
    };
  }
  if (trigger.after === 'due' && trigger.days < 1 && presses(actOf(rules, document))) {
    yield {
      ...error('X-02', path),
      message: `A ${document} ${trigger.days} days after the due date comes before the debtor is late.`,
      hint: 'Write at least 1 day.',
    };
  }
}

function* checkLicence({ context: { rules, licensed }, on }: PolicyQuestion, { document }: PolicyStep, index: number): Findings {
  if (licensed || !(findRow(rules.licensedActs, on)?.value ?? []).includes(document)) return;
  yield {
    ...error('X-06', ['steps', index, 'document']),
    message: `A ${document} for others needs a licence to collect in ${rules.country}, which the bureau does not have.`,
    hint: 'Write document: handover, or licences in bureau.yaml if there is one.',
  };
}

function* checkInterest({ policy, context: { rules }, on }: PolicyQuestion): Findings {
  const { rate } = policy.interest;
  const statutory = rateOn({ kind: 'statutory' }, rules, { date: on, dueDate: on, debtorClass: policy.debtorClass });
  if (policy.debtorClass !== 'consumer' || rate.kind !== 'contract' || statutory === undefined) return;
  const { aboveStatutoryPoints, severity } = rules.practice.consumerInterest;
  const bound = addDecimals(statutory.value, aboveStatutoryPoints);
  if (compareDecimals(rate.percent, bound) <= 0) return;
  yield {
    rule: 'X-08',
    severity,
    path: ['interest'],
    message: `Interest of ${rate.percent} % is more than ${aboveStatutoryPoints} points above the law's ${statutory.value} %; against a consumer it may be unfair.`,
    hint: `Agree at most ${bound} %.`,
  };
}

function* checkMinimum({ policy, context: { rules } }: PolicyQuestion): Findings {
  const usual = rules.practice.minimumClaimAmount;
  if (policy.currency !== rules.currency || policy.minimumClaimAmount >= usual) return;
  yield {
    rule: 'X-10',
    severity: 'warning',
    path: ['minimumClaimAmount'],
    message: `Claims from ${formatAmount(policy.minimumClaimAmount)} are demanded, where less than ${formatAmount(usual)} is hardly worth a letter.`,
    hint: `Write at least ${formatAmount(usual)}, or acknowledge X-10.`,
  };
}

/** Counted on a due date in the calendar's first year: only the distances matter. */
function* checkLetters({ policy, context: { rules } }: PolicyQuestion): Findings {
  const { max, withinDays } = rules.practice.letters;
  const schedule = planSchedule(policy, isoDate(`${rules.bankCalendar.firstYear}-09-01`), rules);
  const letters = schedule.filter(({ document }) => isLetter(actOf(rules, document)));
  const tooMany = letters.find((letter, index) => {
    const first = letters[index - max];
    return first !== undefined && daysBetween(first.date, letter.date) <= withinDays;
  });
  if (tooMany === undefined) return;
  yield {
    rule: 'X-11',
    severity: 'warning',
    path: ['steps'],
    message: `More than ${max} letters go out within ${withinDays} days.`,
    hint: 'Take letters away or move them apart, or acknowledge X-11.',
  };
}

const error = (rule: RuleId, path: RuleFinding['path']) => ({ rule, severity: 'error' as const, path });

/**
 * Compares a policy with the law on a day, before any claim is dunned by it: the static part of reference/collection-rules.md §14.3. A
 * policy with an error is refused; a warning needs a person's acknowledgement.
 */
export function checkPolicy(policy: Policy, context: PolicyContext, on: IsoDate): readonly RuleFinding[] {
  const question = { policy, context, on };
  return [...checkPolicyInGeneral(question), ...context.rules.checkPolicy(question)];
}

/** What forbids the use of a policy: its errors, and the warnings that nobody has acknowledged in it. */
export const forbidding = (findings: readonly RuleFinding[], { acknowledged }: Policy): readonly RuleFinding[] =>
  findings.filter(({ rule, severity }) => severity === 'error' || !acknowledged.some((item) => item.rule === rule));
