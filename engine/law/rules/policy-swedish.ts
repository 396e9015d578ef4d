import { findRow } from '../../dated-table.ts';
import { formatAmount } from '../../money.ts';
import type { PolicyQuestion } from '../check-policy.ts';
import type { PolicyStep } from '../policy.ts';
import type { RuleFinding } from '../rule-finding.ts';

type Findings = Generator<RuleFinding>;

/** The Swedish rules that a policy can break before there is a claim: SE-01 to SE-04. */
export function* checkSwedishPolicy(question: PolicyQuestion): Findings {
  const { policy } = question;
  for (const [index, step] of policy.steps.entries()) {
    if (step.document === 'reminder') yield* checkReminderFee(question, step, index);
    if (step.document === 'demand') yield* checkDemand(question, step, index);
    yield* checkCompensation(question, step, index);
  }
  yield* checkNumberOfFees(question);
}

/** Lag (1981:739) 2 and 4 §§: only if agreed when the debt arose, and at most the cap. */
function* checkReminderFee({ context, on }: PolicyQuestion, { feeAmount }: PolicyStep, index: number): Findings {
  if (feeAmount === 0n) return;
  const path = ['steps', index, 'feeAmount'];
  const row = findRow(context.rules.reminderFeeMax, on);
  const agreed = context.agreedReminderFeeAmount ?? 0n;
  if (row && feeAmount > row.value) {
    yield {
      ...error('SE-01', path),
      message: `A reminder fee of ${formatAmount(feeAmount)} is above the law's ${formatAmount(row.value)} (${row.source}).`,
      hint: `Write at most ${formatAmount(row.value)}.`,
    };
  } else if (feeAmount > agreed) {
    yield {
      ...error('SE-01', path),
      message:
        agreed === 0n
          ? `A reminder fee of ${formatAmount(feeAmount)} was not agreed with the debtors in advance.`
          : `A reminder fee of ${formatAmount(feeAmount)} is more than the ${formatAmount(agreed)} agreed with the debtors.`,
      hint: 'Write fee: agreed, and terms.reminderFee if the debtors have agreed to one.',
    };
  }
}

/** One charged reminder per claim is good practice, not statute: its severity is data. */
function* checkNumberOfFees({ policy, context: { rules } }: PolicyQuestion): Findings {
  const { max, severity } = rules.practice.feeReminders;
  const charged = [...policy.steps.entries()].filter(([, step]) => step.document === 'reminder' && step.feeAmount > 0n);
  for (const [index] of charged.slice(max)) {
    yield {
      rule: 'SE-02',
      severity,
      path: ['steps', index, 'feeAmount'],
      message: `More than ${max} reminder with a fee is not reasonably needed (lag (1981:739) 5 §).`,
      hint: 'Write fee: 0.00 for the later reminders.',
    };
  }
}

function* checkDemand({ context: { rules }, on }: PolicyQuestion, step: PolicyStep, index: number): Findings {
  const fee = findRow(rules.collectionLetterFeeMax, on);
  if (fee && step.feeAmount > fee.value) {
    yield {
      ...error('SE-03', ['steps', index, 'feeAmount']),
      message: `A collection fee of ${formatAmount(step.feeAmount)} is above the law's ${formatAmount(fee.value)} (${fee.source}).`,
      hint: `Write at most ${formatAmount(fee.value)}.`,
    };
  }
  const days = findRow(rules.collectionLetterMinDays, on);
  if (days && step.deadlineDays < days.value) {
    yield {
      ...error('SE-03', ['steps', index, 'deadlineDays']),
      message: `A collection demand that gives ${step.deadlineDays} days is shorter than the ${days.value} of good practice (${days.source}).`,
      hint: `Write at least ${days.value}.`,
    };
  }
}

/** Lag (1981:739) 4 a §: from traders and public bodies only, and instead of the fees. */
function* checkCompensation({ policy }: PolicyQuestion, step: PolicyStep, index: number): Findings {
  if (!step.compensation) return;
  const path = ['steps', index, 'compensation'];
  if (policy.debtorClass === 'consumer') {
    yield {
      ...error('SE-04', path),
      message: 'Late payment compensation is never owed by a consumer.',
      hint: 'Write compensation: no.',
    };
  } else if (policy.steps.some(({ feeAmount }) => feeAmount > 0n)) {
    yield {
      ...error('SE-04', path),
      message: 'Late payment compensation replaces the fees of reminder, demand and plan.',
      hint: 'Write fee: 0.00 in every step, or compensation: no.',
    };
  }
}

const error = (rule: RuleFinding['rule'], path: RuleFinding['path']) => ({ rule, severity: 'error' as const, path });
