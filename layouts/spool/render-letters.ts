import { Worker } from 'node:worker_threads';
import { type Letter, letterFacts } from '#engine/letter.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { loadFonts, makeLetterRenderer, type LetterRenderer, type RenderedLetter } from './letter-renderer.ts';
import type { Currency, Minor } from '#engine/money.ts';
import type { BackgroundForm } from '../page/pdf-container.ts';
import type { RefusedPiece } from './spool.ts';

/** Letters that travel to a thread at a time: enough to make the transfer cheap, few enough to keep memory flat. */
const LETTERS_PER_CHUNK = 32;
/** Chunks a thread may have before it has answered; one to work on and one to go on with. */
const CHUNKS_PER_WORKER = 2;

export interface RenderOptions {
  readonly profile: PrintProfile;
  readonly parts: Parts;
  /** Threads; 0 renders in the calling one. */
  readonly workers: number;
}

/** Renders letters, in chunks that come in no particular order. No more letters are taken than threads can work on. */
export async function* renderLetters(letters: AsyncIterable<Letter>, options: RenderOptions): AsyncGenerator<RenderedChunk> {
  if (options.workers === 0) {
    const renderer = makeLetterRenderer({ ...options, fonts: loadFonts() });
    for await (const chunk of chunksOf(letters)) yield renderChunk(renderer, chunk);
    return;
  }
  const threads = Array.from({ length: options.workers }, () => startThread(options));
  try {
    yield* renderInThreads(letters, threads);
  } finally {
    await Promise.all(threads.map(({ stop }) => stop()));
  }
}

async function* renderInThreads(letters: AsyncIterable<Letter>, threads: readonly RenderThread[]): AsyncGenerator<RenderedChunk> {
  const underway = new Map<number, Promise<{ id: number; chunk: RenderedChunk }>>();
  let id = 0;
  const next = async (): Promise<{ id: number; chunk: RenderedChunk }> => {
    const done = await Promise.race(underway.values());
    underway.delete(done.id);
    return done;
  };
  for await (const chunk of chunksOf(letters)) {
    const thread = threads[id % threads.length];
    if (thread === undefined) throw new Error('no render threads');
    underway.set(id, thread.render({ id, letters: chunk }));
    id += 1;
    if (underway.size >= threads.length * CHUNKS_PER_WORKER) yield (await next()).chunk;
  }
  while (underway.size > 0) yield (await next()).chunk;
}

async function* chunksOf(letters: AsyncIterable<Letter>): AsyncGenerator<readonly Letter[]> {
  let chunk: Letter[] = [];
  for await (const letter of letters) {
    chunk.push(letter);
    if (chunk.length < LETTERS_PER_CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

interface RenderThread {
  readonly render: (request: ChunkRequest) => Promise<{ id: number; chunk: RenderedChunk }>;
  readonly stop: () => Promise<unknown>;
}

/** A letter's objects die young; without a limit V8 keeps more of them: 10,000 letters peaked 65 MB higher with two workers, no faster. */
const YOUNG_GENERATION_MEGABYTES = 32;

/** A thread whose failure fails every chunk it still has: a job is made whole or not at all. */
function startThread({ profile, parts }: RenderOptions): RenderThread {
  const start: WorkerStart = { profile, parts: parts.module };
  const worker = new Worker(new URL('./spool-worker.ts', import.meta.url), {
    workerData: start,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MEGABYTES },
  });
  const waiting = new Map<number, PromiseWithResolvers<{ id: number; chunk: RenderedChunk }>>();
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (answer: { id: number; chunk: RenderedChunk }) => {
    waiting.get(answer.id)?.resolve(answer);
    waiting.delete(answer.id);
  });
  worker.on('error', (cause) => fail(new Error('a render thread failed', { cause })));
  worker.on('exit', (code) => fail(new Error(`a render thread ended with code ${code}`)));
  return {
    render(request) {
      if (failure !== undefined) return Promise.reject(failure);
      const answer = Promise.withResolvers<{ id: number; chunk: RenderedChunk }>();
      waiting.set(request.id, answer);
      worker.postMessage(request, []);
      return answer.promise;
    },
    stop: () => worker.terminate(),
  };
}

/** Letters rendered together: their streams in one run of bytes, so that a chunk is one transfer and one write. */
interface RenderedChunk {
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

/** What a thread of `render-letters.ts` is told at its start and with every chunk. */
export interface WorkerStart {
  readonly profile: PrintProfile;
  /** The module that exports what is plugged in as `parts`. */
  readonly parts: string;
}

export interface ChunkRequest {
  readonly id: number;
  readonly letters: readonly Letter[];
}
