import { Worker } from 'node:worker_threads';
import type { Letter } from '#engine/letter.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import { loadFonts } from './font-files.ts';
import { makeLetterRenderer } from './letter-renderer.ts';
import { type RenderedChunk, renderChunk } from './rendered-chunk.ts';
import type { ChunkRequest, WorkerStart } from './spool-worker.ts';

/** Letters that travel to a thread at a time: enough to make the transfer cheap, few enough to keep memory flat. */
const LETTERS_PER_CHUNK = 32;
/** Chunks a thread may have before it has answered; one to work on and one to go on with. */
const CHUNKS_PER_WORKER = 2;

export interface RenderOptions {
  readonly profile: PrintProfile;
  /** Threads; 0 renders in the calling one. */
  readonly workers: number;
}

/** Renders letters, in chunks that come in no particular order. No more letters are taken than threads can work on. */
export async function* renderLetters(letters: AsyncIterable<Letter>, options: RenderOptions): AsyncGenerator<RenderedChunk> {
  if (options.workers === 0) {
    const renderer = makeLetterRenderer(options.profile, loadFonts());
    for await (const chunk of chunksOf(letters)) yield renderChunk(renderer, chunk);
    return;
  }
  const threads = Array.from({ length: options.workers }, () => startThread(options.profile));
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
function startThread(profile: PrintProfile): RenderThread {
  const start: WorkerStart = { profile };
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
