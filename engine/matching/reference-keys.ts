import type { BankTransaction, ReferenceSource } from './bank-file.ts';
import type { ReferenceScheme } from '../sockets/reference-scheme.ts';

/** By what a transaction may be found to belong to an invoice; each list best first, without repetition. */
export interface ReferenceKeys {
  /** Payment references whose check digit is right, without leading zeros. */
  readonly references: readonly ReferenceKey[];
  /** What may be an invoice's number. */
  readonly numbers: readonly ReferenceKey[];
  /** What the payer said it is for, in one form however the bank wrote it down: part of what makes a payment the same again. */
  readonly about: string;
}

export interface ReferenceKey {
  readonly source: ReferenceSource;
  readonly value: string;
}

/** Best first (reference/iso20022.md §2.7). */
export const referenceSources = [
  'creditor-reference',
  'document-number',
  'text',
  'instruction-id',
  'end-to-end-id',
  'additional-text',
] as const satisfies readonly ReferenceSource[];

/** A number of fewer characters in a free text is a house number or a month, hardly an invoice. */
const MIN_NUMBER_IN_TEXT = 3;
/** Candidates of one transaction that are looked up; a payer who lists more is looked at by a person. */
const MAX_KEYS = 200;

/** What of a transaction is looked up, by the schemes that payments to its account carry. Leading zeros are dropped: banks pad references (§2.7). */
export function referenceKeys(
  { references, text }: Pick<BankTransaction, 'references' | 'text'>,
  schemes: readonly ReferenceScheme[],
): ReferenceKeys {
  const payment = new Map<string, ReferenceKey>();
  const numbers = new Map<string, ReferenceKey>();
  const add = (keys: Map<string, ReferenceKey>, source: ReferenceSource, value: string): void => {
    if (keys.size < MAX_KEYS && !keys.has(value)) keys.set(value, { source, value });
  };
  for (const { source, value } of references) {
    for (const scheme of schemes) {
      const key = scheme.key(value);
      if (key !== null) add(payment, source, key);
    }
    if (isStructured(source) || value.length >= MIN_NUMBER_IN_TEXT) add(numbers, source, value);
  }
  for (const { keysInText } of schemes) for (const key of keysInText?.(text) ?? []) add(payment, 'text', key);
  for (const [token] of text.matchAll(/[\p{L}\d](?:[\p{L}\d/_-]*[\p{L}\d])?/gu)) {
    if (token.length >= MIN_NUMBER_IN_TEXT && /\d/.test(token)) add(numbers, 'text', token);
  }
  return { references: [...payment.values()], numbers: [...numbers.values()], about: aboutOf(references, text) };
}

/** Fields made for a reference; the others hold text with perhaps a number in it. */
export const isStructured = (source: ReferenceSource): boolean => source === 'creditor-reference' || source === 'document-number';

function aboutOf(references: BankTransaction['references'], text: string): string {
  const said = references.find(({ source }) => isStructured(source));
  return (said === undefined ? text : said.value.replace(/^0+/, '')).replaceAll(/\s+/g, ' ').trim().toLowerCase();
}
