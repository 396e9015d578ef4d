import { execFileSync } from 'node:child_process';
import { chmod, chown, link, mkdir, readFile, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { claimFile } from '#jobs/intake/claim.ts';
import { scanInbox } from '#jobs/intake/look.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { startChild } from './child.ts';
import { newInboxUnderTest } from './inbox-under-test.ts';

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('SKIPPED: inbox tests with a device, and as another user, need root');

test('XP2: links, folders and special files are told once, left where they are, and never opened', async () => {
  const inbox = await newInboxUnderTest();
  const at = (name: string): string => join(inbox.folder, name);
  await symlink('/etc/passwd', at('passwd.csv'));
  await symlink(join(inbox.home, 'inbox', 'other-client', 'x.csv'), at('other.csv'));
  await symlink('nowhere', at('dangling.csv'));
  await mkdir(at('folder.csv'));
  execFileSync('mkfifo', [at('fifo.csv')]);
  const server = createServer().listen(at('socket.csv'));
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  await inbox.settle();
  await inbox.settle();
  expect(inbox.notices.map((notice) => `${notice.kind} ${'escapedName' in notice ? notice.escapedName : ''}`).toSorted()).toEqual(
    [
      'directory folder.csv',
      'fifo fifo.csv',
      'socket socket.csv',
      'symbolic-link dangling.csv',
      'symbolic-link other.csv',
      'symbolic-link passwd.csv',
    ],
  );
  expect([inbox.claimed, inbox.quarantined, inbox.errors]).toEqual([[], [], []]);
  expect(await readdir(inbox.folder)).toHaveLength(6);
});

test.skipIf(!isRoot)('XP2: a device is told, left and never opened', async () => {
  const inbox = await newInboxUnderTest();
  execFileSync('mknod', [join(inbox.folder, 'zero.csv'), 'c', '1', '5']);
  await inbox.settle();
  expect(inbox.notices).toMatchObject([{ kind: 'device', escapedName: 'zero.csv' }]);
  expect(inbox.claimed).toEqual([]);
});

test.each([
  { title: 'a link to /etc/passwd', swap: (path: string) => symlink('/etc/passwd', path) },
  { title: 'a FIFO', swap: async (path: string) => void execFileSync('mkfifo', [path]) },
  { title: 'a folder', swap: (path: string) => mkdir(path) },
])('XP2: a file swapped for $title between look and claim is put aside', async ({ swap }) => {
  const inbox = await newInboxUnderTest();
  const path = join(inbox.folder, 'a.csv');
  await writeFile(path, 'AB');
  const [entry] = (await scanInbox(inbox.folder)).entries;
  await rm(path);
  await swap(path);
  const request = { home: inbox.home, inbox: inbox.settings.inbox, entry: entry!, claimId: 'claim-1', nowMilliseconds: 1 };
  expect(await claimFile(request)).toMatchObject({ kind: 'quarantined', file: { reason: 'swapped', escapedName: 'a.csv' } });
  const kept = await readdir(join(inbox.home, 'quarantine', 'grona-dalen', 'claim-1'), { withFileTypes: true });
  expect(kept.filter((one) => one.isSymbolicLink())).toEqual([]);
});

test('XP2: a file with a second link is put aside, one whose second link was OpenSSH renaming is taken', async () => {
  const inbox = await newInboxUnderTest();
  const at = (name: string): string => join(inbox.folder, name);
  await writeFile(join(inbox.home, 'secret'), 'secret of ours');
  await link(join(inbox.home, 'secret'), at('stolen.csv'));
  await writeFile(at('b.csv.part'), 'AB');
  await link(at('b.csv.part'), at('b.csv'));
  await inbox.lookAfter(0);
  await rm(at('b.csv.part'));
  await inbox.settle();
  expect(inbox.quarantined).toMatchObject([{ reason: 'hard-link', escapedName: 'stolen.csv' }]);
  expect(inbox.claimed.map(({ name }) => name)).toEqual(['b.csv']);
  expect(await readFile(join(inbox.home, 'secret'), 'utf8')).toBe('secret of ours');
});

test('XP1: on disk, unsafe names go to quarantine under a name of ours, twins by case and normal form are both taken', async () => {
  const inbox = await newInboxUnderTest();
  const names = [
    Buffer.from('a\nb.csv'),
    Buffer.from('a\u202evsc.exe'),
    Buffer.from('-rf'),
    Buffer.from('CON'),
    Buffer.from('C:\\x'),
    Buffer.from('%2e%2e%2fx'),
    Buffer.from([0x61, 0xff, 0x62]),
    Buffer.from('å'.repeat(127)),
    Buffer.from('å.csv'.normalize('NFC')),
    Buffer.from('å.csv'.normalize('NFD')),
    Buffer.from('Å.csv'.normalize('NFC')),
  ];
  for (const [index, name] of names.entries())
    await writeFile(Buffer.concat([Buffer.from(`${inbox.folder}/`), name]), `content ${index}`);
  await inbox.settle();
  expect(inbox.quarantined.map(({ reason, escapedName }) => `${reason} ${escapedName.slice(0, 20)}`).toSorted()).toEqual([
    'control-character a\\u{a}b.csv',
    'device-name CON',
    'invisible-character a\\u{202e}vsc.exe',
    'leading-dash -rf',
    'not-utf-8 a\\xffb',
    'path-separator C:\\u{5c}x',
    'percent-encoded-path %2e%2e%2fx',
    `too-long ${'å'.repeat(20)}`,
  ]);
  for (const { folder, claimId } of inbox.quarantined) {
    expect(folder).toBe(join(inbox.home, 'quarantine', 'grona-dalen', claimId));
    expect((await readdir(folder)).sort()).toEqual(['.claim.json', '.reason.json', 'content']);
  }
  const contents = await Promise.all(inbox.claimed.map(({ path }) => readFile(path, 'utf8')));
  expect(contents.sort()).toEqual(['content 10', 'content 8', 'content 9']);
  expect(inbox.errors).toEqual([]);
});

test('any bytes as file name: nothing crashes, and every byte of it stays under the home', async () => {
  const anyName = fc
    .uint8Array({ minLength: 1, maxLength: 255 })
    .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0 || byte === 0x2f ? 0x2e : byte))));
  const inbox = await newInboxUnderTest();
  for (const name of fc.sample(anyName, 400)) {
    // `.` and `..` cannot be made, and a name may come twice.
    await writeFile(Buffer.concat([Buffer.from(`${inbox.folder}/`), name]), 'AB').catch(() => undefined);
  }
  const files = (await scanInbox(inbox.folder)).entries.length;
  await inbox.settle();
  await inbox.settle();
  await inbox.settle();
  const left = (await scanInbox(inbox.folder)).entries;
  expect(left.every(({ name }) => name.kind === 'temporary')).toBe(true);
  expect(inbox.claimed.length + inbox.quarantined.length + left.length).toBe(files);
  expect(inbox.quarantined.length).toBeGreaterThan(200);
  for (const { path } of inbox.claimed)
    expect(path.startsWith(join(inbox.home, 'work', 'claimed', 'grona-dalen', '/'))).toBe(true);
  for (const { folder } of inbox.quarantined)
    expect(folder.startsWith(join(inbox.home, 'quarantine', 'grona-dalen', '/'))).toBe(true);
  expect(inbox.errors).toEqual([]);
});

test.skipIf(!isRoot)(
  'XP3: as an ordinary user, what cannot be read is put aside, what cannot be moved is told once',
  async () => {
    const home = await temporaryFolder();
    const inbox = join(home, 'inbox', 'grona-dalen');
    await mkdir(inbox, { recursive: true });
    await writeFile(join(inbox, 'unreadable.csv'), 'AB', { mode: 0o000 });
    await writeFile(join(inbox, 'free.csv'), 'AB', { mode: 0o644 });
    const locked = join(home, 'inbox', 'locked');
    await mkdir(locked);
    await writeFile(join(locked, 'a.csv'), 'AB');
    await chmod(locked, 0o555);
    await chown(home, NOBODY, NOBODY);
    await chown(inbox, NOBODY, NOBODY);
    const child = startChild({ home, folder: inbox, client: 'grona-dalen', uid: NOBODY });
    const other = startChild({ home, folder: locked, client: 'locked', uid: NOBODY });
    await expect.poll(() => child.events.length, { timeout: 20_000 }).toBe(3);
    await expect.poll(() => other.events.length, { timeout: 20_000 }).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await Promise.all([child.stop(), other.stop()]);
    expect(
      child.events
        .slice(1)
        .map(({ event, what }) => `${event} ${String(what['name'] ?? what['reason'])}`)
        .toSorted(),
    ).toEqual(['claim free.csv', 'quarantine unreadable']);
    expect(other.events.slice(1)).toMatchObject([
      { event: 'error', what: { reason: 'permission-denied', retry: 'later', alarm: true } },
    ]);
  },
);

test('XP4: an inbox on another file system is an operating error that says so', async ({ skip }) => {
  const shared = await stat('/dev/shm').catch(() => undefined);
  const folder = `/dev/shm/kuvert-test-${process.pid}`;
  const inbox = await newInboxUnderTest((home) => (shared === undefined ? join(home, 'in') : folder));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  if ((await stat(inbox.folder)).dev === (await stat(inbox.home)).dev) {
    console.warn('SKIPPED: /dev/shm is no file system of its own here');
    skip();
  }
  await writeFile(join(inbox.folder, 'a.csv'), 'AB');
  await inbox.settle();
  await inbox.settle();
  expect(inbox.errors).toMatchObject([{ reason: 'other-file-system', retry: 'never', alarm: true }]);
  expect(await readdir(inbox.folder)).toEqual(['a.csv']);
});

test('two and more daemons on one inbox: each file is claimed exactly once, and names used again are new files', async () => {
  const home = await temporaryFolder();
  const folder = join(home, 'inbox', 'grona-dalen');
  await mkdir(folder, { recursive: true });
  const children = Array.from({ length: 4 }, () => startChild({ home, folder, client: 'grona-dalen' }));
  await expect.poll(() => children.every(({ events }) => events.length === 1), { timeout: 30_000 }).toBe(true);
  const FILES = 150;
  for (let file = 0; file < FILES; file += 1) await writeFile(join(folder, `${file}.csv`), `content ${file}`);
  const claims = () => children.flatMap(({ events }) => events.filter(({ event }) => event === 'claim').map(({ what }) => what));
  await expect.poll(() => claims().length, { timeout: 60_000 }).toBeGreaterThanOrEqual(FILES);
  await writeFile(join(folder, '0.csv'), 'content again');
  await expect.poll(() => claims().length, { timeout: 60_000 }).toBe(FILES + 1);
  await Promise.all(children.map(({ stop }) => stop()));
  const contents = await Promise.all(claims().map(({ path }) => readFile(String(path), 'utf8')));
  expect(new Set(contents).size).toBe(FILES + 1);
  expect(children.flatMap(({ events }) => events.filter(({ event }) => event !== 'claim' && event !== 'ready'))).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
  expect(await readdir(join(home, 'work', 'claiming', 'grona-dalen'))).toEqual([]);
});

test('XU5: renaming inside the inbox while it is scanned loses nothing', async () => {
  const inbox = await newInboxUnderTest();
  await writeFile(join(inbox.folder, '0.csv'), 'AB');
  for (let turn = 0; turn < 50; turn += 1) {
    await Promise.all([rename(join(inbox.folder, `${turn}.csv`), join(inbox.folder, `${turn + 1}.csv`)), inbox.lookAfter(1)]);
  }
  await inbox.settle();
  expect(inbox.claimed.map(({ name }) => name)).toEqual(['50.csv']);
});
