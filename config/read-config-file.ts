import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import type { ConfigProblem } from './config-problem.ts';
import { parseYaml, type YamlSource, problemAt } from './yaml-source.ts';

/** A file that passed its schema, with the source to point into. */
export interface ConfigFile<Value> {
  readonly source: YamlSource;
  readonly value: Value;
}

/** Configuration is written by hand; a file larger than this is something else. */
const MAX_CONFIG_BYTES = 1024 * 1024;

/** Reads one YAML file by its schema. Everything that is wrong with it, also that it is missing, comes back as problems. */
export async function readConfigFile<Value>(
  path: string,
  schema: z.ZodType<Value>,
): Promise<{ readonly file?: ConfigFile<Value>; readonly problems: readonly ConfigProblem[] }> {
  const wholeFile = (message: string, hint: string) => ({
    problems: [{ file: path, line: 1, column: 1, path: '', message, hint }],
  });
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return wholeFile('The file is missing.', 'Add it; config/README.md shows every file.');
    return wholeFile(`The file cannot be read: ${message}`, 'Correct its name or permissions.');
  }
  if (bytes.length > MAX_CONFIG_BYTES)
    return wholeFile(`The file has more than ${MAX_CONFIG_BYTES} bytes.`, 'Is this the right file?');
  const text = decode(bytes);
  if (text === undefined) return wholeFile('The file is not in UTF-8.', 'Save it again with the encoding UTF-8.');
  const { source, problems } = parseYaml(path, text);
  if (source === undefined) return { problems };
  const { value, problems: refusals } = readSchema(schema, source);
  return value === undefined ? { problems: refusals } : { file: { source, value }, problems: [] };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

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

/** What is wrong with a value and what to do; a zod message carries both, on two lines. */
export interface Remark {
  readonly message: string;
  readonly hint: string;
}

export const remark = ({ message, hint }: Remark): string => `${message}\n${hint}`;

function splitRemark(text: string): Remark {
  const [message = text, hint = ''] = text.split('\n');
  return { message, hint };
}

/** Several unknown keys of one map come as one issue: one remark each, in the order of the issue's keys, parted by blank lines. */
const splitRemarks = (text: string): readonly Remark[] => text.split('\n\n').map((part) => splitRemark(part));

/**
 * Words for the issues that zod itself finds; a field's own check brings its own. Given to `safeParse` as its error map. The codes left
 * out cannot come from these schemas, which have no lengths, formats or keys of zod's own.
 */
const issueText = (issue: z.core.$ZodRawIssue): string | undefined => texts[issue.code]?.(issue);

const texts: Readonly<Partial<Record<string, (issue: z.core.$ZodRawIssue) => string>>> = {
  invalid_type: (issue) => remark(wrongShape(issue.input, String(issue['expected']))),
  invalid_value: (issue) => remark(wrongWord(issue.input, wordsOf(issue['values']))),
  invalid_union: (issue) =>
    remark(wrongWord((issue.input as Record<string, unknown>)[String(issue['discriminator'])], wordsOf(issue['options']))),
  unrecognized_keys: (issue) =>
    wordsOf(issue['keys'])
      .map((key) => remark(unknownKey(key, knownKeys(issue.inst))))
      .join('\n\n'),
  too_small: (issue) => remark({ message: 'This list has too few entries.', hint: `Give at least ${String(issue['minimum'])}.` }),
};

const wordsOf = (items: unknown): readonly string[] => (Array.isArray(items) ? items.map(String) : []);

function wrongShape(input: unknown, expected: string): Remark {
  if (input === undefined) return { message: 'A required key is missing.', hint: 'Add it; config/README.md shows every key.' };
  const shapes: Readonly<Record<string, Remark>> = {
    object: {
      message: 'Keys with values are expected here.',
      hint: 'Write them on lines of their own, indented below this key.',
    },
    record: {
      message: 'Keys with values are expected here.',
      hint: 'Write them on lines of their own, indented below this key.',
    },
    array: {
      message: 'A list is expected here.',
      hint: 'Write each entry on a line that starts with "- ", or all of them as [a, b].',
    },
    string: { message: 'One value is expected here, not a list or keys.', hint: 'Write the value on the line of its key.' },
  };
  return shapes[expected] ?? { message: `${expected} is expected here.`, hint: 'See config/README.md.' };
}

export function wrongWord(input: unknown, known: readonly string[]): Remark {
  if (input === undefined) return { message: 'A required key is missing.', hint: `Add it with one of: ${known.join(', ')}.` };
  const near = typeof input === 'string' ? nearestWord(input, known) : undefined;
  return {
    message:
      typeof input === 'string' ? `"${input}" is not one of the known values.` : 'One of the known values is expected here.',
    hint: `${near === undefined ? '' : `Did you mean "${near}"? `}Known values: ${known.map(visible).join(', ')}.`,
  };
}

/** Blanks and tabs are values of their own in a CSV layout. */
const visible = (word: string): string => (word.trim() === '' ? JSON.stringify(word) : word);

function unknownKey(key: string, known: readonly string[]): Remark {
  const near = nearestWord(key, known);
  return {
    message: `The key "${key}" is not known here.`,
    hint: near === undefined ? `Known keys: ${known.join(', ')}.` : `Did you mean "${near}"?`,
  };
}

/** The keys of the map or record that refused one. */
function knownKeys(schema: z.core.$ZodRawIssue['inst']): readonly string[] {
  const { def } = schema as unknown as {
    readonly def: { readonly shape?: object; readonly keyType?: { readonly options?: readonly string[] } };
  };
  return def.shape ? Object.keys(def.shape) : (def.keyType?.options ?? []);
}

/** The known word that a misspelt one was probably meant to be; undefined if none is near. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

/** Letters inserted, removed, replaced or swapped with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        rows[i - 1]![j]! + 1,
        row[j - 1]! + 1,
        rows[i - 1]![j - 1]! + same,
        swapped ? rows[i - 2]![j - 2]! + 1 : Number.POSITIVE_INFINITY,
      );
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
