import { appendFile, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ClaimedFile, listClaims } from '#jobs/intake/folders.ts';
import { type RefusedEntry, type RemoteLooks, type RemotePoll, pollRemoteInbox } from '#jobs/intake/remote.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { startProxy } from '../outbox/proxy.ts';
import { startRemote } from '../outbox/remote.ts';

async function newPoll() {
  const { remote, folder } = await startRemote();
  const home = await temporaryFolder();
  const claims: ClaimedFile[] = [];
  const refused: RefusedEntry[] = [];
  let ids = 0;
  const poll: RemotePoll = {
    home,
    client: 'grona-dalen',
    place: remote,
    environment: {},
    newClaimId: () => `claim-${(ids += 1)}`,
    wallMilliseconds: () => 1,
    maxFileBytes: 1_000_000,
    onClaim: async (claim) => void claims.push(claim),
    onRefused: async (entry) => void refused.push(entry),
  };
  let looks: RemoteLooks = new Map();
  const visit = async (place = poll.place): Promise<void> => {
    looks = await pollRemoteInbox({ ...poll, place }, looks);
  };
  return { remote, folder, home, claims, refused, visit };
}

test('a file that looks the same at two visits is fetched whole, once, and kept aside at the remote', async () => {
  const { folder, home, claims, visit } = await newPoll();
  const content = Buffer.alloc(700_000, 'AB');
  await writeFile(join(folder, 'a.csv'), content.subarray(0, 1_000));
  await visit();
  await appendFile(join(folder, 'a.csv'), content.subarray(1_000));
  await visit();
  expect(claims).toEqual([]);
  await visit();
  await visit();
  expect(claims).toMatchObject([{ client: 'grona-dalen', claimId: 'claim-1', name: 'a.csv' }]);
  expect((await readFile(claims[0]?.path ?? '')).equals(content)).toBe(true);
  expect(await listClaims(home)).toEqual(claims);
  expect(await readdir(join(folder, 'taken'))).toEqual(['claim-1+a.csv']);
  expect((await readdir(folder)).sort()).toEqual(['taken', 'taking']);
});

test('what is temporary is left in silence, what is odd is left and told once', async () => {
  const { folder, claims, refused, visit } = await newPoll();
  await writeFile(join(folder, 'a.csv.part'), 'AB');
  await writeFile(join(folder, 'a;b.csv'), 'AB');
  await writeFile(join(folder, 'large.csv'), Buffer.alloc(1_000_001));
  await symlink('/etc/passwd', join(folder, 'link.csv'));
  await mkdir(join(folder, 'sub'));
  for (let visits = 0; visits < 3; visits += 1) await visit();
  expect(claims).toEqual([]);
  expect(refused).toEqual([
    { escapedName: 'a;b.csv', why: 'unsafe-name' },
    { escapedName: 'large.csv', why: 'too-large' },
    { escapedName: 'link.csv', why: 'not-a-file' },
    { escapedName: 'sub', why: 'not-a-file' },
  ]);
});

test.each([0.2, 0.5, 0.7, 0.8, 0.9, 0.97])(
  'a line that breaks at %d of the visit costs no file and doubles none',
  async (share) => {
    const { remote, folder, home, claims, visit } = await newPoll();
    const proxy = await startProxy(remote.port);
    const content = Buffer.alloc(3_000, 'AB');
    const fetchOne = async (name: string): Promise<void> => {
      await writeFile(join(folder, name), content);
      await visit();
      await visit({ ...remote, port: proxy.port });
    };
    await fetchOne('golden.csv');
    proxy.faults.cutDownAfter = Math.floor(proxy.passed.down * share);
    await fetchOne('a.csv').catch(() => undefined);
    delete proxy.faults.cutDownAfter;
    for (let visits = 0; visits < 3; visits += 1) await visit();
    expect((await listClaims(home)).map(({ name }) => name)).toEqual(['golden.csv', 'a.csv']);
    for (const { path } of await listClaims(home)) expect((await readFile(path)).equals(content)).toBe(true);
    expect(claims.map(({ name }) => name)).toEqual(['golden.csv', 'a.csv']);
    expect((await readdir(join(folder, 'taken'))).map((name) => String(name.split('+')[1])).toSorted()).toEqual([
      'a.csv',
      'golden.csv',
    ]);
  },
);
