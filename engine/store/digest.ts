import { createHash } from 'node:crypto';
import { toJson } from '../invoice-json.ts';

/**
 * What a thing is, decided and not a side effect of a program's representation (design.md §8): SHA-256 over its form, the version of
 * that form, and its canonical JSON. Two programs that hold the same fields give the same digest, whatever order they hold them in.
 */
export const canonicalDigest = (form: DigestForm, version: number, value: unknown): string =>
  createHash('sha256')
    .update(`${form} ${version}\n${canonicalJson(value)}`)
    .digest('hex');

/** What is told apart by digest. A change of what a form says is a new version of it; digests of different versions are never compared. */
export type DigestForm = 'agreement' | 'submission' | 'claim-order' | 'debtor' | 'issued-invoice';

/**
 * JSON with sorted keys and no blanks, after RFC 8785: objects by their keys' UTF-16 code units, absent fields left out, numbers and texts
 * as ECMAScript writes them; amounts (`bigint`) as decimal text, as `invoice-json.ts` has them. JSON that was stored and read again
 * therefore gives the same text as the value it was made from.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(JSON.parse(toJson(value))));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(byKey)
      .map(([key, item]) => [key, sorted(item)]),
  );
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);
