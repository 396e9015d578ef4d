import { findRow } from '../../dated-table.ts';
import { addDays } from '../../iso-date.ts';
import { formatAmount } from '../../money.ts';
import type { StepQuestion } from '../check-step.ts';
import { pressingWord } from '../pressing-word.ts';
import type { RuleFinding, RuleId, Severity } from '../rule-finding.ts';
import { demandDeadlineBounds, filingDate } from '../step-date.ts';
import { lacksInterestNotice } from './interest-notice.ts';

type Findings = Generator<RuleFinding>;

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
