import { readFile, readdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder, moveDurably, sweepTemporary, writeDurably } from '#jobs/intake/durable.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Of the two bytes "AB", by sha256sum(1). */
const SHA256_OF_AB = '38164fbd17603d73f696b8b4d72664d735bb6a7c88577687fd2ae33fd6964153';
const mode = 0o640;

async function* chunks(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

describe('IF6: a final name', () => {
  test.each([
    { title: 'text', content: () => 'AB' },
    { title: 'bytes', content: () => Buffer.from('AB') },
    { title: 'chunks', content: () => chunks('A', '', 'B') },
  ])('is given to whole $title, and the same again is found', async ({ content }) => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a.csv');
    expect(await writeDurably(path, content(), { mode })).toEqual({ outcome: 'written', sha256: SHA256_OF_AB, bytes: 2 });
    const { ino, mode: given } = await stat(path);
    expect(given & 0o777).toBe(mode);
    expect(await writeDurably(path, content(), { mode })).toEqual({ outcome: 'already-there', sha256: SHA256_OF_AB, bytes: 2 });
    expect((await stat(path)).ino).toBe(ino);
    expect(await readdir(folder)).toEqual(['a.csv']);
  });

  test.each([
    { title: 'other bytes', occupy: (path: string) => writeFile(path, 'AC') },
    { title: 'more bytes', occupy: (path: string) => writeFile(path, 'ABC') },
    { title: 'a dangling link', occupy: (path: string) => symlink('nowhere', path) },
    {
      title: 'a link to the same bytes',
      occupy: async (path: string) => writeFile(`${path}2`, 'AB').then(() => symlink(`${path}2`, path)),
    },
    { title: 'a folder', occupy: (path: string) => makeFolder(path, 0o750) },
  ])('that has $title is not touched', async ({ occupy }) => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a.csv');
    await occupy(path);
    const before = await readdir(folder);
    await expect(writeDurably(path, 'AB', { mode })).rejects.toMatchObject({ reason: 'name-taken', retry: 'never', alarm: true });
    expect(await readdir(folder)).toEqual(before);
    await writeFile(join(folder, 'from'), 'AB');
    await expect(moveDurably(join(folder, 'from'), path)).rejects.toMatchObject({ reason: 'name-taken' });
    expect(await readFile(join(folder, 'from'), 'utf8')).toBe('AB');
  });

  test('is not given to content that breaks off, and nothing is left', async () => {
    const folder = await temporaryFolder();
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('A');
      throw new Error('rendering failed');
    }
    await expect(writeDurably(join(folder, 'a.csv'), breaking(), { mode })).rejects.toThrow('rendering failed');
    expect(await readdir(folder)).toEqual([]);
  });

  test('goes to exactly one of twenty who want it at once', async () => {
    const path = join(await temporaryFolder(), 'a.csv');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => writeDurably(path, `content ${index}`, { mode })),
    );
    const winners = outcomes.flatMap((outcome, index) => (outcome.status === 'fulfilled' ? [index] : []));
    expect(winners).toHaveLength(1);
    expect(await readFile(path, 'utf8')).toBe(`content ${winners[0]}`);
  });
});

test('a move, and a move that was killed between its two steps, end the same', async () => {
  const folder = await temporaryFolder();
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  await writeFile(from, 'AB');
  expect(await moveDurably(from, to)).toBe('written');
  await writeFile(from, 'AB');
  expect(await moveDurably(from, to)).toBe('already-there');
  expect(await readdir(folder)).toEqual(['to']);
});

test('temporary files of interrupted writes go when they are old; nothing else does', async () => {
  const folder = await temporaryFolder();
  const old = '.kuvert-00000000-0000-4000-8000-000000000001.tmp';
  const young = '.kuvert-00000000-0000-4000-8000-000000000002.tmp';
  for (const name of [old, young, '.other.tmp', 'a.csv']) await writeFile(join(folder, name), 'x');
  for (const name of [old, '.other.tmp', 'a.csv']) await utimes(join(folder, name), 1_000, 1_000);
  await utimes(join(folder, young), 9_999, 9_999);
  expect(await sweepTemporary(folder, { nowMilliseconds: 10_000_000, olderThanMilliseconds: 60_000 })).toBe(1);
  expect((await readdir(folder)).sort()).toEqual([young, '.other.tmp', 'a.csv'].sort());
});
