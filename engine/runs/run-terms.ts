import type { DatedTable } from '../dated-table.ts';
import type { Decimal } from '../decimal.ts';
import type { IsoDate } from '../iso-date.ts';
import { interestRates, statutoryRate } from '../law/interest-rates.ts';
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
  /** Percent a year by date, of a claim that was due on a day. */
  readonly ratesOf: (dueDate: IsoDate) => DatedTable<Decimal>;
}

/** Terms of a policy; rates are worked out once for all receivables that the law rates alike. */
export function runTerms(terms: Omit<RunTerms, 'ratesOf'>): RunTerms {
  const { policy, rules } = terms;
  const known = new Map<unknown, DatedTable<Decimal>>();
  const ratesOf = (dueDate: IsoDate): DatedTable<Decimal> => {
    const claim = { debtorClass: policy.debtorClass, dueDate };
    const key = statutoryRate(rules, claim);
    const rates = known.get(key) ?? interestRates(policy.interest.rate, rules, claim);
    known.set(key, rates);
    return rates;
  };
  return { ...terms, ratesOf };
}
