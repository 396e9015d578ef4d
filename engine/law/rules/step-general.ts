import { addBankDays, isBankDay } from '../../bank-days.ts';
import { findRow } from '../../dated-table.ts';
import { addDecimals, compareDecimals } from '../../decimal.ts';
import { daysBetween, type IsoDate } from '../../iso-date.ts';
import { formatAmount } from '../../money.ts';
import type { DebtorClass } from '../../submission.ts';
import type { CaseFacts, StepQuestion } from '../check-step.ts';
import { rateOn } from '../interest-rates.ts';
import { interestStart } from '../interest-start.ts';
import type { DemandItem, LegalRules } from '../legal-rules.ts';
import { isLetter, type LegalAct } from '../policy.ts';
import type { RuleFinding, RuleId, Severity } from '../rule-finding.ts';
import { feeBound } from './fee-bound.ts';
import { lacksInterestNotice } from './interest-notice.ts';

type Findings = Generator<RuleFinding>;

/** The rules that every country has. */
export function* checkStepInGeneral(question: StepQuestion): Findings {
  yield* checkFees(question);
  yield* checkInterestStart(question);
  yield* checkRates(question);
  yield* checkTime(question);
  yield* checkDispatches(question);
  yield* checkStates(question);
  yield* checkContents(question);
  yield* checkLicence(question);
  yield* checkClass(question);
  yield* checkWorth(question);
  yield* checkLetters(question);
  yield* checkDeadline(question);
}

/** Reminders, demands and hand-overs press the debtor; a plan is the debtor's wish. */
const presses = (act: LegalAct): boolean => act === 'reminder' || act === 'demand' || act === 'handover';

function* checkFees({ proposed, facts, rules }: StepQuestion): Findings {
  const { document, date, feeAmount, compensationAmount } = proposed;
  if (feeAmount > 0n && feeBound(document, rules) === undefined)
    yield finding('X-01', `A ${document} carries no fee, not ${formatAmount(feeAmount)}.`, 'Take the fee away.');
  // The right to compensation arises with the right to late interest (lag (1981:739) 4 a §).
  const arose = firstInterestDay(facts, rules) ?? date;
  const compensation = findRow(rules.lateCompensation, arose);
  if (compensation && compensationAmount > compensation.value) {
    const bound = formatAmount(compensation.value);
    yield finding('X-01', `Compensation of ${formatAmount(compensationAmount)} is above ${bound}.`, `Claim ${bound}.`);
  }
  const table = feeAmount > 0n ? feeBound(document, rules) : undefined;
  if (table && findRow(table, date) === undefined)
    yield finding('X-05', `The law has no ${table.name} for ${date}.`, 'Enter the row in engine/countries.');
  if (compensationAmount > 0n && compensation === undefined)
    yield finding('X-05', `The law has no ${rules.lateCompensation.name} for ${arose}.`, 'Claim no compensation.');
  if (feeAmount + compensationAmount > 0n && date > rules.regimeReviewedUntil) {
    const message = `The law of fees was last reviewed up to ${rules.regimeReviewedUntil}, before ${date}.`;
    yield finding('X-09', message, 'Read the law through and move regimeReviewedUntil in engine/countries.');
  }
}

/** Somebody unknown is treated as a consumer (§1.1). */
const classOf = ({ debtorClass }: CaseFacts): DebtorClass => (debtorClass === 'unknown' ? 'consumer' : debtorClass);

function firstInterestDay(facts: CaseFacts, rules: LegalRules): IsoDate | undefined {
  const { dueDate, dueDateAgreed, invoiceDispatchDate: dispatchDate, interestNoticeDate } = facts;
  const known = {
    ...(dispatchDate === undefined ? {} : { dispatchDate }),
    ...(interestNoticeDate === undefined ? {} : { interestNoticeDate }),
  };
  return interestStart({ dueDate, dueDateAgreed, debtorClass: classOf(facts), ...known }, rules);
}

function* checkInterestStart({ facts, proposed: { interest }, rules }: StepQuestion): Findings {
  const first = interest?.periods[0];
  if (first === undefined || lacksInterestNotice(facts, rules)) return;
  const start = firstInterestDay(facts, rules);
  if (start !== undefined && start <= first.from) return;
  const since = start === undefined ? 'does not run yet' : `runs from ${start}`;
  yield finding('X-01', `Interest is claimed from ${first.from}, but ${since}.`, 'Count it from the first interest day.');
}

/** What is claimed against what the law or the agreement gives, and on what it is counted. */
function* checkRates({ policy, facts, proposed: { interest, document }, rules }: StepQuestion): Findings {
  if (interest === undefined) return;
  const high = interest.periods.find(({ from, percent }) => {
    const owed = rateOn(policy.interest.rate, rules, from);
    return owed !== undefined && compareDecimals(percent, owed.value) > 0;
  });
  if (high)
    yield finding('X-01', `Interest of ${high.percent} % from ${high.from} is above what is owed.`, 'Use the table’s rate.');
  if (interest.knownThrough !== undefined && document !== 'reminder') {
    const message = `Interest is known only up to ${interest.knownThrough}; a ${document} may not state provisional interest.`;
    yield finding('X-07', message, 'Enter the half-year’s reference rate in engine/countries.');
  }
  if (interest.periods.some(({ principalAmount }) => principalAmount > facts.principalAmount)) {
    const message = `Interest is counted on more than the principal of ${formatAmount(facts.principalAmount)}.`;
    yield finding('X-08', message, 'Neither interest nor fees bear interest.');
  }
  const { aboveStatutoryPoints, severity } = rules.practice.consumerInterest;
  const unfair = interest.periods.find(({ from, percent }) => {
    const statutory = rateOn({ kind: 'statutory' }, rules, from);
    return statutory !== undefined && compareDecimals(percent, addDecimals(statutory.value, aboveStatutoryPoints)) > 0;
  });
  if (unfair && classOf(facts) === 'consumer') {
    const message = `Interest of ${unfair.percent} % is more than ${aboveStatutoryPoints} points above the law's.`;
    yield finding('X-08', message, 'Against a consumer it may be unfair: claim less.', severity);
  }
}

function* checkTime({ policy, facts, proposed: { document, date }, rules }: StepQuestion): Findings {
  if (!presses(document)) return;
  const dueGrace = addBankDays(rules.bankCalendar, facts.dueDate, policy.bookingGraceBankDays);
  if (date <= dueGrace) {
    const message = `A ${document} on ${date} may cross payments of the due date ${facts.dueDate}, which are booked until ${dueGrace}.`;
    yield finding('X-02', message, 'Wait for the bank days of grace.');
    return;
  }
  const last = facts.letters.findLast((letter) => letter.deadline !== undefined);
  if (last?.deadline === undefined) return;
  const bankDays = last.document === 'demand' ? policy.collectionGraceBankDays : policy.bookingGraceBankDays;
  const graceEnds = addBankDays(rules.bankCalendar, last.deadline, bankDays);
  if (date > graceEnds) return;
  const message = `A ${document} on ${date} comes before the term to ${last.deadline} and its grace to ${graceEnds} have run out.`;
  yield finding('X-02', message, 'The term given to the debtor is never shortened.');
}

function* checkDispatches({ facts, proposed: { document } }: StepQuestion): Findings {
  if (document === 'application' || document === 'plan') return;
  if (facts.invoiceDispatchDate === undefined)
    yield finding('X-03', 'The dispatch of the invoice is not confirmed.', 'Wait for the print house or access point.');
  const unconfirmed = facts.letters.find((letter) => letter.dispatchDate === undefined);
  if (unconfirmed)
    yield finding('X-03', `The dispatch of the ${unconfirmed.document} is not confirmed.`, 'Wait for the print house.');
}

function* checkStates({ facts, proposed: { document } }: StepQuestion): Findings {
  const [state] = facts.states;
  if (state === undefined || !presses(document)) return;
  yield finding('X-04', `The claim is ${state}: no ${document} may be sent.`, 'Settle that first.');
}

function* checkContents({ policy, facts, proposed, rules }: StepQuestion): Findings {
  const { document, date, deadline } = proposed;
  const kinds = findRow(rules.claimKinds, date)?.value ?? [];
  if (!kinds.includes(facts.claimKind) || facts.claimKind !== policy.claimKind) {
    const message = `A claim of the kind "${facts.claimKind}" is not covered by the recorded rules of this policy.`;
    yield finding('X-05', message, 'Collect it by hand until its sector rules are entered.');
  }
  if (document !== 'demand') return;
  const hasInterest = (proposed.interest?.totalAmount ?? 0n) > 0n;
  const hasCosts = proposed.feeAmount + proposed.compensationAmount + facts.unpaidFeesAmount > 0n;
  const conditions: Readonly<Partial<Record<DemandItem, boolean>>> = {
    interest: hasInterest,
    'interest-calculation': hasInterest,
    costs: hasCosts,
    'cost-types': hasCosts,
    assignment: facts.assigned,
  };
  const required = findRow(rules.demandContents, date)?.value ?? [];
  const stated = proposed.contents.filter((item) => item !== 'deadline' || deadline !== undefined);
  const missing = required.filter((item) => (conditions[item] ?? true) && !stated.includes(item));
  if (missing.length > 0)
    yield finding('X-05', `The demand does not state: ${missing.join(', ')}.`, 'The law wants each in every demand.');
}

function* checkLicence({ proposed: { document, date }, rules, licensed }: StepQuestion): Findings {
  if (licensed || !(findRow(rules.licensedActs, date)?.value ?? []).includes(document)) return;
  const message = `A ${document} for others needs a licence to collect in ${rules.country}.`;
  yield finding('X-06', message, 'Hand the claim over to a licensed agency.');
}

/** The consumer's policy is the strictest, so it suits everybody. */
function* checkClass({ policy, facts }: StepQuestion): Findings {
  if (policy.debtorClass === 'consumer' || facts.debtorClass === policy.debtorClass) return;
  const message = `The debtor's class is ${facts.debtorClass}, the policy is for ${policy.debtorClass}.`;
  yield finding('X-12', message, 'Use the consumer policy, or find out the class.');
}

function* checkWorth({ policy, facts, proposed: { document } }: StepQuestion): Findings {
  if (!presses(document)) return;
  const { remainingPrincipalAmount: principal, unpaidFeesAmount } = facts;
  if (principal === 0n && unpaidFeesAmount > 0n)
    yield finding('X-10', 'Only fees are left of the claim.', 'Write them off, or acknowledge.', 'warning');
  else if (principal < policy.minimumClaimAmount) {
    const message = `A principal of ${formatAmount(principal)} is below the policy's ${formatAmount(policy.minimumClaimAmount)}.`;
    yield finding('X-10', message, 'Write it off, merge it with others, or acknowledge.', 'warning');
  }
}

function* checkLetters({ facts, proposed, rules }: StepQuestion): Findings {
  if (!isLetter(proposed.document)) return;
  const { max, withinDays } = rules.practice.letters;
  const recent = facts.letters.filter(
    ({ document, dispatchDate }) =>
      isLetter(document) && dispatchDate !== undefined && daysBetween(dispatchDate, proposed.date) < withinDays,
  );
  if (recent.length >= max) {
    const message = `This is letter ${recent.length + 1} within ${withinDays} days.`;
    yield finding('X-11', message, `Send at most ${max}, or acknowledge.`, 'warning');
  }
  if (proposed.unmergedLetters > 0) {
    const message = `The debtor gets ${proposed.unmergedLetters + 1} letters on ${proposed.date} for claims of one creditor.`;
    yield finding('X-11', message, 'Make one letter of them, or acknowledge.', 'warning');
  }
}

function* checkDeadline({ proposed: { deadline }, rules }: StepQuestion): Findings {
  if (deadline === undefined || isBankDay(rules.bankCalendar, deadline)) return;
  yield finding('X-13', `The last day to pay, ${deadline}, is no bank day.`, 'Move it to the next one.', 'warning');
}

const finding = (rule: RuleId, message: string, hint: string, severity: Severity = 'error'): RuleFinding => ({
  rule,
  severity,
  path: [],
  message,
  hint,
});
