import { readFile } from 'node:fs/promises';
import type { Logo } from '#engine/letter.ts';
import type { ConfigProblem } from './config-problem.ts';
import { parseSvgLogo } from './parse-svg-logo.ts';

/** A logo is a few paths, repeated on every letter of a spool; a photograph would make each job heavy. */
const MAX_LOGO_BYTES = 256 * 1024;
const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Reads a logo file: SVG of plain paths, or PNG. A file that is missing, too large or anything else is a problem. */
export async function loadLogo(path: string): Promise<{ readonly logo?: Logo; readonly problems: readonly ConfigProblem[] }> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const cause = (error as NodeJS.ErrnoException).code ?? 'unknown cause';
    return refused(path, `The logo cannot be read (${cause}).`, 'Put the file there, or correct the name in the client file.');
  }
  if (bytes.length > MAX_LOGO_BYTES) {
    return refused(
      path,
      `The logo has ${bytes.length} bytes, more than ${MAX_LOGO_BYTES}.`,
      'Simplify its paths, or scale the picture down.',
    );
  }
  if (path.endsWith('.svg')) return parseSvgLogo(path, new TextDecoder().decode(bytes));
  if (PNG_SIGNATURE.some((byte, index) => bytes[index] !== byte)) {
    return refused(path, 'This is no PNG file.', 'Save the logo as PNG, or better as SVG with plain paths.');
  }
  return { logo: { kind: 'png', bytes: Uint8Array.from(bytes) }, problems: [] };
}

const refused = (file: string, message: string, hint: string): { readonly problems: readonly ConfigProblem[] } => ({
  problems: [{ file, line: 1, column: 1, path: '', message, hint }],
});
