import { findRow } from '../../dated-table.ts';
import { addDays } from '../../iso-date.ts';
import { lacksInterestNotice } from '../../claims/interest-rates.ts';
import type { PolicyStep, RuleFinding, RuleId, Severity } from '../../claims/policy.ts';
import { pressingWord } from '../../claims/step-rules.ts';
import { filingDate } from '../../claims/step-date.ts';
import { formatAmount } from '../../money.ts';
import { paymentOrderAgentFeeMax, paymentOrderApplicationFee } from './law.ts';
import type { PolicyQuestion, StepQuestion } from '../../claims/legal-rules.ts';

type Findings = Generator<RuleFinding>;

/** What of the Swedish rules of a policy the rows do not say: SE-04. */
export function* checkSwedishPolicy(question: PolicyQuestion): Findings {
  for (const [index, step] of question.policy.steps.entries()) yield* checkPlannedCompensation(question, step, index);
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

/** What of the Swedish rules of a step the rows do not say: SE-04 to SE-10. */
export function* checkSwedishStep(question: StepQuestion): Findings {
  const { document } = question.proposed;
  if (document === 'reminder') yield* checkWords(question);
  if (document === 'application') yield* checkApplication(question);
  if (document === 'plan') yield* checkPlan(question);
  yield* checkCompensation(question);
  if (lacksInterestNotice(question.facts, question.rules) && (question.proposed.interest?.totalAmount ?? 0n) > 0n) {
    const message = 'The consumer has not been told that late payment bears interest (räntelagen 4 §).';
    yield finding('SE-08', message, 'Claim no interest; the next letter that says so starts the thirty days.');
  }
}

function* checkWords({ proposed: { date, text }, rules, licensed }: StepQuestion): Findings {
  const pressing = licensed ? undefined : pressingWord(text, findRow(rules.pressingWords, date)?.value ?? []);
  if (pressing === undefined) return;
  const message = `A reminder of a bureau without licence may not press with "${pressing}" (inkassolagen 1 §).`;
  yield finding('SE-10', message, 'Say only when to pay, and that the claim will be handed over otherwise.');
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
  const fee = findRow(paymentOrderApplicationFee, date)?.value;
  const agentMax = findRow(paymentOrderAgentFeeMax, date)?.value;
  const wrongFee = fee !== undefined && application !== undefined && application.applicationFeeAmount !== fee;
  const wrongAgent = agentMax !== undefined && application !== undefined && application.agentFeeAmount > agentMax;
  if (wrongFee || wrongAgent) {
    const message = `The authority's fee is ${formatAmount(fee ?? 0n)} and the agent's at most ${formatAmount(agentMax ?? 0n)}.`;
    yield finding('SE-09', message, 'Correct the application, or acknowledge.', 'warning');
  }
}

/** Lag (1981:739) 4 §: for a complete written plan of the whole debt, made with the debtor. */
function* checkPlan({ proposed: { feeAmount, plan } }: StepQuestion): Findings {
  if (feeAmount > 0n && !(plan?.written && plan.complete))
    yield finding('SE-07', 'A plan fee is owed only for a complete plan in writing.');
}

const finding = (
  rule: RuleId,
  message: string,
  hint = 'Charge less, or nothing.',
  severity: Severity = 'error',
): RuleFinding => ({ rule, severity, path: [], message, hint });
