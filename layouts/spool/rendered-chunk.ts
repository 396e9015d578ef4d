import { letterFacts, type Letter } from '#engine/letter.ts';
import type { Currency, Minor } from '#engine/money.ts';
import type { BackgroundForm } from '../page/pdf-container.ts';
import type { LetterRenderer, RenderedLetter } from './letter-renderer.ts';
import type { RefusedPiece } from './spool-job.ts';

/** Letters rendered together: their streams in one run of bytes, so that a chunk is one transfer and one write. */
export interface RenderedChunk {
  readonly bytes: Uint8Array;
  readonly pieces: readonly ChunkPiece[];
  readonly refused: readonly RefusedPiece[];
  /** Backgrounds that the letters refer to and the thread had not drawn before. */
  readonly backgrounds: readonly (readonly [id: string, form: BackgroundForm])[];
}

/** What is kept of a letter in memory while its streams lie on disk. */
export interface ChunkPiece {
  readonly documentId: string;
  readonly number: string;
  readonly country: string;
  readonly postcode: string;
  readonly payableAmount: Minor;
  readonly currency: Currency;
  readonly paymentReference?: string;
  /** Where the first page's stream begins, and the length of each page's. */
  readonly offset: number;
  readonly lengths: readonly number[];
  readonly backgrounds: readonly string[];
  readonly sheets: number;
  readonly envelope: string;
  readonly sha256: string;
  readonly warnings: readonly string[];
}

export function renderChunk(renderer: LetterRenderer, letters: readonly Letter[]): RenderedChunk {
  const known = new Set(renderer.backgrounds.keys());
  const streams: Uint8Array[] = [];
  const pieces: ChunkPiece[] = [];
  const refused: RefusedPiece[] = [];
  let offset = 0;
  for (const letter of letters) {
    const outcome = renderer.render(letter);
    if (outcome.kind === 'refused') {
      refused.push(outcome.piece);
      continue;
    }
    const piece = describePiece(letter, outcome.letter, offset);
    streams.push(...outcome.letter.pages.map(({ deflated }) => deflated));
    offset += piece.lengths.reduce((sum, length) => sum + length, 0);
    pieces.push(piece);
  }
  const backgrounds = [...renderer.backgrounds].filter(([id]) => !known.has(id));
  return { bytes: joinBytes(streams, offset), pieces, refused, backgrounds };
}

function describePiece({ documentId, content, country, postcode }: Letter, rendered: RenderedLetter, offset: number): ChunkPiece {
  return {
    documentId,
    country,
    postcode,
    ...letterFacts(content),
    offset,
    lengths: rendered.pages.map(({ deflated }) => deflated.length),
    backgrounds: rendered.pages.map(({ background }) => background),
    sheets: rendered.sheets,
    envelope: rendered.envelope.code,
    sha256: rendered.sha256,
    warnings: rendered.warnings,
  };
}

/** A buffer of its own, not one of Node's shared pool, since it is handed to another thread. */
function joinBytes(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
