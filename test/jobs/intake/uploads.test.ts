import { appendFile, mkdir, open, readFile, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished, expect, test } from 'vitest';
import { archiveFile, dropClaim } from '#jobs/intake/archive.ts';
import { claimFile } from '#jobs/intake/claim.ts';
import { listClaims } from '#jobs/intake/folders.ts';
import { quarantineClaim } from '#jobs/intake/quarantine.ts';
import { scanInbox } from '#jobs/intake/look.ts';
import { ALARM_MILLISECONDS, SETTLE_MILLISECONDS, newInboxUnderTest } from './inbox-under-test.ts';

/** Of the two bytes "AB", by sha256sum(1). */
const SHA256_OF_AB = '38164fbd17603d73f696b8b4d72664d735bb6a7c88577687fd2ae33fd6964153';

test('a file that looks the same for the whole settling time is taken, whole and out of reach', async () => {
  const inbox = await newInboxUnderTest();
  await writeFile(join(inbox.folder, 'a.csv'), 'AB');
  await inbox.lookAfter(0);
  await inbox.lookAfter(SETTLE_MILLISECONDS - 1);
  expect(inbox.claimed).toEqual([]);
  await inbox.lookAfter(1);
  expect(inbox.claimed.map(({ name, client, claimId }) => ({ name, client, claimId }))).toEqual([
    { name: 'a.csv', client: 'grona-dalen', claimId: 'claim-0001' },
  ]);
  expect(inbox.claimed[0]?.path).toBe(join(inbox.home, 'work', 'claimed', 'grona-dalen', 'claim-0001', 'a.csv'));
  expect(await readdir(inbox.folder)).toEqual([]);
  expect(await listClaims(inbox.home)).toEqual(inbox.claimed);
});

test('one long pause between two looks is not enough: the second look must find it unchanged', async () => {
  const inbox = await newInboxUnderTest();
  await writeFile(join(inbox.folder, 'a.csv'), 'A');
  await inbox.lookAfter(0);
  await appendFile(join(inbox.folder, 'a.csv'), 'B');
  await inbox.lookAfter(10 * SETTLE_MILLISECONDS);
  expect(inbox.claimed).toEqual([]);
  await inbox.lookAfter(SETTLE_MILLISECONDS);
  expect(inbox.claimed).toHaveLength(1);
});

test('XU1: half an upload under a temporary name is never taken; somebody is told once', async () => {
  const inbox = await newInboxUnderTest();
  await writeFile(join(inbox.folder, 'a.csv.part'), 'half');
  await inbox.settle();
  await inbox.lookAfter(ALARM_MILLISECONDS);
  await inbox.lookAfter(ALARM_MILLISECONDS);
  expect(inbox.claimed).toEqual([]);
  expect(inbox.stuck).toMatchObject([{ escapedName: 'a.csv.part', bytes: 4 }]);
});

test('XU1: a file that keeps growing is never taken; somebody is told once', async () => {
  const inbox = await newInboxUnderTest();
  for (let look = 0; look < 100; look += 1) {
    await appendFile(join(inbox.folder, 'a.csv'), 'x');
    await inbox.lookAfter(SETTLE_MILLISECONDS);
  }
  expect(inbox.claimed).toEqual([]);
  expect(inbox.stuck).toHaveLength(1);
});

test('XU2: an upload that pauses for ten minutes and goes on is taken once, whole', async () => {
  const inbox = await newInboxUnderTest();
  const upload = await open(join(inbox.folder, 'a.csv'), 'w');
  await upload.write('A');
  await inbox.settle();
  await inbox.lookAfter(10 * 60_000);
  expect(inbox.claimed).toEqual([]);
  expect(inbox.stuck).toMatchObject([{ escapedName: 'a.csv' }]);
  await upload.write('B');
  await upload.close();
  await inbox.settle();
  expect(inbox.claimed).toHaveLength(1);
  expect(await readFile(inbox.claimed[0]?.path ?? '', 'utf8')).toBe('AB');
});

/** Claims a file whose sender still has it open, which only a sender we cannot see in /proc can have. */
async function claimWhileOpen() {
  const inbox = await newInboxUnderTest();
  await writeFile(join(inbox.folder, 'a.csv'), 'AB');
  const sender = await open(join(inbox.folder, 'a.csv'), 'r+');
  onTestFinished(() => sender.close());
  const [entry] = (await scanInbox(inbox.folder)).entries;
  if (entry === undefined) throw new Error('no entry');
  const result = await claimFile({
    home: inbox.home,
    inbox: inbox.settings.inbox,
    entry,
    claimId: 'claim-1',
    nowMilliseconds: 1,
  });
  if (result.kind !== 'claimed') throw new Error(result.kind);
  return { inbox, sender, claim: result.claim };
}

test.each([
  { title: 'appended', write: (sender: Awaited<ReturnType<typeof open>>) => sender.write('C', 2) },
  { title: 'overwritten in place', write: (sender: Awaited<ReturnType<typeof open>>) => sender.write('X', 0) },
  { title: 'cut', write: (sender: Awaited<ReturnType<typeof open>>) => sender.truncate(1) },
])('XU3 XU4: bytes $title after the claim are found out before, and after, archiving', async ({ write }) => {
  const before = await claimWhileOpen();
  await write(before.sender);
  expect(await archiveFile(before.inbox.home, before.claim)).toMatchObject({ kind: 'changed-after-claim' });
  // Even if a daemon was killed in between: the claim remembers.
  const [listed] = await listClaims(before.inbox.home);
  expect(listed).toEqual(before.claim);

  const after = await claimWhileOpen();
  const archived = await archiveFile(after.inbox.home, after.claim);
  if (archived.kind !== 'archived') throw new Error(archived.kind);
  await write(after.sender);
  expect(await dropClaim(after.inbox.home, after.claim, archived)).toMatchObject({ kind: 'changed-after-claim' });
  expect(await readFile(archived.path, 'utf8')).toBe('AB');
  const file = await quarantineClaim(after.inbox.home, after.claim, { reason: 'changed-after-claim', nowMilliseconds: 2 });
  expect(file).toMatchObject({ escapedName: 'a.csv', folder: join(after.inbox.home, 'quarantine', 'grona-dalen', 'claim-1') });
  expect(await listClaims(after.inbox.home)).toEqual([]);
});

test('XU4: a file replaced between look and claim waits until the new one is at rest', async () => {
  const inbox = await newInboxUnderTest();
  await writeFile(join(inbox.folder, 'a.csv'), 'old');
  const [entry] = (await scanInbox(inbox.folder)).entries;
  if (entry === undefined) throw new Error('no entry');
  await writeFile(join(inbox.folder, 'new'), 'AB');
  await rename(join(inbox.folder, 'new'), join(inbox.folder, 'a.csv'));
  const result = await claimFile({
    home: inbox.home,
    inbox: inbox.settings.inbox,
    entry,
    claimId: 'claim-9',
    nowMilliseconds: 1,
  });
  expect(result).toEqual({ kind: 'restless', claimId: 'claim-9' });
  expect(await listClaims(inbox.home)).toEqual([]);
  await inbox.lookAfter(0);
  expect(inbox.claimed).toEqual([]);
  await inbox.lookAfter(SETTLE_MILLISECONDS);
  expect(inbox.claimed.map(({ claimId, name }) => [claimId, name])).toEqual([['claim-9', 'a.csv']]);
  expect(await archiveFile(inbox.home, inbox.claimed[0]!)).toMatchObject({ kind: 'archived', sha256: SHA256_OF_AB });
});

test('XU5: uploaded under a temporary name and renamed, also over an existing file', async () => {
  const inbox = await newInboxUnderTest();
  await writeFile(join(inbox.folder, 'a.csv'), 'old');
  await writeFile(join(inbox.folder, 'a.csv.filepart'), 'AB');
  await inbox.lookAfter(0);
  await rename(join(inbox.folder, 'a.csv.filepart'), join(inbox.folder, 'a.csv'));
  await inbox.settle();
  expect(inbox.claimed).toHaveLength(1);
  expect(await readFile(inbox.claimed[0]?.path ?? '', 'utf8')).toBe('AB');
});

test('XU6: a file its sender takes back, while it waits or as it is claimed, is no trouble', async () => {
  const inbox = await newInboxUnderTest();
  await writeFile(join(inbox.folder, 'a.csv'), 'AB');
  await inbox.lookAfter(0);
  const [entry] = (await scanInbox(inbox.folder)).entries;
  await rm(join(inbox.folder, 'a.csv'));
  await inbox.lookAfter(SETTLE_MILLISECONDS);
  const request = { home: inbox.home, inbox: inbox.settings.inbox, entry: entry!, claimId: 'claim-1', nowMilliseconds: 1 };
  expect(await claimFile(request)).toEqual({ kind: 'gone' });
  expect([inbox.claimed, inbox.errors, inbox.quarantined]).toEqual([[], [], []]);
  expect(await readdir(join(inbox.home, 'work', 'claiming', 'grona-dalen'))).toEqual([]);
});

test.each([
  { title: 'XU7: nothing', content: '', sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
  { title: 'XU8: one byte', content: 'A', sha256: '559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd' },
  {
    title: 'XU8: only a byte order mark',
    content: '\ufeff',
    sha256: 'f1945cd6c19e56b3c1c78943ef5ec18116907a4ca1efc40a57d48ab1db7adfc5',
  },
])('$title is received like any file', async ({ content, sha256 }) => {
  const inbox = await newInboxUnderTest();
  await writeFile(join(inbox.folder, 'a.csv'), content);
  await inbox.settle();
  expect(await archiveFile(inbox.home, inbox.claimed[0]!)).toMatchObject({
    kind: 'archived',
    sha256,
    bytes: Buffer.byteLength(content),
  });
});

test.each([{ time: 0 }, { time: 4_102_444_800 }])('XU11: the sender’s clock plays no part ($time)', async ({ time }) => {
  const inbox = await newInboxUnderTest();
  await writeFile(join(inbox.folder, 'a.csv'), 'AB');
  await utimes(join(inbox.folder, 'a.csv'), time, time);
  await inbox.settle();
  expect(inbox.claimed).toHaveLength(1);
});

test('XU13 XU14: same content under another name is archived once; same name with other content twice', async () => {
  const inbox = await newInboxUnderTest();
  const receive = async (name: string, content: string) => {
    await writeFile(join(inbox.folder, name), content);
    await inbox.settle();
    const claim = inbox.claimed.at(-1)!;
    const archived = await archiveFile(inbox.home, claim);
    if (archived.kind !== 'archived') throw new Error(archived.kind);
    expect(await dropClaim(inbox.home, claim, archived)).toEqual({ kind: 'dropped' });
    expect(await dropClaim(inbox.home, claim, archived)).toEqual({ kind: 'already-dropped' });
    return archived;
  };
  const first = await receive('a.csv', 'AB');
  expect(first).toMatchObject({ sha256: SHA256_OF_AB, alreadyThere: false });
  expect(await receive('a.csv', 'AB')).toEqual({ ...first, alreadyThere: true });
  expect(await receive('b.csv', 'AB')).toEqual({ ...first, alreadyThere: true });
  const other = await receive('a.csv', 'AC');
  expect(other.alreadyThere).toBe(false);
  expect(await listClaims(inbox.home)).toEqual([]);
});

test('a claim that a killed daemon left halfway is finished, tidied or quarantined by the next', async () => {
  const inbox = await newInboxUnderTest();
  const claiming = join(inbox.home, 'work', 'claiming', 'grona-dalen');
  await mkdir(join(claiming, 'taken'), { recursive: true });
  await writeFile(join(claiming, 'taken', 'a.csv'), 'AB');
  await mkdir(join(claiming, 'empty'));
  await mkdir(join(claiming, 'unsafe'));
  await writeFile(join(claiming, 'unsafe', 'content'), 'AB');
  const identity = { device: '1', inode: '2', bytes: 2, modifiedNanoseconds: '3', changedNanoseconds: '4' };
  const note = { name: 'a\\u{a}b', identity, claimedAtMilliseconds: 1, reason: 'control-character' };
  await writeFile(join(claiming, 'unsafe', '.claim.json'), JSON.stringify(note));
  await inbox.settle();
  expect(inbox.claimed.map(({ claimId, name }) => [claimId, name])).toEqual([['taken', 'a.csv']]);
  expect(inbox.quarantined).toMatchObject([{ claimId: 'unsafe', escapedName: 'a\\u{a}b', reason: 'control-character' }]);
  expect(await readdir(claiming)).toEqual([]);
});
