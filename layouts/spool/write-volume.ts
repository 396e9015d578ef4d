import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Envelope, PrintProfile } from '#engine/print-profile.ts';
import { type BackgroundForm, makePdfContainer, type PdfContainer } from '../page/pdf-container.ts';
import { controlCode } from '../parts/control-code.ts';
import { loadFonts, type LetterStore } from './letter-renderer.ts';
import type { PlannedVolume } from './plan-volumes.ts';
import type { ChunkPiece } from './render-letters.ts';
import { jobName, type SpoolPiece, type SpoolVolume } from './spool.ts';

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
