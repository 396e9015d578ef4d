/** The rules of reference/collection-rules.md §14.3 that every country has. */
export const generalRuleIds = [
  'X-01',
  'X-02',
  'X-03',
  'X-04',
  'X-05',
  'X-06',
  'X-07',
  'X-08',
  'X-09',
  'X-10',
  'X-11',
  'X-12',
  'X-13',
] as const;
/** One of those, or of a country's own (`LegalRules.ruleIds`). */
export type RuleId = string;

/** An error forbids; a warning needs the acknowledgement of a person, which is kept. */
export type Severity = 'error' | 'warning';

/** A rule of law or practice that a policy or a step breaks. */
export interface RuleFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Into the policy, such as `['steps', 0, 'feeAmount']`; empty for what is not one value of it. */
  readonly path: readonly (string | number)[];
  /** What is wrong, one sentence. */
  readonly message: string;
  /** What to do, one sentence. */
  readonly hint: string;
}
