import { createHash } from 'node:crypto';
import { letterFacts, type Letter } from '#engine/letter.ts';
import type { Envelope, PrintProfile } from '#engine/print-profile.ts';
import { composeLetter, type EnvelopedLetter } from '../documents/compose-letter.ts';
import type { LetterSettings } from '../documents/compose-pages.ts';
import { type ContentWriter, makeContentWriter } from '../page/content-stream.ts';
import { deflateStream, type BackgroundForm } from '../page/pdf-container.ts';
import { type FontSet, makeFontSet } from '../page/fonts.ts';
import { checkPrintability, hasAddress, type PrintFault } from '../page/printability.ts';
import { makeTypesetter } from '../page/typesetter.ts';
import { controlCode, MAX_SHEETS_PER_PIECE, controlMark } from '../parts/control-code.ts';
import { open } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Background, ComposedPage } from '../documents/compose-pages.ts';
import type { RefusedPiece } from './spool.ts';

/** A letter as compressed content streams, without anything of a job in them. */
export interface RenderedLetter {
  readonly pages: readonly RenderedPage[];
  readonly sheets: number;
  readonly envelope: Envelope;
  /** See `SpoolPiece.sha256`. */
  readonly sha256: string;
  readonly warnings: readonly string[];
}

export interface RenderedPage {
  readonly deflated: Uint8Array;
  /** Name of the page's background: the SHA-256 of its content. */
  readonly background: string;
}

export type RenderOutcome =
  | { readonly kind: 'rendered'; readonly letter: RenderedLetter }
  | { readonly kind: 'refused'; readonly piece: RefusedPiece };

/** Renders the letters of one print profile; one per thread, since it keeps buffers and the backgrounds it has drawn. */
export interface LetterRenderer {
  readonly render: (letter: Letter) => RenderOutcome;
  /** All backgrounds that letters so far refer to. */
  readonly backgrounds: ReadonlyMap<string, BackgroundForm>;
  /** The compressed content stream of a sheet's control mark. */
  readonly markStream: (code: string) => Uint8Array;
}

/** Explanations name at most so many faults; one mistake of a layout breaks a rule many times over. */
const MAX_EXPLAINED_FAULTS = 3;

/** What letters are rendered with: all of one printer. */
export type RenderSettings = Omit<LetterSettings, 'envelope'>;

export function makeLetterRenderer(settings: RenderSettings): LetterRenderer {
  const { profile, fonts } = settings;
  const write = makeContentWriter(fonts);
  const drawn = new Map<string, DrawnBackground>();
  const backgrounds = new Map<string, BackgroundForm>();
  const markSetter = makeTypesetter(fonts);
  const backgroundOf = (background: Background, envelope: Envelope, isFirst: boolean): DrawnBackground => {
    const known = drawn.get(background.key);
    if (known !== undefined) return known;
    const made = drawBackground(background, write, { profile, envelope, page: isFirst ? 1 : 2 });
    drawn.set(background.key, made);
    backgrounds.set(made.id, made.form);
    return made;
  };
  const specimen = controlMark(markSetter, profile, controlCode({ jobNumber: 0, piece: 0, sheet: 0, sheets: 0 }));
  const faultsOf = (letter: EnvelopedLetter): readonly PrintFault[] =>
    letter.pages.flatMap(({ drawings, background }, at) => {
      const page = { profile, envelope: letter.envelope, page: at + 1 };
      const own = checkPrintability([...drawings, ...specimen], page);
      return [...own, ...backgroundOf(background, letter.envelope, at === 0).faults.map((fault) => ({ ...fault, page: at + 1 }))];
    });
  const renderPage = ({ drawings, background }: ComposedPage, envelope: Envelope, at: number, hash: Hash): RenderedPage => {
    const content = write(drawings, { onBackground: true });
    const { id } = backgroundOf(background, envelope, at === 0);
    hash.update(content).update(id);
    return { deflated: deflateStream(content), background: id };
  };
  return {
    backgrounds,
    markStream: (code) => deflateStream(write(controlMark(markSetter, profile, code))),
    render(letter) {
      const composed = composeOrExplain(letter, settings);
      if (typeof composed === 'string') return refuse(letter, 'unprintable', composed);
      if (!composed.fits || composed.sheets > MAX_SHEETS_PER_PIECE) {
        const explanation = `${composed.sheets} sheets; the largest envelope ${composed.envelope.code} holds ${composed.envelope.maxSheets}`;
        return refuse(letter, 'too-many-sheets', explanation);
      }
      const faults = faultsOf(composed);
      if (!hasAddress(composed.pages[0]?.drawings ?? [])) return refuse(letter, 'unprintable', 'no address stands in the window');
      if (faults.length > 0) return refuse(letter, 'unprintable', explain(faults));
      const hash = createHash('sha256');
      const pages = composed.pages.map((page, at) => renderPage(page, composed.envelope, at, hash));
      const { sheets, envelope, warnings } = composed;
      return { kind: 'rendered', letter: { pages, sheets, envelope, sha256: hash.digest('hex'), warnings } };
    },
  };
}

type Hash = ReturnType<typeof createHash>;

/** A logo, colour or layout that cannot be drawn is the client's configuration: its letters are refused, the others go out. */
function composeOrExplain(letter: Letter, settings: RenderSettings): EnvelopedLetter | string {
  try {
    return composeLetter(letter, settings);
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return error.message;
    throw error;
  }
}

const refuse = (letter: Letter, reason: RefusedPiece['reason'], explanation: string): RenderOutcome => ({
  kind: 'refused',
  piece: { documentId: letter.documentId, number: letterFacts(letter.content).number, reason, explanation },
});

function explain(faults: readonly PrintFault[]): string {
  const first = faults
    .slice(0, MAX_EXPLAINED_FAULTS)
    .map(({ rule, page, explanation }) => `page ${page}: ${rule}, ${explanation}`);
  const more = faults.length - first.length;
  return first.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

interface DrawnBackground {
  readonly id: string;
  readonly form: BackgroundForm;
  readonly faults: readonly PrintFault[];
}

interface BackgroundPlace {
  readonly profile: PrintProfile;
  readonly envelope: Envelope;
  readonly page: number;
}

/** Draws a background once; its name is the hash of its content, so that equal backgrounds of two threads are one. */
function drawBackground(background: Background, write: ContentWriter, place: BackgroundPlace): DrawnBackground {
  const drawings = background.draw();
  const content = write(drawings);
  const { picture } = background;
  const hash = createHash('sha256').update(content);
  if (picture !== undefined) hash.update(picture.samples);
  const form: BackgroundForm = {
    deflated: deflateStream(content),
    ...(picture === undefined ? {} : { picture: { ...pictureSize(picture), deflated: deflateStream(picture.samples) } }),
  };
  return { id: hash.digest('hex'), form, faults: checkPrintability(drawings, place) };
}

const pictureSize = ({ width, height, channels }: NonNullable<Background['picture']>) => ({ width, height, channels });

/** Rendered streams on disk while the job's order is not known yet: memory holds only where they are. */
export interface LetterStore {
  /** Appends bytes; gives the offset of the first. */
  readonly append: (bytes: Uint8Array) => Promise<number>;
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

/** Opens a new file; it must not exist, since two jobs would mix their letters. */
export async function openLetterStore(path: string): Promise<LetterStore> {
  const file = await open(path, 'wx+');
  let end = 0;
  return {
    async append(bytes) {
      const offset = end;
      for (let written = 0; written < bytes.length;) {
        const { bytesWritten } = await file.write(bytes, written, bytes.length - written, end + written);
        written += bytesWritten;
      }
      end += bytes.length;
      return offset;
    },
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0) throw new Error(`letter store ends at ${offset + done}, before ${offset + length}`);
        done += bytesRead;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}

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
    machine: readFileSync(new URL('../page/fonts/OCRB.otf', import.meta.url)),
  });
  return loaded;
}
