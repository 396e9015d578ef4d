import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { constants } from 'node:fs';

/** Bytes read or written at once; the memory a copy of any size takes. */
export const CHUNK_BYTES = 256 * 1024;

export interface Digest {
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

/** The SHA-256 and length of a regular file. Links are not followed. */
export async function hashFile(path: string): Promise<Digest> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return await hashOpenFile(file);
  } finally {
    await file.close();
  }
}

/** As `hashFile`, of a file that is already open, from its first byte. Each chunk is handed to `onChunk` before the next is read. */
export async function hashOpenFile(file: FileHandle, onChunk?: (chunk: Uint8Array) => Promise<void>): Promise<Digest> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let position = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes: position };
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    await onChunk?.(chunk);
    position += bytesRead;
  }
}
