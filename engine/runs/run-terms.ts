import type { DatedTable } from '../dated-table.ts';
import type { Decimal } from '../decimal.ts';
import { interestRates } from '../law/interest-rates.ts';
import type { LegalRules } from '../law/legal-rules.ts';
import type { Policy } from '../law/policy.ts';
import type { Minor } from '../money.ts';

/** The policy that a receivable is under, with the law and what else was agreed when the debt arose. */
export interface RunTerms {
  readonly policy: Policy;
  readonly rules: LegalRules;
  /** Fixed in advance in the contract with the debtor (reference/collection-rules.md §7.3). */
  readonly dueDateAgreed: boolean;
  /** What was agreed no later than when the debt arose; absent: no reminder fee may be charged (rule SE-01). */
  readonly agreedReminderFeeAmount?: Minor;
  /** The claim was bought: payment to the former creditor does not discharge. */
  readonly assigned: boolean;
  /** The bureau may collect for others in the country (rule X-06). */
  readonly licensed: boolean;
  /** Percent a year by date. */
  readonly rates: DatedTable<Decimal>;
}

/** Terms of a policy; the rates are worked out once for all receivables under it. */
export const runTerms = (terms: Omit<RunTerms, 'rates'>): RunTerms => ({
  ...terms,
  rates: interestRates(terms.policy.interest.rate, terms.rules),
});
