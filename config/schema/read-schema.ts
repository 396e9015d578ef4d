import type { z } from 'zod';
import type { ConfigProblem } from '../config-problem.ts';
import { problemAt, type YamlSource } from '../yaml-source.ts';
import { issueText, splitRemark, splitRemarks } from './issue-text.ts';

/** Reads a file's values by a schema; every issue becomes a problem at the line that caused it. */
export function readSchema<Value>(
  schema: z.ZodType<Value>,
  source: YamlSource,
): { readonly value?: Value; readonly problems: readonly ConfigProblem[] } {
  const result = schema.safeParse(source.value, { error: issueText });
  if (result.success) return { value: result.data, problems: [] };
  return { problems: result.error.issues.flatMap((issue) => problemsOf(source, issue)) };
}

function problemsOf(source: YamlSource, issue: z.core.$ZodIssue): readonly ConfigProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const remarks = splitRemarks(issue.message);
    return issue.keys.map((key, index) => problemAt(source, { path: [...issue.path, key], at: 'key', ...remarks[index]! }));
  }
  const { message, hint } = splitRemark(issue.message);
  return [problemAt(source, { path: issue.path, message: named(message, issue.path), hint })];
}

/** "A required key is missing." says which one. */
function named(message: string, path: readonly PropertyKey[]): string {
  return message === 'A required key is missing.' ? `The required key "${String(path.at(-1))}" is missing.` : message;
}
