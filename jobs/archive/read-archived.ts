import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import assert from 'node:assert/strict';
import { CHUNK_BYTES } from '../files/hash-file.ts';
import { transferErrorOf } from '../files/transfer-error.ts';
import { archivedPath, damaged } from './archive-file.ts';

const SHA256_HEXADECIMAL = /^[0-9a-f]{64}$/;

/**
 * The archived bytes with this SHA-256, hashed again on their way: a flipped bit anywhere makes the stream end in an operating
 * error instead of its end (XD8). So whoever reads to the end has read what was received; act on nothing before.
 */
export async function* readArchived(home: string, sha256: string): AsyncGenerator<Uint8Array> {
  assert.match(sha256, SHA256_HEXADECIMAL);
  const path = archivedPath(home, sha256);
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
    throw transferErrorOf(error, `opening the archived file ${path}`);
  });
  try {
    const hash = createHash('sha256');
    for (;;) {
      // A buffer of its own for every chunk: the reader may keep what it was given.
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      hash.update(chunk);
      yield chunk;
    }
    const found = hash.digest('hex');
    if (found !== sha256) throw damaged(path, found);
  } finally {
    await file.close();
  }
}
