import { addBankDays, isBankDay } from '../bank-days.ts';
import { findRow } from '../dated-table.ts';
import { addDecimals, compareDecimals } from '../decimal.ts';
import { daysBetween, type IsoDate } from '../iso-date.ts';
import { formatAmount, sum } from '../money.ts';
import type { DebtorClass } from '../submission.ts';
import { rateOn, interestStart, lacksInterestNotice } from './interest-rates.ts';
import { demandItems, type DemandItem, type LegalRules, type CaseFacts, type StepQuestion } from './legal-rules.ts';
import { actOf, amountOn, countedFees, findAct, firstFeeDay, isLetter, nameOf, presses } from './bounds.ts';
import type { RuleFinding, RuleId, Severity } from './policy.ts';
import { graceBankDays, termBounds } from './step-date.ts';

type Findings = Generator<RuleFinding>;

/** The rules that every country has, and the bounds that its rows set. What the law does not know is refused and judged no further. */
function* checkStepInGeneral(question: StepQuestion): Findings {
  const { proposed, rules } = question;
  if (findAct(rules, proposed.document) === undefined) {
    const message = `The law of ${rules.country} has no rules for "${proposed.document}".`;
    yield finding('X-05', message, 'Enter them in engine/countries, or do it by hand.');
    return;
  }
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
  yield* checkFeeBounds(question);
  yield* checkNumberOfFees(question);
  yield* checkTerm(question);
}

function* checkFees({ proposed, facts, rules }: StepQuestion): Findings {
  const { document, date, feeAmount, compensationAmount } = proposed;
  const { fee } = actOf(rules, document);
  const { compensation } = rules;
  if (feeAmount > 0n && fee === undefined)
    yield finding('X-01', `A ${document} carries no fee, not ${formatAmount(feeAmount)}.`, 'Take the fee away.');
  // The right to compensation arises with the right to late interest.
  const arose = firstInterestDay(facts, rules) ?? date;
  const bound = compensation && amountOn(compensation.amount, { ...amountQuestion(facts), date: arose });
  if (bound && compensationAmount > bound.value) {
    const most = formatAmount(bound.value);
    yield finding('X-01', `Compensation of ${formatAmount(compensationAmount)} is above ${most}.`, `Claim ${most}.`);
  }
  if (feeAmount > 0n && fee && amountOn(fee.max, { ...amountQuestion(facts), date }) === undefined)
    yield finding('X-05', `The law has no ${nameOf(fee.max)} for ${date}.`, 'Enter the row in engine/countries.');
  if (compensationAmount > 0n && bound === undefined) {
    const message =
      compensation === undefined
        ? `The law of ${rules.country} knows no compensation for late payment.`
        : `The law has no ${nameOf(compensation.amount)} for ${arose}.`;
    yield finding('X-05', message, 'Claim no compensation.');
  }
  if (feeAmount + compensationAmount > 0n && date > rules.regimeReviewedUntil) {
    const message = `The law of fees was last reviewed up to ${rules.regimeReviewedUntil}, before ${date}.`;
    yield finding('X-09', message, 'Read the law through and move regimeReviewedUntil in engine/countries.');
  }
}

const amountQuestion = (facts: CaseFacts) => ({ debtorClass: classOf(facts), principalAmount: facts.principalAmount });

/** The fee of this letter by the rows of its act, and all fees of the claim where the law bounds their sum. */
function* checkFeeBounds({ facts, proposed, rules }: StepQuestion): Findings {
  const { document, date, feeAmount } = proposed;
  const { fee } = actOf(rules, document);
  if (fee === undefined || feeAmount === 0n) return;
  const question = { ...amountQuestion(facts), date };
  const stated = `A ${fee.title} of ${formatAmount(feeAmount)}`;
  const bound = amountOn(fee.max, question);
  if (bound && feeAmount > bound.value)
    yield finding(fee.rule, `${stated} is above the law's ${formatAmount(bound.value)}.`, CHARGE_LESS);
  else if (fee.mustBeAgreed && feeAmount > (facts.agreedReminderFeeAmount ?? 0n))
    yield finding(fee.rule, `${stated} was not agreed when the debt arose.`, CHARGE_LESS);
  const from = firstFeeDay(actOf(rules, document), { dueDate: facts.dueDate, letters: facts.letters, on: date });
  if (from !== undefined && date < from) yield finding(fee.rule, `${stated} can be charged from ${from} on.`, CHARGE_LESS);
  const all = rules.feesMax && amountOn(rules.feesMax, question);
  const fees = sum([feeAmount, ...facts.letters.map((letter) => letter.feeAmount)]);
  if (rules.feesMax && (all === undefined || fees > all.value)) {
    const most = all === undefined ? 'not known' : formatAmount(all.value);
    yield finding('X-01', `All fees of the claim come to ${formatAmount(fees)}; their bound is ${most}.`, CHARGE_LESS);
  }
}

const CHARGE_LESS = 'Charge less, or nothing.';

function* checkNumberOfFees({ facts, proposed, rules }: StepQuestion): Findings {
  const number = actOf(rules, proposed.document).fee?.number;
  if (number?.broken === undefined || proposed.feeAmount === 0n) return;
  const charged = countedFees(facts.letters, number, { rules, on: proposed.date }).length;
  if (charged < number.max) return;
  const message = `A ${proposed.document} with a fee is number ${charged + 1} of the claim, where ${number.max} is the most.`;
  yield finding(number.broken.rule, message, CHARGE_LESS, number.broken.severity);
}

function* checkTerm({ proposed: { document, date, deadline }, rules }: StepQuestion): Findings {
  const { does, term, title } = actOf(rules, document);
  if (term === undefined) {
    if (does === 'letter')
      yield finding('X-05', `The law of ${rules.country} says no shortest term of a ${title}.`, 'Enter it in engine/countries.');
    return;
  }
  if (deadline === undefined) return;
  const earliest = termBounds(term, date, rules).reduce((a, b) => (a < b ? b : a));
  if (deadline < earliest)
    yield finding(
      term.rule,
      `A term to ${deadline} is too short for a ${document} of ${date}.`,
      `Give time to ${earliest} at least.`,
    );
}

/** Somebody unknown is treated as a consumer (§1.1). */
const classOf = ({ debtorClass }: CaseFacts): DebtorClass => (debtorClass === 'unknown' ? 'consumer' : debtorClass);

const ratedClaim = (facts: CaseFacts) => ({ debtorClass: classOf(facts), dueDate: facts.dueDate });

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
    const owed = rateOn(policy.interest.rate, rules, { ...ratedClaim(facts), date: from });
    return owed !== undefined && compareDecimals(percent, owed.value) > 0;
  });
  if (high)
    yield finding('X-01', `Interest of ${high.percent} % from ${high.from} is above what is owed.`, 'Use the table’s rate.');
  if (interest.knownThrough !== undefined && actOf(rules, document).run !== 'reminder') {
    const message = `Interest is known only up to ${interest.knownThrough}; a ${document} may not state provisional interest.`;
    yield finding('X-07', message, 'Enter the half-year’s reference rate in engine/countries.');
  }
  if (interest.periods.some(({ principalAmount }) => principalAmount > facts.principalAmount)) {
    const message = `Interest is counted on more than the principal of ${formatAmount(facts.principalAmount)}.`;
    yield finding('X-08', message, 'Neither interest nor fees bear interest.');
  }
  const { aboveStatutoryPoints, severity } = rules.practice.consumerInterest;
  const unfair = interest.periods.find(({ from, percent }) => {
    const statutory = rateOn({ kind: 'statutory' }, rules, { ...ratedClaim(facts), date: from });
    return statutory !== undefined && compareDecimals(percent, addDecimals(statutory.value, aboveStatutoryPoints)) > 0;
  });
  if (unfair && classOf(facts) === 'consumer') {
    const message = `Interest of ${unfair.percent} % is more than ${aboveStatutoryPoints} points above the law's.`;
    yield finding('X-08', message, 'Against a consumer it may be unfair: claim less.', severity);
  }
}

function* checkTime({ policy, facts, proposed: { document, date }, rules }: StepQuestion): Findings {
  if (!presses(actOf(rules, document))) return;
  const dueGrace = addBankDays(rules.bankCalendar, facts.dueDate, policy.bookingGraceBankDays);
  if (date <= dueGrace) {
    const message = `A ${document} on ${date} may cross payments of the due date ${facts.dueDate}, which are booked until ${dueGrace}.`;
    yield finding('X-02', message, 'Wait for the bank days of grace.');
    return;
  }
  const last = facts.letters.findLast((letter) => letter.deadline !== undefined);
  if (last?.deadline === undefined) return;
  const graceEnds = addBankDays(rules.bankCalendar, last.deadline, graceBankDays(policy, actOf(rules, last.document)));
  if (date > graceEnds) return;
  const message = `A ${document} on ${date} comes before the term to ${last.deadline} and its grace to ${graceEnds} have run out.`;
  yield finding('X-02', message, 'The term given to the debtor is never shortened.');
}

function* checkDispatches({ facts, proposed: { document }, rules }: StepQuestion): Findings {
  const { does } = actOf(rules, document);
  if (does === 'application' || does === 'plan') return;
  if (facts.invoiceDispatchDate === undefined)
    yield finding('X-03', 'The dispatch of the invoice is not confirmed.', 'Wait for the print house or access point.');
  const unconfirmed = facts.letters.find((letter) => letter.dispatchDate === undefined);
  if (unconfirmed)
    yield finding('X-03', `The dispatch of the ${unconfirmed.document} is not confirmed.`, 'Wait for the print house.');
}

function* checkStates({ facts, proposed: { document }, rules }: StepQuestion): Findings {
  const [state] = facts.states;
  if (state === undefined || !presses(actOf(rules, document))) return;
  yield finding('X-04', `The claim is ${state}: no ${document} may be sent.`, 'Settle that first.');
}

function* checkContents({ policy, facts, proposed, rules }: StepQuestion): Findings {
  const { document, date, deadline } = proposed;
  const kinds = findRow(rules.claimKinds, date)?.value ?? [];
  if (!kinds.includes(facts.claimKind) || facts.claimKind !== policy.claimKind) {
    const message = `A claim of the kind "${facts.claimKind}" is not covered by the recorded rules of this policy.`;
    yield finding('X-05', message, 'Collect it by hand until its sector rules are entered.');
  }
  const { contents } = actOf(rules, document);
  if (contents === undefined) return;
  const hasInterest = (proposed.interest?.totalAmount ?? 0n) > 0n;
  const hasCosts = proposed.feeAmount + proposed.compensationAmount + facts.unpaidFeesAmount > 0n;
  const conditions: Readonly<Partial<Record<DemandItem, boolean>>> = {
    interest: hasInterest,
    'interest-calculation': hasInterest,
    costs: hasCosts,
    'cost-types': hasCosts,
    assignment: facts.assigned,
  };
  const required = findRow(contents, date)?.value ?? demandItems;
  const stated = proposed.contents.filter((item) => item !== 'deadline' || deadline !== undefined);
  const missing = required.filter((item) => (conditions[item] ?? true) && !stated.includes(item));
  if (missing.length > 0)
    yield finding('X-05', `The ${document} does not state: ${missing.join(', ')}.`, `The law wants each in every ${document}.`);
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

function* checkWorth({ policy, facts, proposed: { document }, rules }: StepQuestion): Findings {
  if (!presses(actOf(rules, document))) return;
  const { remainingPrincipalAmount: principal, unpaidFeesAmount } = facts;
  if (principal === 0n && unpaidFeesAmount > 0n)
    yield finding('X-10', 'Only fees are left of the claim.', 'Write them off, or acknowledge.', 'warning');
  else if (principal < policy.minimumClaimAmount) {
    const message = `A principal of ${formatAmount(principal)} is below the policy's ${formatAmount(policy.minimumClaimAmount)}.`;
    yield finding('X-10', message, 'Write it off, merge it with others, or acknowledge.', 'warning');
  }
}

function* checkLetters({ facts, proposed, rules }: StepQuestion): Findings {
  if (!isLetter(actOf(rules, proposed.document))) return;
  const { max, withinDays } = rules.practice.letters;
  const recent = facts.letters.filter(
    ({ document, dispatchDate }) =>
      isLetter(actOf(rules, document)) && dispatchDate !== undefined && daysBetween(dispatchDate, proposed.date) < withinDays,
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

/**
 * Compares a step with the law on its own day, with the claim's real dates: the dynamic part of reference/collection-rules.md §14.3. A
 * step with an error is not taken; a warning needs a person's acknowledgement.
 */
export const checkStep = (question: StepQuestion): readonly RuleFinding[] => [
  ...checkStepInGeneral(question),
  ...question.rules.checkStep(question),
];

/** The first stem of a list that a word of a text begins with, in any case of letters (rule SE-10; `LegalRules.pressingWords`). */
export const pressingWord = (text: string, stems: readonly string[]): string | undefined =>
  stems.find((stem) => new RegExp(`(?<!\\p{L})${stem}`, 'iu').test(text));
