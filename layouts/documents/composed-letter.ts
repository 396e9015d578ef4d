import type { Envelope } from '#engine/print-profile.ts';
import type { Drawing } from '../page/drawing.ts';
import type { Raster } from '../page/png.ts';

/** A letter as drawings: what it is before any PDF, and independent of job, piece and date. */
export interface ComposedLetter {
  readonly envelope: Envelope;
  readonly pages: readonly ComposedPage[];
  /** Things the bureau should know but that do not stop the letter. */
  readonly warnings: readonly string[];
}

export interface ComposedPage {
  readonly drawings: readonly Drawing[];
  readonly background: Background;
}

/** What all letters of a style have in common on such a page; drawn once a file and shared. */
export interface Background {
  /** Equal keys have equal drawings. */
  readonly key: string;
  readonly draw: () => readonly Drawing[];
  readonly picture?: Raster;
}
