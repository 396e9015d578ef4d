import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type FontSet, makeFontSet } from '../page/font-set.ts';

const require = createRequire(import.meta.url);
const sourceSans = (weight: string): Uint8Array =>
  readFileSync(require.resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`));

let loaded: FontSet | undefined;

/** The house's fonts, read and measured once per thread. */
export function loadFonts(): FontSet {
  loaded ??= makeFontSet({
    regular: sourceSans('400Regular'),
    semibold: sourceSans('600SemiBold'),
    bold: sourceSans('700Bold'),
    ocr: readFileSync(new URL('../page/fonts/OCRB.otf', import.meta.url)),
  });
  return loaded;
}
