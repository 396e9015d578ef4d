import { findRow } from '../../dated-table.ts';
import { addDays } from '../../iso-date.ts';
import type { PolicyQuestion } from '../../law/check-policy.ts';
import type { StepQuestion } from '../../law/check-step.ts';
import type { PolicyStep } from '../../law/policy.ts';
import { pressingWord } from '../../law/pressing-word.ts';
import type { RuleFinding, RuleId, Severity } from '../../law/rule-finding.ts';
import { lacksInterestNotice } from '../../law/rules/interest-notice.ts';
import { demandDeadlineBounds, filingDate } from '../../law/step-date.ts';
import { formatAmount } from '../../money.ts';

type Findings = Generator<RuleFinding>;

/** The Swedish rules that a policy can break before there is a claim: SE-01 to SE-04. */
export function* checkSwedishPolicy(question: PolicyQuestion): Findings {
  const { policy } = question;
  for (const [index, step] of policy.steps.entries()) {
    if (step.document === 'reminder') yield* checkPlannedReminder(question, step, index);
    if (step.document === 'demand') yield* checkPlannedDemand(question, step, index);
    yield* checkPlannedCompensation(question, step, index);
  }
  yield* checkNumberOfFees(question);
}

/** Lag (1981:739) 2 and 4 §§: only if agreed when the debt arose, and at most the cap. */
function* checkPlannedReminder({ context, on }: PolicyQuestion, { feeAmount }: PolicyStep, index: number): Findings {
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

function* checkPlannedDemand({ context: { rules }, on }: PolicyQuestion, step: PolicyStep, index: number): Findings {
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
function* checkPlannedCompensation({ policy }: PolicyQuestion, step: PolicyStep, index: number): Findings {
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

/** The Swedish rules SE-01 to SE-10, on the day of the step. */
export function* checkSwedishStep(question: StepQuestion): Findings {
  const { document } = question.proposed;
  if (document === 'reminder') yield* checkReminder(question);
  if (document === 'demand') yield* checkDemand(question);
  if (document === 'application') yield* checkApplication(question);
  if (document === 'plan') yield* checkPlan(question);
  yield* checkCompensation(question);
  if (lacksInterestNotice(question.facts, question.rules) && (question.proposed.interest?.totalAmount ?? 0n) > 0n) {
    const message = 'The consumer has not been told that late payment bears interest (räntelagen 4 §).';
    yield finding('SE-08', message, 'Claim no interest; the next letter that says so starts the thirty days.');
  }
}

function* checkReminder({ facts, proposed, rules, licensed }: StepQuestion): Findings {
  const { feeAmount, date, text } = proposed;
  const cap = findRow(rules.reminderFeeMax, date);
  const agreed = facts.agreedReminderFeeAmount ?? 0n;
  if (cap && feeAmount > cap.value)
    yield finding('SE-01', `A reminder fee of ${formatAmount(feeAmount)} is above the law's ${formatAmount(cap.value)}.`);
  else if (feeAmount > agreed)
    yield finding('SE-01', `A reminder fee of ${formatAmount(feeAmount)} was not agreed when the debt arose.`);
  const { max, severity } = rules.practice.feeReminders;
  const charged = facts.letters.filter((letter) => letter.document === 'reminder' && letter.feeAmount > 0n).length;
  if (feeAmount > 0n && charged >= max)
    yield finding(
      'SE-02',
      `A reminder with a fee is number ${charged + 1} of the claim, where ${max} is good practice.`,
      undefined,
      severity,
    );
  const pressing = licensed ? undefined : pressingWord(text, findRow(rules.pressingWords, date)?.value ?? []);
  if (pressing !== undefined) {
    const message = `A reminder of a bureau without licence may not press with "${pressing}" (inkassolagen 1 §).`;
    yield finding('SE-10', message, 'Say only when to pay, and that the claim will be handed over otherwise.');
  }
}

function* checkDemand({ proposed: { feeAmount, date, deadline }, rules }: StepQuestion): Findings {
  const cap = findRow(rules.collectionLetterFeeMax, date);
  if (cap && feeAmount > cap.value)
    yield finding('SE-03', `A collection fee of ${formatAmount(feeAmount)} is above the law's ${formatAmount(cap.value)}.`);
  if (deadline === undefined) return;
  const [byDispatch, byReceipt] = demandDeadlineBounds(date, rules);
  const earliest = byDispatch < byReceipt ? byReceipt : byDispatch;
  if (deadline < earliest)
    yield finding('SE-03', `A term to ${deadline} is too short for a demand of ${date}.`, `Give time to ${earliest} at least.`);
}

/** Lag (1981:739) 4 a §: instead of the fees, from traders and public bodies, when the right to late interest has arisen. */
function* checkCompensation({ facts, proposed, rules }: StepQuestion): Findings {
  if (proposed.document === 'application') return;
  const compensated = [proposed, ...facts.letters].some(({ compensationAmount }) => compensationAmount > 0n);
  const charged = [proposed, ...facts.letters].some(({ feeAmount }) => feeAmount > 0n);
  if (compensated && charged)
    yield finding('SE-04', 'Late payment compensation replaces the fees of reminder, demand and plan.', 'Claim one of them.');
  if (proposed.compensationAmount === 0n) return;
  if (facts.debtorClass === 'consumer' || facts.debtorClass === 'unknown')
    yield finding('SE-04', 'Late payment compensation is never owed by a consumer.', 'Claim none.');
  const { invoiceDispatchDate } = facts;
  if (facts.dueDateAgreed || invoiceDispatchDate === undefined) return;
  const notice = findRow(rules.interestNotice, invoiceDispatchDate);
  const ends = notice && addDays(invoiceDispatchDate, notice.value.days);
  if (ends && proposed.date <= ends) {
    const message = `The due date was not agreed, so compensation is owed only after ${ends}.`;
    yield finding('SE-05', message, 'Claim it with a later letter.');
  }
}

/** Inkassolagen 6 §, lag (1990:746) 2 and 48 §§. */
function* checkApplication({ policy, facts, proposed, rules }: StepQuestion): Findings {
  const { date, application } = proposed;
  const demand = facts.letters.findLast((letter) => letter.document === 'demand');
  const from = demand?.dispatchDate && demand.deadline ? filingDate(policy, demand.deadline, rules) : undefined;
  const reason =
    date <= facts.dueDate
      ? `The claim is due on ${facts.dueDate}.`
      : facts.states.includes('disputed')
        ? 'The claim is disputed.'
        : from === undefined
          ? 'No collection demand with a term has left the house.'
          : date < from
            ? `The demand's term and grace have not run out before ${from}.`
            : undefined;
  if (reason !== undefined) yield finding('SE-06', reason, 'Do not apply yet.');
  const fee = findRow(rules.paymentOrderApplicationFee, date)?.value;
  const agentMax = findRow(rules.paymentOrderAgentFeeMax, date)?.value;
  const wrongFee = fee !== undefined && application !== undefined && application.applicationFeeAmount !== fee;
  const wrongAgent = agentMax !== undefined && application !== undefined && application.agentFeeAmount > agentMax;
  if (wrongFee || wrongAgent) {
    const message = `The authority's fee is ${formatAmount(fee ?? 0n)} and the agent's at most ${formatAmount(agentMax ?? 0n)}.`;
    yield finding('SE-09', message, 'Correct the application, or acknowledge.', 'warning');
  }
}

/** Lag (1981:739) 4 §: for a complete written plan of the whole debt, made with the debtor. */
function* checkPlan({ proposed: { feeAmount, date, plan }, rules }: StepQuestion): Findings {
  const cap = findRow(rules.instalmentPlanFeeMax, date);
  if (cap && feeAmount > cap.value)
    yield finding('SE-07', `A plan fee of ${formatAmount(feeAmount)} is above the law's ${formatAmount(cap.value)}.`);
  else if (feeAmount > 0n && !(plan?.written && plan.complete))
    yield finding('SE-07', 'A plan fee is owed only for a complete plan in writing.');
}

const finding = (
  rule: RuleId,
  message: string,
  hint = 'Charge less, or nothing.',
  severity: Severity = 'error',
): RuleFinding => ({ rule, severity, path: [], message, hint });
