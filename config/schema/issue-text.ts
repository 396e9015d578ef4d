import type { z } from 'zod';
import { nearestWord } from './nearest-word.ts';

/** What is wrong with a value and what to do; a zod message carries both, on two lines. */
export interface Remark {
  readonly message: string;
  readonly hint: string;
}

export const remark = ({ message, hint }: Remark): string => `${message}\n${hint}`;

export function splitRemark(text: string): Remark {
  const [message = text, hint = ''] = text.split('\n');
  return { message, hint };
}

/** Several unknown keys of one map come as one issue: one remark each, in the order of the issue's keys, parted by blank lines. */
export const splitRemarks = (text: string): readonly Remark[] => text.split('\n\n').map((part) => splitRemark(part));

/**
 * Words for the issues that zod itself finds; a field's own check brings its own. Given to `safeParse` as its error map. The codes left
 * out cannot come from these schemas, which have no lengths, formats or keys of zod's own.
 */
export const issueText = (issue: z.core.$ZodRawIssue): string | undefined => texts[issue.code]?.(issue);

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
