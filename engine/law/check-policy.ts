import type { IsoDate } from '../iso-date.ts';
import type { PolicyContext } from './legal-rules.ts';
import type { Policy } from './policy.ts';
import type { RuleFinding } from './rule-finding.ts';
import { checkPolicyInGeneral } from './rules/policy-general.ts';

/**
 * Compares a policy with the law on a day, before any claim is dunned by it: the static part of reference/collection-rules.md §14.3. A
 * policy with an error is refused; a warning needs a person's acknowledgement.
 */
export function checkPolicy(policy: Policy, context: PolicyContext, on: IsoDate): readonly RuleFinding[] {
  const question = { policy, context, on };
  return [...checkPolicyInGeneral(question), ...context.rules.checkPolicy(question)];
}

/** What forbids the use of a policy: its errors, and the warnings that nobody has acknowledged in it. */
export const forbidding = (findings: readonly RuleFinding[], { acknowledged }: Policy): readonly RuleFinding[] =>
  findings.filter(({ rule, severity }) => severity === 'error' || !acknowledged.some((item) => item.rule === rule));
