import { agreedFeeBound } from '#engine/claims/bounds.ts';
import { checkPolicy, forbidding } from '#engine/claims/policy-rules.ts';
import { rateOn } from '#engine/claims/interest-rates.ts';
import type { PaymentTermsPolicy } from '#engine/agreement.ts';
import type { Country } from '#engine/sockets/country.ts';
import { countryOf, type Parts } from '#engine/sockets/parts.ts';
import { checkAcknowledged, checkCountry } from './checks/check-countries.ts';
import { policyProblem } from './checks/policy-problem.ts';
import { idOf, listConfigFolder } from './config-folder.ts';
import type { ConfigProblem } from './config-problem.ts';
import { readConfigFile } from './read-config-file.ts';
import { policySchema, type PolicyTerms, AGREED_FEE, type PolicyChoice } from './schema/policy-schema.ts';
import type { Policy, PolicyStep } from '#engine/claims/policy.ts';

/** The policies that agreements can name, by id. */
export interface LoadedPolicies {
  /** Also of those that have problems: an agreement that names one has none for that. */
  readonly ids: readonly string[];
  readonly terms: ReadonlyMap<string, PolicyTerms>;
  /** What each file says, as written: part of what was agreed by whoever names it. */
  readonly said: ReadonlyMap<string, unknown>;
  readonly problems: readonly ConfigProblem[];
}

/** Reads `policies/*.yaml` and holds each against the law, as far as no client's terms are needed for that. */
export async function loadPolicies(folder: string, parts: Parts): Promise<LoadedPolicies> {
  const { paths, problems: folderProblems } = await listConfigFolder(folder, []);
  const loaded = await Promise.all(paths.map(async (path) => ({ path, ...(await loadPolicy(path, parts)) })));
  return {
    ids: paths.map(idOf),
    terms: new Map(loaded.flatMap(({ path, terms }) => (terms ? [[idOf(path), terms] as const] : []))),
    said: new Map(loaded.map(({ path, said }) => [idOf(path), said])),
    problems: [...folderProblems, ...loaded.flatMap(({ problems }) => problems)],
  };
}

/** One policy file; its terms are absent if it may not be used. */
export async function loadPolicy(
  path: string,
  parts: Parts,
): Promise<{ readonly terms?: PolicyTerms; readonly said?: unknown; readonly problems: readonly ConfigProblem[] }> {
  const { file, problems } = await readConfigFile(path, policySchema);
  if (!file) return { problems };
  const unknown = checkCountry(file.source, { path: ['country'], code: file.value.country }, parts);
  if (unknown.length > 0) return { problems: unknown };
  const rules = countryOf(parts, file.value.country);
  const unheard = checkAcknowledged(file.source, { path: [], acknowledged: file.value.acknowledged ?? [] }, rules);
  if (unheard.length > 0) return { problems: unheard };
  const terms = usualTerms(file.value, rules);
  const policy = resolvePolicy(file.value, terms);
  const context = {
    rules,
    licensed: true,
    agreedReminderFeeAmount: terms.reminderFeeAmount,
  };
  const against = forbidding(checkPolicy(policy, context, policy.validFrom), policy);
  const found = against.map((finding) => policyProblem(file.source, [], finding));
  return found.length > 0 ? { problems: found } : { terms: file.value, said: file.source.value, problems: [] };
}

/** What a policy by itself is judged by: the highest reminder fee agreed, and interest by law where it says `contract`. */
export function usualTerms(
  { validFrom, interest, debtorClass }: PolicyTerms,
  rules: Country,
): Pick<PaymentTermsPolicy, 'lateInterest' | 'reminderFeeAmount'> {
  const statutory = rateOn({ kind: 'statutory' }, rules, { date: validFrom, dueDate: validFrom, debtorClass });
  const bound = agreedFeeBound(rules, validFrom);
  const isAgreed = interest.mode === 'contract' && statutory !== undefined;
  return {
    lateInterest: isAgreed ? { kind: 'contract', percent: statutory.value } : { kind: 'statutory' },
    ...(bound === undefined ? {} : { reminderFeeAmount: bound.value }),
  };
}

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
