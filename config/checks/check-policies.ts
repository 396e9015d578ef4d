import { checkPolicy, forbidding } from '#engine/claims/policy-rules.ts';
import { countryOf, type Parts } from '#engine/sockets/parts.ts';
import type { DebtorClass } from '#engine/submission.ts';
import { choosePolicy, resolvePolicy, type LoadedPolicies } from '../load-policies.ts';
import type { AgreementTerms, ClientFile } from '../client-file.ts';
import type { ConfigProblem } from '../config-problem.ts';
import type { Bureau } from '../house-config.ts';
import { nearestWord } from '../read-config-file.ts';
import type { PolicyChoice, PolicyTerms } from '../schema/policy-schema.ts';
import { problemAt, type YamlPath } from '../yaml-source.ts';
import { policyProblem, withRule } from './policy-problem.ts';

/** What a client's policies are held against. */
export interface PolicyContext {
  readonly parts: Parts;
  readonly policies: LoadedPolicies;
  /** Absent: not known, since `bureau.yaml` cannot be read. */
  readonly licences?: Bureau['licences'] | undefined;
}

/** Every policy that a client has chosen, whole and within the law (reference/collection-rules.md §14.3) from the day it is used. */
export const checkPolicies = (file: ClientFile, context: PolicyContext): readonly ConfigProblem[] =>
  file.value.agreements.flatMap((agreement, index) =>
    (Object.entries(agreement.policies ?? {}) as [DebtorClass, PolicyChoice][]).flatMap(([debtorClass, choice]) => {
      const place = { base: ['agreements', index, 'policies', debtorClass], choice };
      const named = choice.use === undefined ? undefined : context.policies.terms.get(choice.use);
      if (choice.use !== undefined && named === undefined) return unknownName(file, place, context.policies.ids);
      const chosen = choosePolicy(choice, named);
      if (chosen.kind === 'lacking') return lackingKeys(file, place, chosen.keys);
      return [
        ...contradictions(file, place, { terms: chosen.terms, agreement, debtorClass }),
        ...brokenRules(file, place, { terms: chosen.terms, agreement, context }),
      ];
    }),
  );

/** Where a policy stands in the file, and which of its keys stand there themselves. */
interface Place {
  readonly base: YamlPath;
  readonly choice: PolicyChoice;
}

function unknownName({ source }: ClientFile, { base, choice }: Place, known: readonly string[]): readonly ConfigProblem[] {
  const name = choice.use ?? '';
  // A policy that has problems of its own is told of there.
  if (known.includes(name)) return [];
  const near = nearestWord(name, known);
  const list = known.length === 0 ? 'there is none yet' : known.join(', ');
  return [
    problemAt(source, {
      path: [...base, 'use'],
      message: `There is no policy "${name}".`,
      hint: `${near === undefined ? '' : `Did you mean "${near}"? `}Policies have a file each in config/policies: ${list}.`,
    }),
  ];
}

const lackingKeys = ({ source }: ClientFile, { base }: Place, keys: readonly string[]): readonly ConfigProblem[] => [
  problemAt(source, {
    path: base,
    message: `This policy names no other and lacks ${keys.join(', ')}.`,
    hint: 'Add use: with the name of a policy, or the keys; config/README.md shows every key.',
  }),
];

interface Question {
  readonly terms: PolicyTerms;
  readonly agreement: AgreementTerms;
}

/** What the policy says twice with the agreement must be the same. */
function contradictions(
  { source }: ClientFile,
  place: Place,
  { terms, agreement, debtorClass }: Question & { readonly debtorClass: DebtorClass },
): readonly ConfigProblem[] {
  const problem = (key: keyof PolicyTerms, message: string, hint: string): ConfigProblem =>
    problemAt(source, { path: keyPath(place, [key]), message, hint });
  const { kind } = agreement.terms.lateInterest;
  return [
    ...(terms.debtorClass === debtorClass
      ? []
      : [problem('debtorClass', `This policy is for ${terms.debtorClass} debtors.`, `Choose one for ${debtorClass}.`)]),
    ...(terms.country === agreement.country
      ? []
      : [
          problem(
            'country',
            `This policy is by the law of ${terms.country}.`,
            `The agreement is under that of ${agreement.country}.`,
          ),
        ]),
    ...(terms.currency === agreement.currency
      ? []
      : [problem('currency', `This policy is in ${terms.currency}.`, `The agreement is in ${agreement.currency}.`)]),
    ...(terms.interest.mode === kind
      ? []
      : [
          problem(
            'interest',
            `The policy's interest is ${terms.interest.mode}, that of the terms is ${kind}.`,
            'Write the same in terms.lateInterest, which stands on the invoices, and in interest.mode.',
          ),
        ]),
    ...(agreement.product === 'distribute-only'
      ? [
          problemAt(source, {
            path: place.base,
            message: 'A policy has no meaning for documents that are only distributed.',
            hint: 'Take it away, or write product: service.',
          }),
        ]
      : []),
  ];
}

function brokenRules(
  { source }: ClientFile,
  place: Place,
  { terms, agreement, context }: Question & { readonly context: PolicyContext },
): readonly ConfigProblem[] {
  const policy = resolvePolicy(terms, agreement.terms);
  const findings = checkPolicy(
    policy,
    {
      rules: countryOf(context.parts, policy.country),
      licensed: context.licences === undefined || context.licences[policy.country] === true,
      agreedReminderFeeAmount: agreement.terms.reminderFeeAmount,
    },
    policy.validFrom < agreement.validFrom ? agreement.validFrom : policy.validFrom,
  );
  return forbidding(findings, policy).map((finding) => {
    const [key] = finding.path;
    if (key === undefined || keyOf(key) in place.choice) return policyProblem(source, place.base, finding);
    return problemAt(source, {
      path: [...place.base, 'use'],
      message: withRule(`In policy ${place.choice.use ?? ''}: ${finding.message}`, finding.rule),
      hint: finding.hint,
    });
  });
}

/** A key that stands in the file itself is pointed at, one of the named policy at its name. */
const keyPath = ({ base, choice }: Place, path: readonly string[]): YamlPath =>
  path[0] !== undefined && path[0] in choice ? [...base, ...path] : [...base, 'use'];

const keyOf = (key: string | number): string => String(key).replace(/Amount$/, '');
