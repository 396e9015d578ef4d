import type { Parts } from '#engine/sockets/parts.ts';
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Envelope, PrintProfile } from '#engine/print-profile.ts';
import { type BackgroundForm, makePdfContainer, type PdfContainer, deflateStream, type PdfTitle } from '../page/pdf-container.ts';
import { controlCode } from '../parts/control-code.ts';
import { loadFonts, type LetterStore } from './letter-renderer.ts';
import type { PlannedVolume } from './plan-volumes.ts';
import type { ChunkPiece } from './render-letters.ts';
import { makeContentWriter } from '../page/content-stream.ts';
import type { ComposedPage } from '../documents/compose-pages.ts';
import { jobName, type SpoolPiece, type SpoolVolume } from './spool.ts';
import type { Letter } from '#engine/letter.ts';
import { composeLetter } from '../documents/compose-letter.ts';
import { formatAmount, type Minor } from '#engine/money.ts';
import type { Settlement } from '#engine/settlement/statement.ts';
import { composeSettlement } from '../documents/settlement.ts';
import type { Fact } from '../page/drawing.ts';
import { plain, type PrintedFact, readPrintedFacts } from './check-piece.ts';
import { readPrintedAmount } from './printed-amount.ts';
import { rereadPdf } from './reread-pdf.ts';

export interface VolumeOrder {
  readonly jobNumber: number;
  readonly createdAt: Date;
  readonly profile: PrintProfile;
  readonly workDir: string;
  readonly store: LetterStore;
  readonly backgrounds: ReadonlyMap<string, BackgroundForm>;
  readonly markStream: (code: string) => Uint8Array;
}

export interface WrittenVolume {
  readonly volume: SpoolVolume;
  readonly pieces: readonly SpoolPiece[];
}

/** Bytes that pdfkit may hold before they are written: it has no back-pressure of its own (print.md §7). */
const FLUSH_BYTES = 1 << 20;

/** Writes one PDF of the job: every letter from its front page on, blank backs where needed, a control mark on every sheet's front. */
export async function writeVolume(planned: PlannedVolume, order: VolumeOrder, firstSequence: number): Promise<WrittenVolume> {
  const { fileName, envelope: code } = planned;
  const envelope = order.profile.envelopes.find((candidate) => candidate.code === code);
  if (envelope === undefined) throw new Error(`no envelope ${code} in profile ${order.profile.id}`);
  const container = makePdfContainer(loadFonts(), {
    title: `${jobName(order.jobNumber)} ${fileName}`,
    createdAt: order.createdAt,
  });
  const file = await open(join(order.workDir, fileName), 'wx');
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    const flush = async (): Promise<void> => {
      const chunk: unknown = container.stream.read();
      if (!(chunk instanceof Uint8Array)) return;
      hash.update(chunk);
      bytes += chunk.length;
      await file.writeFile(chunk);
    };
    const pieces: SpoolPiece[] = [];
    let pages = 0;
    for (const piece of planned.pieces) {
      const placed = { fileName, envelope, sequence: firstSequence + pieces.length, firstPage: pages + 1 };
      pieces.push(await addPiece(container, piece, order, placed));
      pages += pieces.at(-1)?.pages ?? 0;
      if (container.stream.readableLength > FLUSH_BYTES) await flush();
    }
    container.finish();
    await flush();
    const sheets = pieces.reduce((sum, piece) => sum + piece.sheets, 0);
    const volume = { fileName, envelope: code, pieces: pieces.length, pages, sheets, bytes, sha256: hash.digest('hex') };
    return { volume, pieces };
  } finally {
    await file.close();
  }
}

interface PiecePlace {
  readonly fileName: string;
  readonly envelope: Envelope;
  readonly sequence: number;
  readonly firstPage: number;
}

async function addPiece(container: PdfContainer, piece: ChunkPiece, order: VolumeOrder, place: PiecePlace): Promise<SpoolPiece> {
  const { profile, jobNumber } = order;
  const sheets = piece.sheets;
  const length = piece.lengths.reduce((sum, each) => sum + each, 0);
  const bytes = await order.store.read(piece.offset, length);
  const controlCodes = Array.from({ length: sheets }, (_, at) =>
    controlCode({ jobNumber, piece: place.sequence, sheet: at + 1, sheets }),
  );
  const pagesPerSheet = profile.duplex ? 2 : 1;
  let from = 0;
  for (const [at, pageLength] of piece.lengths.entries()) {
    const content = bytes.subarray(from, from + pageLength);
    from += pageLength;
    const background = piece.backgrounds[at] ?? '';
    defineBackground(container, order.backgrounds, background);
    const code = at % pagesPerSheet === 0 ? controlCodes[at / pagesPerSheet] : undefined;
    container.addPage({ deflated: code === undefined ? [content] : [content, order.markStream(code)], background });
  }
  const pages = sheets * pagesPerSheet;
  for (let page = piece.lengths.length; page < pages; page += 1) container.addBlankPage();
  const { documentId, number, country, postcode, payableAmount, currency, paymentReference, sha256, warnings } = piece;
  return {
    documentId,
    number,
    volume: place.fileName,
    sequence: place.sequence,
    firstPage: place.firstPage,
    pages,
    sheets,
    envelope: place.envelope.code,
    milligrams: place.envelope.milligrams + sheets * profile.sheetMilligrams,
    postage: place.envelope.postage,
    country,
    postcode,
    payableAmount,
    currency,
    ...(paymentReference === undefined ? {} : { paymentReference }),
    controlCodes,
    sha256,
    warnings,
  };
}

function defineBackground(container: PdfContainer, backgrounds: VolumeOrder['backgrounds'], id: string): void {
  const form = backgrounds.get(id);
  if (form === undefined) throw new Error(`letter refers to an unknown background ${id}`);
  container.defineBackground(id, form);
}

/** Composed pages as a PDF of their own: the very content streams of a spool, without control marks and blank backs. */
function writePdf(pages: readonly ComposedPage[], title: PdfTitle): Uint8Array {
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

/**
 * A letter as a PDF of its own, for samples and the archive. A letter of more sheets than any envelope holds is drawn for the largest
 * one. Throws a RangeError or SyntaxError for a logo, colour, layout or demand that cannot be drawn.
 */
export const renderLetter = (
  letter: Letter,
  { profile, parts, createdAt }: { readonly profile: PrintProfile; readonly parts: Parts; readonly createdAt: Date },
): Uint8Array =>
  writePdf(composeLetter(letter, { profile, parts, fonts: loadFonts() }).pages, { title: letter.documentId, createdAt });

/**
 * A settlement as a PDF of its own. It is read again before it is handed out, and every amount of the statement must be the one that
 * was settled; the same settlement gives the same bytes. Throws an Error for a settlement that contradicts itself, or a page that
 * does not say what it should: both are ours.
 */
export const renderSettlementPdf = (settlement: Settlement, parts: Parts): Promise<Uint8Array> =>
  Promise.try(() => renderChecked(settlement, parts));

function renderChecked(settlement: Settlement, parts: Parts): Uint8Array {
  const { pages } = composeSettlement(settlement, { fonts: loadFonts(), parts });
  const bytes = writePdf(pages, { title: settlement.number, createdAt: new Date(`${settlement.date}T00:00:00Z`) });
  const wrong = settlementDifferences(bytes, settlement);
  if (wrong.length > 0) throw new Error(`settlement ${settlement.number} is printed wrong: ${wrong.join('; ')}`);
  return bytes;
}

/** Where a printed settlement says something else than the settled amounts; empty for one that may be handed out. */
export function settlementDifferences(bytes: Uint8Array, settlement: Settlement): readonly string[] {
  const pages = [...rereadPdf(bytes).pages()].map(({ contents, fonts }) =>
    contents.flatMap((content) => readPrintedFacts(content, fonts).facts),
  );
  const unnumbered = pages.flatMap((facts, at) =>
    hasNumber(facts, settlement.number) ? [] : [`page ${at + 1} has another number`],
  );
  const wrong = Object.entries(expectedAmounts(settlement)).flatMap(([name, amount]) =>
    wrongAmounts(pages.flat(), { name, amount, currency: settlement.currency }),
  );
  return [...unnumbered, ...wrong];
}

const hasNumber = (facts: readonly PrintedFact[], number: string): boolean => {
  const numbers = facts.filter(({ name }) => name === 'Number');
  return numbers.length > 0 && numbers.every(({ text }) => plain(text) === plain(number));
};

/** As printed: what lessens the balance has a minus. Absent: the row is left out where it is zero. */
function expectedAmounts(settlement: Settlement): Readonly<Partial<Record<Fact, Minor>>> {
  const optional: readonly (readonly [Fact, Minor])[] = [
    ['Restored', settlement.restoredAmount],
    ['Returned', -settlement.returnedAmount],
    ['Fees', -settlement.feesAmount],
    ['Vat', -settlement.vatAmount],
  ];
  return {
    Opening: settlement.openingAmount,
    Received: settlement.receivedAmount,
    Payable: settlement.payoutAmount,
    PaidOut: -settlement.payoutAmount,
    Closing: settlement.closingAmount,
    ...Object.fromEntries(optional.filter(([, amount]) => amount !== 0n)),
  };
}

interface ExpectedAmount {
  readonly name: string;
  readonly amount: Minor;
  readonly currency: string;
}

function wrongAmounts(facts: readonly PrintedFact[], { name, amount, currency }: ExpectedAmount): readonly string[] {
  const printed = facts.filter((fact) => fact.name === name).map(({ text }) => text);
  const right = printed.filter((text) => {
    const read = readPrintedAmount(text);
    return read?.amount === amount && read.currency === currency;
  });
  return printed.length > 0 && right.length === printed.length
    ? []
    : [`${name} is ${printed.join(', ') || 'not there'}, settled ${formatAmount(amount)}`];
}
