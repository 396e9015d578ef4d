import { checkStep } from '../law/check-step.ts';
import { demandItems, type CaseFacts, type ProposedStep, type SentLetter } from '../law/legal-rules.ts';
import type { Policy } from '../law/policy.ts';
import type { RuleFinding } from '../law/rule-finding.ts';
import { extrasOf, feesOf } from '../amounts.ts';
import type { Receivable } from '../claims/receivable.ts';
import type { StepDays, Decision, DecidedStep } from './claimed-amounts.ts';
import type { EffectiveTerm } from './effective-term.ts';
import type { Reason } from './reason.ts';
import type { RunTerms } from './run-terms.ts';

/**
 * The law's last word on a step with the case's real dates (reference/collection-rules.md §14.3): an error forbids it, a warning too
 * unless a person has acknowledged it in the policy.
 */
export function checkDecision(
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
  // A demand's form states all of them, and its words are checked where the letter is made (engine/demand-problems.ts).
  contents: demandItems,
  text: '',
  unmergedLetters: 0,
});
