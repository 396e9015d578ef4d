import type { RuleFinding } from '#engine/claims/policy.ts';
import type { ConfigProblem } from '../config-problem.ts';
import { problemAt, type YamlPath, type YamlSource } from '../yaml-source.ts';

/** A broken rule as a problem of the file that holds the policy, at the value that breaks it; `base` is where the policy stands. */
export const policyProblem = (source: YamlSource, base: YamlPath, { rule, path, message, hint }: RuleFinding): ConfigProblem =>
  problemAt(source, { path: [...base, ...path.map(keyInFile)], message: withRule(message, rule), hint });

/** `feeAmount` is `fee` in a file: amounts are told there by their form. */
const keyInFile = (key: string | number): string | number => (typeof key === 'number' ? key : key.replace(/Amount$/, ''));

/** `… is too short.` → `… is too short (rule SE-03).` */
export const withRule = (message: string, rule: string): string => message.replace(/\.$/, ` (rule ${rule}).`);
