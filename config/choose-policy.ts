import type { PaymentTermsPolicy } from '#engine/agreement.ts';
import type { Policy, PolicyStep } from '#engine/law/policy.ts';
import { AGREED_FEE, policySchema, type PolicyChoice, type PolicyTerms } from './schema/policy-schema.ts';

/** A choice of a client made whole, or the keys that it lacks. */
export type ChosenPolicy =
  | { readonly kind: 'whole'; readonly terms: PolicyTerms }
  | { readonly kind: 'lacking'; readonly keys: readonly string[] };

/** Puts a client's own keys over those of the policy it names, if it names one. */
export function choosePolicy({ use: _name, ...own }: PolicyChoice, named: PolicyTerms | undefined): ChosenPolicy {
  const terms = { ...named, ...own };
  return isWhole(terms) ? { kind: 'whole', terms } : { kind: 'lacking', keys: requiredKeys.filter((key) => !(key in terms)) };
}

const requiredKeys = Object.keys(policySchema.shape).filter((key) => key !== 'acknowledged');

const isWhole = (terms: Partial<PolicyTerms>): terms is PolicyTerms => requiredKeys.every((key) => key in terms);

/** The policy as the engine knows it, with what the agreement's terms say about fee and interest. */
export function resolvePolicy(
  { interest, tolerance, minimumClaim, steps, acknowledged = [], ...rest }: PolicyTerms,
  { lateInterest, reminderFeeAmount }: Pick<PaymentTermsPolicy, 'lateInterest' | 'reminderFeeAmount'>,
): Policy {
  const { mode, dayCount, claim, minimum } = interest;
  return {
    ...rest,
    interest: { rate: mode === lateInterest.kind ? lateInterest : { kind: 'none' }, dayCount, claim, minimumAmount: minimum },
    toleranceAmount: tolerance,
    minimumClaimAmount: minimumClaim,
    steps: steps.map(({ fee, ...step }): PolicyStep => ({
      ...step,
      feeAmount: fee === AGREED_FEE ? (reminderFeeAmount ?? 0n) : fee,
    })),
    acknowledged,
  };
}
