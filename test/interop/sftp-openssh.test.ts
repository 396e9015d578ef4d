import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Remote } from '#config/house-config.ts';
import { archiveFile } from '#jobs/intake/archive.ts';
import { ensureKeyPair } from '#jobs/demo/sftp-keys.ts';
import { startSftpServer } from '#jobs/demo/sftp-server.ts';
import { sendFile } from '#jobs/outbox/send-file.ts';
import type { ClaimedFile } from '#jobs/intake/folders.ts';
import { pollRemoteInbox } from '#jobs/intake/remote.ts';
import { watchInboxes } from '#jobs/intake/watch.ts';
import { temporaryFolder } from '../jobs/intake/temporary-folder.ts';
import { outgoing } from '../jobs/outbox/outgoing.ts';
import { type SshdAccount, runSftp, startSshd, whyNoSshd } from './sshd-harness.ts';

const why = await whyNoSshd();
if (why !== undefined) console.warn(`SKIPPED: interop with OpenSSH: ${why}`);
const content = Buffer.from('page '.repeat(200_000));
const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe.skipIf(why !== undefined)('against a real OpenSSH server', () => {
  let sshd: SshdAccount;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());

  const remoteOf = ({ port, user, hostKeySha256, privateKeyFile }: SshdAccount, folder: string): Remote => ({
    host: '127.0.0.1',
    port,
    user,
    hostKeySha256,
    privateKeyFile,
    folder,
    timeoutSeconds: 10,
  });

  test('our upload arrives whole, once, with its marker', async () => {
    const remote = remoteOf(sshd, '/in');
    const file = await outgoing(await temporaryFolder(), 'spool-1.pdf', content);
    expect(await sendFile(remote, file, {})).toEqual({ outcome: 'sent' });
    expect(await sendFile(remote, file, {})).toEqual({ outcome: 'already-sent' });
    expect((await readdir(sshd.inbox)).sort()).toEqual(['spool-1.pdf', 'spool-1.pdf.ok']);
    expect(await readFile(join(sshd.inbox, 'spool-1.pdf'))).toEqual(content);
    const other = await outgoing(await temporaryFolder(), 'spool-1.pdf', Buffer.from('other'));
    await expect(sendFile(remote, other, {})).rejects.toMatchObject({ reason: 'name-taken', retry: 'never' });
    await sshd.sftp('rm spool-1.pdf', 'rm spool-1.pdf.ok');
  });

  test('a wrong pin stops before login; a missing folder and a foreign key are named', async () => {
    const remote = remoteOf(sshd, '/in');
    const file = await outgoing(await temporaryFolder(), 'x.pdf', content);
    const pinned = { ...remote, hostKeySha256: `SHA256:${'A'.repeat(43)}` };
    await expect(sendFile(pinned, file, {})).rejects.toMatchObject({ reason: 'host-key-changed', retry: 'never' });
    await expect(sendFile({ ...remote, folder: '/none' }, file, {})).rejects.toMatchObject({ reason: 'remote-folder-missing' });
    await expect(sendFile({ ...remote, folder: '/' }, file, {})).rejects.toMatchObject({ reason: 'permission-denied' });
    const stranger = await ensureKeyPair(join(await temporaryFolder(), 'key'), 'stranger');
    const refused = sendFile({ ...remote, privateKeyFile: stranger.privateKeyFile }, file, {});
    await expect(refused).rejects.toMatchObject({ reason: 'login-refused', retry: 'later' });
  });

  test('files a client puts with the sftp program are taken from its chroot, plain and renamed, once each', async () => {
    const local = await temporaryFolder();
    await writeFile(join(local, 'a.csv'), 'AB');
    await writeFile(join(local, 'b.csv'), content);
    // The chroot lies on another file system than the temporary folder on some machines; a claim is a rename.
    const home = join(sshd.inbox, '..', '..', `home-${randomUUID()}`);
    const claims: ClaimedFile[] = [];
    const stop = new AbortController();
    const watching = watchInboxes({
      home,
      inboxes: [{ client: 'grona-dalen', folder: sshd.inbox }],
      clock: { wallMilliseconds: Date.now, steadyMilliseconds: () => performance.now() },
      settleMilliseconds: 300,
      alarmMilliseconds: 60_000,
      scanEveryMilliseconds: 1_000,
      newClaimId: randomUUID,
      signal: stop.signal,
      onClaim: async (claim) => void claims.push(claim),
      onQuarantine: async () => undefined,
      onNotice: async () => undefined,
      onStuck: async () => undefined,
      onError: async (error) => {
        throw error;
      },
    });
    await sshd.sftp(`put ${join(local, 'a.csv')}`, `put -p ${join(local, 'b.csv')} b.csv.part`, 'rename b.csv.part b.csv');
    await expect.poll(() => claims.length, { timeout: 10_000 }).toBe(2);
    stop.abort();
    await watching;
    expect(claims.map(({ name }) => name).sort()).toEqual(['a.csv', 'b.csv']);
    for (const claim of claims) {
      expect(await archiveFile(home, claim)).toMatchObject({
        kind: 'archived',
        sha256: sha256Of(await readFile(join(local, claim.name))),
      });
    }
    expect(await readdir(sshd.inbox)).toEqual([]);
  });

  test('the recipe lets a client make no links, and keeps it in its chroot', async () => {
    await expect(sshd.sftp('symlink /etc/passwd x')).rejects.toThrow(/denied|Permission|unsupported/i);
    await expect(sshd.sftp('get /etc/passwd /dev/null')).rejects.toThrow(/not found|No such file/i);
    await expect(sshd.sftp('put /etc/hostname /x')).rejects.toThrow(/denied/i);
  });

  test('a remote inbox on a real server: fetched at the second visit, kept aside there', async () => {
    await writeFile(join(sshd.inbox, 'a.csv'), 'AB');
    const home = await temporaryFolder();
    const claims: ClaimedFile[] = [];
    const poll = {
      home,
      client: 'grona-dalen',
      place: remoteOf(sshd, '/in'),
      environment: {},
      newClaimId: () => 'claim-1',
      wallMilliseconds: () => 1,
      maxFileBytes: 10_000_000,
      onClaim: async (claim: ClaimedFile) => void claims.push(claim),
      onRefused: async () => undefined,
    };
    const first = await pollRemoteInbox(poll, new Map());
    expect(claims).toEqual([]);
    await pollRemoteInbox(poll, first);
    expect(claims).toMatchObject([{ claimId: 'claim-1', name: 'a.csv' }]);
    expect(await readFile(claims[0]?.path ?? '', 'utf8')).toBe('AB');
    expect(await readdir(join(sshd.inbox, 'taken'))).toEqual(['claim-1+a.csv']);
    await sshd.sftp('rm taken/claim-1+a.csv', 'rmdir taken', 'rmdir taking');
  });
});

describe.skipIf(why !== undefined)('the real sftp program against our server', () => {
  async function start() {
    const base = await temporaryFolder();
    const folder = join(base, 'in');
    await mkdir(folder);
    const host = await ensureKeyPair(join(base, 'host_key'), 'host');
    const user = await ensureKeyPair(join(base, 'user_key'), 'user');
    const server = await startSftpServer({
      port: 0,
      hostKeyFile: host.privateKeyFile,
      accounts: [{ user: 'grona-dalen', folder, publicKey: user.publicKey }],
    });
    const knownHosts = join(base, 'known_hosts');
    await writeFile(knownHosts, `[127.0.0.1]:${server.port} ${host.publicKey}\n`);
    const login = { port: server.port, user: 'grona-dalen', privateKeyFile: user.privateKeyFile, knownHosts };
    return { base, folder, server, sftp: (...commands: string[]) => runSftp(login, commands) };
  }

  test('put, resume, get, list, rename, make and remove folders', async () => {
    const { base, folder, server, sftp } = await start();
    await writeFile(join(base, 'a.csv'), content);
    await writeFile(join(folder, 'half.csv'), content.subarray(0, 400_000));
    await sftp(
      `put -p ${join(base, 'a.csv')} a.csv.part`,
      'rename a.csv.part a.csv',
      `reput ${join(base, 'a.csv')} half.csv`,
      'ls -l',
      'mkdir sub',
      'rename half.csv sub/half.csv',
      `get a.csv ${join(base, 'back.csv')}`,
      'mkdir gone',
      'rmdir gone',
    );
    expect((await readdir(folder)).sort()).toEqual(['a.csv', 'sub']);
    for (const path of [join(folder, 'a.csv'), join(folder, 'sub', 'half.csv'), join(base, 'back.csv')]) {
      expect((await readFile(path)).equals(content)).toBe(true);
    }
    await server.close();
  });

  test('no way out of the folder, no links made or followed', async () => {
    const { base, folder, server, sftp } = await start();
    await writeFile(join(base, 'secret'), 'secret');
    await symlink(join(base, 'secret'), join(folder, 'link'));
    await symlink(base, join(folder, 'up'));
    const back = join(base, 'back');
    for (const command of [
      `get ../secret ${back}`,
      `get /../../${join(base, 'secret')} ${back}`,
      `get link ${back}`,
      `get up/secret ${back}`,
      `put ${join(base, 'secret')} up/x`,
      `put ${join(base, 'secret')} link`,
      'symlink /etc/passwd x',
      'rename link up/y',
    ]) {
      await expect(sftp(command)).rejects.toThrow(/sftp ended with/);
    }
    expect((await readdir(base)).sort()).toEqual([
      'host_key',
      'host_key.pub',
      'in',
      'known_hosts',
      'secret',
      'user_key',
      'user_key.pub',
    ]);
    expect(await readFile(join(base, 'secret'), 'utf8')).toBe('secret');
    await server.close();
  });
});
