import type { Invoice } from './invoice.ts';
import type { Language } from './language.ts';
import type { LetterTerms } from './agreement.ts';

/** One paper letter to be made: the enriched document and how it is to look. */
export interface Letter {
  /** Unique in the house and stable: the same document has the same id in every run. */
  readonly documentId: string;
  readonly invoice: Invoice;
  readonly language: Language;
  /** Postal address as printed in the window, at most six lines, postcode and town last (country below, if abroad). */
  readonly addressLines: readonly string[];
  /** Sort key: country, then postcode. */
  readonly country: string;
  readonly postcode: string;
  readonly style: LetterStyle;
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
