import type { Letter } from '#engine/letter.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import { composeLetter } from '../documents/compose-letter.ts';
import { loadFonts } from './font-files.ts';
import { writePdf } from './write-pdf.ts';

/**
 * A letter as a PDF of its own, for samples and the archive. A letter of more sheets than any envelope holds is drawn for the largest
 * one. Throws a RangeError or SyntaxError for a logo, colour, layout or demand that cannot be drawn.
 */
export const renderLetter = (letter: Letter, profile: PrintProfile, createdAt: Date): Uint8Array =>
  writePdf(composeLetter(letter, profile, loadFonts()).pages, { title: letter.documentId, createdAt });
