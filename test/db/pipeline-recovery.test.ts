import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archivedPath } from '#jobs/intake/archive.ts';
import { advance } from '#jobs/pipeline/advance.ts';
import { sweepLeftovers } from '#jobs/daemon.ts';
import { openInnerHouse, takenIn, type InnerHouse } from '../house/inner-house.ts';
import { trialCsv } from '../house/trial-csv.ts';

let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse({ printing: true });
});
afterAll(() => inner.close());

const never = new AbortController().signal;
const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');

test('a file whose archived bytes are damaged is not booked and holds up no other; repaired, it is booked (XD8)', async () => {
  const content = trialCsv({ Number: 'B-1' }, { Number: 'B-2' });
  const damaged = await inner.receive('provet', 'damaged.csv', content);
  const sound = await inner.receive('provet', 'sound.csv', trialCsv({ Number: 'B-3' }));
  const path = archivedPath(inner.house.home, sha256(content));
  await chmod(path, 0o644);
  await writeFile(path, content.replace('1000,00', '9000,00'));
  const troubles = await advance(inner.house, never);
  expect(troubles.map((error) => error.message)).toEqual([expect.stringContaining('reads as')]);
  expect((await takenIn(inner.house, sound)).file.state).toBe('booked');
  expect(await inner.rows(`select state from file where id = $1`, [damaged])).toEqual([{ state: 'archived' }]);
  expect(await inner.violations()).toEqual([expect.stringMatching(/^IF1 archive \w+ reads as \w+$/)]);
  await writeFile(path, content);
  expect(await advance(inner.house, never)).toEqual([]);
  expect(await takenIn(inner.house, damaged)).toMatchObject({ file: { state: 'booked' }, postings: 6n });
});

test('a receipt whose final name is taken is never written over it; everybody else’s leave (IF6)', async () => {
  const first = await inner.receive('provet', 'taken.csv', trialCsv({ Number: 'N-1' }));
  const second = await inner.receive('provet', 'free.csv', trialCsv({ Number: 'N-2' }));
  const [row] = await inner.rows<{ number: number }>('select number from file where id = $1', [first]);
  const name = `${String(row?.number).padStart(6, '0')}-taken.csv.receipt.json`;
  const path = join(inner.house.home, 'outbox/clients/provet', name);
  await writeFile(path, 'somebody else’s');
  const troubles = await advance(inner.house, never);
  expect(troubles[0]?.message).toContain('exists with other content');
  expect(await readFile(path, 'utf8')).toBe('somebody else’s');
  expect((await takenIn(inner.house, second)).receipt.accepted.count).toBe(1);
  expect(await inner.rows(`select name from outbound where state = 'planned'`)).toEqual([{ name: `clients/provet/${name}` }]);
});

test('what an attempt that never was committed left staged is replaced', async () => {
  const id = await inner.receive('provhus', 'staged.csv', trialCsv({ Number: 'G-1' }));
  const name = 'clients/provhus/000001-staged.csv.receipt.json';
  const staging = join(inner.house.home, 'work/outgoing');
  await mkdir(staging, { recursive: true });
  await writeFile(join(staging, sha256(name)), 'half a receipt of an older version');
  await advance(inner.house, never);
  expect((await takenIn(inner.house, id)).receipt).toMatchObject({ file: { state: 'booked' }, accepted: { count: 1 } });
});

test('a kill while a claim’s note was written leaves nothing that stops the file', async () => {
  const { home } = inner.house;
  const folder = join(home, 'work/claimed/provet/20261121T090000000Z-aaaaaaaaaaaa');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'claimed.csv'), trialCsv({ Number: 'H-1' }));
  await writeFile(join(folder, '.kuvert-00000000-0000-4000-8000-000000000000.tmp'), '{');
  await advance(inner.house, never);
  expect(await inner.rows(`select state from file where name = 'claimed.csv'`)).toEqual([{ state: 'booked' }]);
  expect(await readdir(join(home, 'work/claimed/provet'))).toEqual([]);
});

test('old temporary files and print jobs half made before they were made anew are swept; younger ones stay', async () => {
  const { home } = inner.house;
  const temporary = (digit: string): string => `.kuvert-${digit.repeat(8)}-0000-4000-8000-000000000000.tmp`;
  const twoHoursAgo = new Date(Date.now() - 2 * 60 * 60_000);
  for (const folder of ['work/outgoing', 'archive']) {
    for (const digit of ['1', '2']) await writeFile(join(home, folder, temporary(digit)), 'half');
    await utimes(join(home, folder, temporary('1')), twoHoursAgo, twoHoursAgo);
  }
  await mkdir(join(home, 'work/spool/J1'), { recursive: true });
  await writeFile(join(home, 'work/spool/J1/half.pdf'), 'half');
  await sweepLeftovers(inner.house);
  for (const folder of ['work/outgoing', 'archive']) {
    const names = await readdir(join(home, folder));
    expect(names).toContain(temporary('2'));
    expect(names).not.toContain(temporary('1'));
  }
  expect(await readdir(join(home, 'work/spool'))).toEqual([]);
});
