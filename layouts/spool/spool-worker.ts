import { parentPort, workerData } from 'node:worker_threads';
import type { Letter } from '#engine/letter.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import { loadFonts, makeLetterRenderer } from './letter-renderer.ts';
import { renderChunk } from './render-letters.ts';

/** What a thread of `render-letters.ts` is told at its start and with every chunk. */
export interface WorkerStart {
  readonly profile: PrintProfile;
}

export interface ChunkRequest {
  readonly id: number;
  readonly letters: readonly Letter[];
}

const port = parentPort;
if (port === null) throw new Error('spool-worker.ts runs as a worker thread only');

const { profile } = workerData as WorkerStart;
const renderer = makeLetterRenderer(profile, loadFonts());

port.on('message', ({ id, letters }: ChunkRequest) => {
  const chunk = renderChunk(renderer, letters);
  port.postMessage({ id, chunk }, [chunk.bytes.buffer as ArrayBuffer]);
});
