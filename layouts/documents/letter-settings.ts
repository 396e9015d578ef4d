import { createHash } from 'node:crypto';
import type { Letter, Logo } from '#engine/letter.ts';
import type { Envelope, PrintProfile } from '#engine/print-profile.ts';
import type { FontSet } from '../page/font-set.ts';
import { makePalette } from '../page/ink.ts';
import { readPng } from '../page/png.ts';
import { makeTypesetter } from '../page/typesetter.ts';
import { type ReadyLogo, readyPaths } from '../parts/heading.ts';
import { letterFrame } from '../parts/letter-frame.ts';
import type { PartContext } from '../parts/part.ts';
import { invoiceTexts } from '../texts/invoice-texts.ts';

/** What a document is composed with besides the letter. */
export interface LetterSettings {
  readonly profile: PrintProfile;
  readonly envelope: Envelope;
  readonly fonts: FontSet;
}

/** The context of every part of a letter: fresh for each letter, since the typesetter remembers what it replaced. */
export const partContext = (
  letter: Pick<Letter, 'style' | 'language'>,
  { profile, envelope, fonts }: LetterSettings,
): PartContext => ({
  set: makeTypesetter(fonts),
  palette: makePalette(letter.style.accentColour, profile.colour),
  texts: invoiceTexts[letter.language],
  language: letter.language,
  frame: letterFrame(profile, envelope),
});

export interface LogoState {
  readonly ready: ReadyLogo;
  readonly digest: string;
}

const knownLogos = new WeakMap<Logo, Map<boolean, LogoState>>();

/** The logo prepared for drawing and its digest; a style's letters share one logo object, so it is prepared once. */
export function logoState(letter: Pick<Letter, 'style'>, { palette }: PartContext, colour: boolean): LogoState | undefined {
  const { logo } = letter.style;
  if (logo === undefined) return undefined;
  const known = knownLogos.get(logo) ?? new Map<boolean, LogoState>();
  knownLogos.set(logo, known);
  const found = known.get(colour);
  if (found !== undefined) return found;
  const ready: ReadyLogo =
    logo.kind === 'svg' ? readyPaths(logo, palette) : { kind: 'raster', raster: readPng(logo.bytes, !colour) };
  const digest = createHash('sha256')
    .update(logo.kind === 'svg' ? JSON.stringify(logo) : logo.bytes)
    .digest('hex');
  const state = { ready, digest };
  known.set(colour, state);
  return state;
}
