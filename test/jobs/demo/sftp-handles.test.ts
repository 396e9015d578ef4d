import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newHandles } from '#jobs/demo/sftp-handles.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';

test('writes that a client sends before the first is answered are appended in their order', async () => {
  const path = join(await temporaryFolder(), 'half.csv');
  // Chunks of many lengths: large ones take longer than the small ones behind them.
  const chunks = Array.from({ length: 400 }, (_, index) =>
    Buffer.alloc(index % 2 === 0 ? 60_000 - index : 1 + index, index % 251),
  );
  await writeFile(path, 'what is there,');
  const handles = newHandles();
  const handle = handles.keepFile(await open(path, 'a'));
  await Promise.all(chunks.map((chunk) => handles.write(handle, chunk, 0)));
  await handles.close(handle);
  expect((await readFile(path)).equals(Buffer.concat([Buffer.from('what is there,'), ...chunks]))).toBe(true);
});

test('a write that fails does not fail those behind it', async () => {
  const path = join(await temporaryFolder(), 'a.csv');
  const handles = newHandles();
  const handle = handles.keepFile(await open(path, 'w'));
  const refused = handles.write(handle, Buffer.from('x'), Number.MAX_SAFE_INTEGER);
  const taken = handles.write(handle, Buffer.from('whole'), 0);
  await expect(refused).rejects.toThrow(/EFBIG/);
  await taken;
  await handles.closeAll();
  expect(await readFile(path, 'utf8')).toBe('whole');
});
