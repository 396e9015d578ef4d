/** The rules of reference/collection-rules.md §14.3: X in every country, SE in Sweden. */
export const ruleIds = [
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
  'SE-01',
  'SE-02',
  'SE-03',
  'SE-04',
  'SE-05',
  'SE-06',
  'SE-07',
  'SE-08',
  'SE-09',
  'SE-10',
] as const;
export type RuleId = (typeof ruleIds)[number];

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
