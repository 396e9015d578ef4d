import { findRow } from '../../dated-table.ts';
import type { CaseFacts } from '../check-step.ts';
import type { LegalRules } from '../legal-rules.ts';

/** Late interest from a consumer under räntelagen 4 § needs a demand that says so; without one no interest runs (rule SE-08). */
export function lacksInterestNotice(facts: CaseFacts, { interestNotice }: LegalRules): boolean {
  const { dueDateAgreed, invoiceDispatchDate, interestNoticeDate, debtorClass } = facts;
  if (dueDateAgreed || interestNoticeDate !== undefined || invoiceDispatchDate === undefined) return false;
  const mustBeTold = findRow(interestNotice, invoiceDispatchDate)?.value.consumersMustBeTold ?? true;
  return mustBeTold && (debtorClass === 'consumer' || debtorClass === 'unknown');
}
