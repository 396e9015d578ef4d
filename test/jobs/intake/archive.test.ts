import { chmod, readFile, readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archiveFile, dropClaim, readArchived } from '#jobs/intake/archive.ts';
import { listClaims } from '#jobs/intake/folders.ts';
import { newInboxUnderTest } from './inbox-under-test.ts';

async function archived(content: Buffer) {
  const inbox = await newInboxUnderTest();
  await writeFile(join(inbox.folder, 'a.csv'), content);
  await inbox.settle();
  const claim = inbox.claimed[0]!;
  const result = await archiveFile(inbox.home, claim);
  if (result.kind !== 'archived') throw new Error(result.kind);
  return { inbox, claim, result };
}

async function readAll(home: string, sha256: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readArchived(home, sha256)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** One million "a": the long test vector of FIPS 180-2. */
const MILLION = Buffer.alloc(1_000_000, 'a');
const SHA256_OF_MILLION = 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0';

test('IF1: every byte is kept, read-only, under its SHA-256, and reads back', async () => {
  const { inbox, result } = await archived(MILLION);
  expect(result).toEqual({
    kind: 'archived',
    sha256: SHA256_OF_MILLION,
    bytes: 1_000_000,
    path: join(inbox.home, 'archive', 'cd', SHA256_OF_MILLION),
    alreadyThere: false,
  });
  expect((await stat(result.path)).mode & 0o777).toBe(0o444);
  expect((await readAll(inbox.home, SHA256_OF_MILLION)).equals(MILLION)).toBe(true);
  expect(await readdir(join(inbox.home, 'archive'))).toEqual(['cd']);
});

test.each([
  {
    title: 'one flipped bit',
    damage: async (path: string) => writeFile(path, (await readFile(path)).fill('c', 700_000, 700_001)),
  },
  { title: 'a lost end', damage: (path: string) => truncate(path, 999_999) },
  { title: 'an added byte', damage: (path: string) => writeFile(path, 'x', { flag: 'a' }) },
])('XD8: $title is found at the next use, whatever it is', async ({ damage }) => {
  const { inbox, claim, result } = await archived(MILLION);
  await chmod(result.path, 0o644);
  await damage(result.path);
  const found = { reason: 'archive-damaged', retry: 'never', alarm: true };
  await expect(readAll(inbox.home, SHA256_OF_MILLION)).rejects.toMatchObject(found);
  await expect(archiveFile(inbox.home, claim)).rejects.toMatchObject(found);
  await expect(dropClaim(inbox.home, claim, result)).rejects.toMatchObject(found);
  // The claim, now the only good copy, is still there.
  expect(await listClaims(inbox.home)).toEqual([claim]);
});

test('what is not in the archive is an operating error, what is no hash is our own mistake', async () => {
  const { inbox } = await archived(MILLION);
  await expect(readAll(inbox.home, '0'.repeat(64))).rejects.toMatchObject({ name: 'TransferError' });
  await expect(readAll(inbox.home, '../../etc/passwd')).rejects.toMatchObject({ name: 'AssertionError' });
});

test('archiving the same claim by two at once is harmless', async () => {
  const inbox = await newInboxUnderTest();
  await writeFile(join(inbox.folder, 'a.csv'), MILLION);
  await inbox.settle();
  const both = await Promise.all([archiveFile(inbox.home, inbox.claimed[0]!), archiveFile(inbox.home, inbox.claimed[0]!)]);
  expect(both).toMatchObject([{ sha256: SHA256_OF_MILLION }, { sha256: SHA256_OF_MILLION }]);
  expect(both.filter((one) => one.kind === 'archived' && one.alreadyThere)).toHaveLength(1);
});
