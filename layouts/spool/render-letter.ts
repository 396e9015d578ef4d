import type { Letter } from '#engine/letter.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import { composeLetter } from '../documents/compose-letter.ts';
import { makeContentWriter } from '../page/content-stream.ts';
import { deflateStream } from '../page/deflate.ts';
import { makePdfContainer } from '../page/pdf-container.ts';
import { loadFonts } from './font-files.ts';

/**
 * A letter as a PDF of its own, for samples and the archive: the very content streams of the spool, without control marks and blank
 * backs. A letter of more sheets than any envelope holds is drawn for the largest one. Throws a RangeError or SyntaxError for a logo,
 * colour or layout that cannot be drawn.
 */
export function renderLetter(letter: Letter, profile: PrintProfile, createdAt: Date): Uint8Array {
  const fonts = loadFonts();
  const write = makeContentWriter(fonts);
  const composed = composeLetter(letter, profile, fonts);
  const container = makePdfContainer(fonts, { title: letter.documentId, createdAt });
  for (const { drawings, background } of composed.pages) {
    const { picture } = background;
    container.defineBackground(background.key, {
      deflated: deflateStream(write(background.draw())),
      ...(picture === undefined ? {} : { picture: { ...picture, deflated: deflateStream(picture.samples) } }),
    });
    container.addPage({ deflated: [deflateStream(write(drawings, { onBackground: true }))], background: background.key });
  }
  container.finish();
  // Everything was written in this turn, so the stream holds the whole file.
  const bytes: unknown = container.stream.read();
  if (!(bytes instanceof Uint8Array)) throw new Error('the PDF container gave no bytes');
  return bytes;
}
