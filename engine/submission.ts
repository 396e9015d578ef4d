import type { Finding, Place } from './finding.ts';
import type { Invoice } from './invoice.ts';
import type { Language } from './language.ts';
import type { Minor } from './money.ts';

/** How the bureau treats one document: everything, delivery only, or ledger only (F03). */
export const serviceModes = ['full', 'distribute-only', 'monitor-only'] as const;
export type ServiceMode = (typeof serviceModes)[number];

/** Decides the legal regime of a claim (reference/collection-rules.md §1.1); unknown counts as consumer. */
export const debtorClasses = ['consumer', 'business', 'public'] as const;
export type DebtorClass = (typeof debtorClasses)[number];

/** What the sender says about the treatment of one document, beside the document itself. Absent: the agreement decides. */
export interface Directions {
  readonly mode?: ServiceMode;
  /** Id of a channel. */
  readonly channel?: string;
  readonly language?: Language;
  readonly debtorClass?: DebtorClass;
  /** The client's own number of the debtor. */
  readonly debtorNumber?: string;
}

/** Where a document stood in its file, and where each of its fields did. */
export interface Origin {
  /** First and last line, from 1. */
  readonly line: number;
  readonly lastLine: number;
  /** The place of a canonical field such as `dueDate`, `lines[2].netAmount`, `buyer.address.postcode`; the document's own place if unknown. */
  readonly locate: (path: string) => Place;
}

/** One document as a reader found it. */
export interface Submission {
  readonly invoice: Invoice;
  readonly directions: Directions;
  readonly origin: Origin;
  /** What the reader noticed without having to refuse the document. */
  readonly findings: readonly Finding[];
}

/** A document of which no canonical form could be made. */
export interface Refusal {
  readonly line: number;
  readonly lastLine: number;
  readonly number?: string;
  /** The amount it stated, if that could be read. */
  readonly statedAmount?: Minor;
  readonly findings: readonly Finding[];
}

/**
 * What a reader yields, in file order. `broken` means that the file's structure cannot be trusted from there on: the whole file
 * is refused and nothing follows. A reader that ends without `broken` has seen the file's end.
 */
export type ReadItem =
  | { readonly kind: 'submission'; readonly submission: Submission }
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  | { readonly kind: 'broken'; readonly finding: Finding };
