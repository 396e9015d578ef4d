import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ClaimedFile } from '#jobs/intake/folders.ts';
import { watchInboxes } from '#jobs/intake/watch.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function startWatching(
  clients: readonly string[],
  onClaim: (claim: ClaimedFile) => Promise<void>,
  scanEveryMilliseconds = 500,
) {
  const home = await temporaryFolder();
  const folderOf = (client: string): string => join(home, 'inbox', client);
  for (const client of clients) await mkdir(folderOf(client), { recursive: true });
  const stop = new AbortController();
  const errors: unknown[] = [];
  const done = watchInboxes({
    home,
    inboxes: clients.map((client) => ({ client, folder: folderOf(client) })),
    clock: { wallMilliseconds: Date.now, steadyMilliseconds: () => performance.now() },
    settleMilliseconds: 200,
    alarmMilliseconds: 60_000,
    scanEveryMilliseconds,
    newClaimId: randomUUID,
    signal: stop.signal,
    onClaim,
    onQuarantine: async () => undefined,
    onNotice: async () => undefined,
    onStuck: async () => undefined,
    onError: async (error) => void errors.push(error),
  });
  onTestFinished(() => stop.abort());
  return { folderOf, stop, done, errors };
}

test('XU9 XU10: a client whose 2,000 files keep us busy for long holds up nobody else', async () => {
  const claimed: string[] = [];
  const release = Promise.withResolvers<void>();
  const { folderOf, stop, done } = await startWatching(['busy', 'small'], async ({ client }) => {
    claimed.push(client);
    if (client === 'busy') await release.promise;
  });
  for (let file = 0; file < 2_000; file += 1) await writeFile(join(folderOf('busy'), `${file}.csv`), 'AB');
  await expect.poll(() => claimed.includes('busy'), { timeout: 10_000 }).toBe(true);
  await writeFile(join(folderOf('small'), 'a.csv'), 'AB');
  await expect.poll(() => claimed.includes('small'), { timeout: 5_000 }).toBe(true);
  expect(claimed).toEqual(['busy', 'small']);
  stop.abort();
  release.resolve();
  await done;
  // Nothing is begun after the signal.
  expect(claimed).toEqual(['busy', 'small']);
});

test('an event brings the look forward: with an hour between rounds a file is taken within seconds', async () => {
  const claimed: string[] = [];
  const { folderOf, stop, done } = await startWatching(['a'], async ({ name }) => void claimed.push(name), 3_600_000);
  await new Promise((resolve) => setTimeout(resolve, 600));
  await writeFile(join(folderOf('a'), 'late.csv'), 'AB');
  await expect.poll(() => claimed, { timeout: 5_000 }).toEqual(['late.csv']);
  stop.abort();
  await done;
});

test('a folder that is missing is told once, and its inbox goes on when it is back', async () => {
  const claimed: string[] = [];
  const { folderOf, stop, done, errors } = await startWatching(['a', 'b'], async ({ name }) => void claimed.push(name), 100);
  await rm(folderOf('a'), { recursive: true });
  await expect.poll(() => errors.length, { timeout: 5_000 }).toBe(1);
  await writeFile(join(folderOf('b'), 'b.csv'), 'AB');
  await expect.poll(() => claimed, { timeout: 5_000 }).toEqual(['b.csv']);
  await mkdir(folderOf('a'));
  await writeFile(join(folderOf('a'), 'a.csv'), 'AB');
  await expect.poll(() => claimed, { timeout: 5_000 }).toEqual(['b.csv', 'a.csv']);
  expect(errors).toHaveLength(1);
  stop.abort();
  await done;
});

test('a callback that fails is told, and the next file is taken', async () => {
  const claimed: string[] = [];
  const { folderOf, stop, done, errors } = await startWatching(['a'], async ({ name }) => {
    claimed.push(name);
    if (name === '1.csv') throw new Error('database away');
  });
  await writeFile(join(folderOf('a'), '1.csv'), 'AB');
  await writeFile(join(folderOf('a'), '2.csv'), 'AB');
  await expect.poll(() => claimed, { timeout: 5_000 }).toEqual(['1.csv', '2.csv']);
  expect(errors).toMatchObject([{ message: expect.stringContaining('database away') }]);
  stop.abort();
  await done;
});
