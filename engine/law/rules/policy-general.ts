import { findRow } from '../../dated-table.ts';
import { addDecimals, compareDecimals } from '../../decimal.ts';
import { daysBetween, isoDate } from '../../iso-date.ts';
import { formatAmount } from '../../money.ts';
import type { PolicyQuestion } from '../check-policy.ts';
import { rateOn } from '../interest-rates.ts';
import { isLetter, type PolicyStep } from '../policy.ts';
import type { RuleFinding } from '../rule-finding.ts';
import { planSchedule } from '../step-date.ts';
import { feeBound } from './fee-bound.ts';

type Findings = Generator<RuleFinding>;

/** The rules that every country has. */
export function* checkPolicyInGeneral(question: PolicyQuestion): Findings {
  yield* checkKind(question);
  yield* checkGrace(question);
  for (const [index, step] of question.policy.steps.entries()) {
    yield* checkFee(question, step, index);
    yield* checkTrigger(step, index);
    yield* checkLicence(question, step, index);
  }
  yield* checkInterest(question);
  yield* checkMinimum(question);
  yield* checkLetters(question);
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
  const charges = step.feeAmount > 0n || step.compensation;
  if (step.feeAmount > 0n && feeBound(step.document, rules) === undefined) {
    yield { ...error('X-01', path), message: `A ${step.document} carries no fee.`, hint: 'Write fee: 0.00.' };
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
  const table = step.feeAmount > 0n ? feeBound(step.document, rules) : step.compensation ? rules.lateCompensation : undefined;
  if (table && findRow(table, on) === undefined) {
    yield { ...error('X-05', path), message: `The law has no ${table.name} for ${on}.`, hint: 'Begin later, or enter the row.' };
  }
}

function* checkTrigger({ document, trigger, deadlineDays }: PolicyStep, index: number): Findings {
  const path = ['steps', index, 'trigger'];
  if (index === 0 && trigger.after !== 'due') {
    yield {
      ...error('X-03', path),
      message: `The first step is counted from a ${trigger.after.replace('previous-', '')} that nothing before it has.`,
      hint: 'Write after: due.',
    };
  }
  if (trigger.after === 'due' && trigger.days < 1 && (isLetter(document) || document === 'handover')) {
    yield {
      ...error('X-02', path),
      message: `A ${document} ${trigger.days} days after the due date comes before the debtor is late.`,
      hint: 'Write at least 1 day.',
    };
  }
  if (document === 'reminder' && deadlineDays < 1) {
    yield {
      ...error('X-01', ['steps', index, 'deadlineDays']),
      message: 'A reminder that gives no time is no reminder.',
      hint: 'Write the days that the debtor has from dispatch, such as 10.',
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
  const statutory = rateOn({ kind: 'statutory' }, rules, on);
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
  const letters = schedule.filter(({ document }) => isLetter(document));
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

const error = (rule: RuleFinding['rule'], path: RuleFinding['path']) => ({ rule, severity: 'error' as const, path });
