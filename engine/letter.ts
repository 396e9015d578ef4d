import type { LetterLaw, Demand } from './claims/demand.ts';
import type { Invoice } from './invoice.ts';
import type { Language } from './language.ts';
import type { LetterTerms } from './agreement.ts';
import type { Currency, Minor } from './money.ts';

/** What a letter says; `kind` tells an invoice or credit note from a reminder or collection demand. */
export type LetterContent = Invoice | Demand;

export const isDemand = (content: LetterContent): content is Demand => 'claims' in content;

/** One paper letter to be made: the enriched document and how it is to look. */
export interface Letter {
  /** Unique in the house and stable: the same document has the same id in every run. */
  readonly documentId: string;
  readonly content: LetterContent;
  readonly language: Language;
  /** Postal address as printed in the window, at most six lines, postcode and town last (country below, if abroad). */
  readonly addressLines: readonly string[];
  /** Sort key: country, then postcode. */
  readonly country: string;
  readonly postcode: string;
  readonly style: LetterStyle;
  /** Of a demand: what the law of its country makes of it. */
  readonly law?: LetterLaw;
}

/** A letter with one kind of content. */
export type LetterOf<Content extends LetterContent> = Letter & { readonly content: Content };

export const isDemandLetter = (letter: Letter): letter is LetterOf<Demand> => isDemand(letter.content);
export const isInvoiceLetter = (letter: Letter): letter is LetterOf<Invoice> => !isDemand(letter.content);

/** What a letter is known and checked by, whatever it is. */
export interface LetterFacts {
  readonly number: string;
  readonly payableAmount: Minor;
  readonly currency: Currency;
  /** Only where the letter asks for a payment: absent for credit notes and for amounts of zero or less. */
  readonly paymentReference?: string;
}

export function letterFacts(content: LetterContent): LetterFacts {
  if (isDemand(content)) {
    const { number, payableAmount, currency, paymentReference } = content;
    return { number, payableAmount, currency, paymentReference };
  }
  const { number, currency, kind, totals, paymentMeans } = content;
  const reference = kind === 'creditNote' || totals.payableAmount <= 0n ? undefined : paymentMeans[0]?.reference;
  const facts = { number, payableAmount: totals.payableAmount, currency };
  return reference === undefined ? facts : { ...facts, paymentReference: reference };
}

/** Letter terms resolved to data: the logo read from its file. */
export interface LetterStyle extends Pick<
  LetterTerms,
  'layout' | 'layoutVersion' | 'accentColour' | 'paymentSlip' | 'paymentQr' | 'greeting'
> {
  readonly logo?: Logo;
}

/** A logo as vector paths (SVG path data with absolute or relative commands) in its own view box, or a PNG. */
export type Logo =
  | {
      readonly kind: 'svg';
      readonly viewBox: readonly [number, number, number, number];
      readonly paths: readonly { readonly d: string; readonly fill: string }[];
    }
  | { readonly kind: 'png'; readonly bytes: Uint8Array };
