/** One thing that is wrong in the configuration, where, and what to do about it. */
export interface ConfigProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** `agreements[0].terms.paymentDays`; empty for the whole file. */
  readonly path: string;
  /** What is wrong, one sentence. */
  readonly message: string;
  /** What to do, one sentence. */
  readonly hint: string;
}

/** By file, then by place in it; what two agreements share by a YAML alias is told once. */
export function inOrder(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const once = new Map(
    problems.toReversed().map((problem) => [`${problem.file}:${problem.line}:${problem.column} ${problem.message}`, problem]),
  );
  return [...once.values()].sort(byPlace);
}

const byPlace = (a: ConfigProblem, b: ConfigProblem): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;
