import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutgoingFile } from '#jobs/outbox/send-file.ts';

/** Writes a file to send; its hash and length are taken from the bytes in memory. */
export async function outgoing(folder: string, name: string, content: Buffer): Promise<OutgoingFile> {
  const path = join(folder, name);
  await writeFile(path, content);
  return { path, name, sha256: createHash('sha256').update(content).digest('hex'), bytes: content.byteLength, marker: true };
}
