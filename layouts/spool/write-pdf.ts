import type { ComposedPage } from '../documents/composed-letter.ts';
import { makeContentWriter } from '../page/content-stream.ts';
import { deflateStream } from '../page/deflate.ts';
import { makePdfContainer, type PdfTitle } from '../page/pdf-container.ts';
import { loadFonts } from './font-files.ts';

/** Composed pages as a PDF of their own: the very content streams of a spool, without control marks and blank backs. */
export function writePdf(pages: readonly ComposedPage[], title: PdfTitle): Uint8Array {
  const fonts = loadFonts();
  const write = makeContentWriter(fonts);
  const container = makePdfContainer(fonts, title);
  for (const { drawings, background } of pages) {
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
