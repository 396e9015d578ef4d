import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What the world outside sends, made the first time and remembered: running the demo again on its home sends the same bytes, and the house
 * recognises them.
 */
export async function once(home: string, name: string, make: () => Promise<string | Uint8Array>): Promise<Buffer> {
  const folder = join(home, 'demo', 'sent');
  const path = join(folder, name);
  const kept = await readFile(path).catch(() => undefined);
  if (kept) return kept;
  const content = Buffer.from(await make());
  await mkdir(folder, { recursive: true });
  await writeFile(path, content);
  return content;
}
