import { isDemandLetter, isInvoiceLetter, type Letter } from '#engine/letter.ts';
import type { Envelope, PrintProfile } from '#engine/print-profile.ts';
import { composeDemand } from './demand.ts';
import { composeInvoice } from './invoice.ts';
import type { ComposedLetter, LetterSettings } from './compose-pages.ts';

type Compose = (letter: Letter, settings: LetterSettings) => ComposedLetter;

/** Layouts by the name and version that a client's agreement gives; a version in use is never changed, a new one is added. */
const layouts: Readonly<Record<string, Compose>> = { 'standard 1': composeStandard };

function composeStandard(letter: Letter, settings: LetterSettings): ComposedLetter {
  if (isDemandLetter(letter)) return composeDemand(letter, settings);
  if (isInvoiceLetter(letter)) return composeInvoice(letter, settings);
  throw new RangeError(`no layout for a ${letter.content.kind}`);
}

/** A letter in the smallest envelope that holds it; `fits` is false where none does, and the largest was taken. */
export interface EnvelopedLetter extends ComposedLetter {
  readonly sheets: number;
  readonly fits: boolean;
}

export const sheetsOf = (pages: number, profile: PrintProfile): number => (profile.duplex ? Math.ceil(pages / 2) : pages);

/**
 * Composes a letter for the envelope its sheets ask for. The window decides the layout, so a letter that needs a larger envelope is
 * composed anew for that one's window. Throws a RangeError for a layout nobody knows.
 */
export function composeLetter(letter: Letter, { profile, fonts, parts }: Omit<LetterSettings, 'envelope'>): EnvelopedLetter {
  const name = `${letter.style.layout} ${letter.style.layoutVersion}`;
  const compose = layouts[name];
  if (compose === undefined) throw new RangeError(`no layout "${name}"; there is ${Object.keys(layouts).join(', ')}`);
  let best: EnvelopedLetter | undefined;
  for (const envelope of profile.envelopes) {
    const composed: ComposedLetter =
      best !== undefined && sameWindow(best.envelope, envelope)
        ? { ...best, envelope }
        : compose(letter, { profile, envelope, fonts, parts });
    const sheets = sheetsOf(composed.pages.length, profile);
    best = { ...composed, sheets, fits: sheets <= envelope.maxSheets };
    if (best.fits) return best;
  }
  if (best === undefined) throw new RangeError(`print profile ${profile.id} has no envelopes`);
  return best;
}

const sameWindow = (a: Envelope, b: Envelope): boolean => JSON.stringify(geometry(a)) === JSON.stringify(geometry(b));

const geometry = ({ window, widthMm, heightMm, foldedWidthMm, foldedHeightMm }: Envelope): unknown => [
  window.xMm,
  window.yMm,
  window.widthMm,
  window.heightMm,
  widthMm - foldedWidthMm,
  heightMm - foldedHeightMm,
];
