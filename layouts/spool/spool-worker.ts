import { parentPort, workerData } from 'node:worker_threads';
import type { Parts } from '#engine/sockets/parts.ts';
import { loadFonts, makeLetterRenderer } from './letter-renderer.ts';
import { renderChunk, type WorkerStart, type ChunkRequest } from './render-letters.ts';

const port = parentPort;
if (port === null) throw new Error('spool-worker.ts runs as a worker thread only');

const { profile, parts: module } = workerData as WorkerStart;
const { parts } = (await import(module)) as { readonly parts: Parts };
const renderer = makeLetterRenderer({ profile, fonts: loadFonts(), parts });

port.on('message', ({ id, letters }: ChunkRequest) => {
  const chunk = renderChunk(renderer, letters);
  port.postMessage({ id, chunk }, [chunk.bytes.buffer as ArrayBuffer]);
});
