import { createHash } from 'node:crypto';
import { readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { describe, expect, test } from 'vitest';
import { sendFile } from '#jobs/outbox/send-file.ts';
import { TransferError } from '#jobs/intake/durable.ts';
import type { Place } from '#jobs/outbox/open-remote.ts';
import { ensureKeyPair } from '#jobs/demo/sftp-keys.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { startLyingServer } from './lying-server.ts';
import { outgoing } from './outgoing.ts';
import { startProxy } from './proxy.ts';
import { startRemote } from './remote.ts';

const content = Buffer.from('page '.repeat(60_000));
const sha256 = createHash('sha256').update(content).digest('hex');
const marker = `${sha256}  spool-1.pdf\n`;

async function startPlace(kind: 'sftp' | 'local'): Promise<{ place: Place; folder: string }> {
  if (kind === 'sftp') {
    const { remote, folder } = await startRemote();
    return { place: remote, folder };
  }
  const folder = await temporaryFolder();
  return { place: { kind: 'local', folder }, folder };
}

/** The error of a failing piece of work, undefined of a good one. */
const attempt = (work: Promise<unknown>): Promise<TransferError | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => error as TransferError,
  );

async function failureOf(work: Promise<unknown>): Promise<TransferError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(TransferError);
  return error as TransferError;
}

describe.each(['sftp', 'local'] as const)('to a place reached by %s', (kind) => {
  test('a file arrives whole, once, its marker last, and nothing else is left on either side', async () => {
    const { place, folder } = await startPlace(kind);
    const outbox = await temporaryFolder();
    const file = await outgoing(outbox, 'spool-1.pdf', content);
    expect(await sendFile(place, file, {})).toEqual({ outcome: 'sent' });
    expect((await readdir(folder)).sort()).toEqual(['spool-1.pdf', 'spool-1.pdf.ok']);
    expect(await readFile(join(folder, 'spool-1.pdf'))).toEqual(content);
    expect(await readFile(join(folder, 'spool-1.pdf.ok'), 'utf8')).toBe(marker);
    expect(await readdir(outbox)).toEqual(['spool-1.pdf']);
    expect(await sendFile(place, file, {})).toEqual({ outcome: 'already-sent' });
  });

  const other = Buffer.from(content);
  other[0] = 0x50;
  interface AtRemote {
    readonly title: string;
    readonly found: Readonly<Record<string, string | Buffer>>;
    readonly outcome?: string;
    readonly reason?: string;
  }
  const remotes: readonly AtRemote[] = [
    { title: 'the same bytes without marker count as sent', found: { 'spool-1.pdf': content }, outcome: 'already-sent' },
    {
      title: 'the same bytes with their marker count as sent',
      found: { 'spool-1.pdf': content, 'spool-1.pdf.ok': marker },
      outcome: 'already-sent',
    },
    { title: 'the marker alone says that the file was fetched', found: { 'spool-1.pdf.ok': marker }, outcome: 'already-sent' },
    { title: 'what a broken attempt left is replaced', found: { '.spool-1.pdf.tmp': 'half' }, outcome: 'sent' },
    {
      title: 'a broken marker is replaced',
      found: { 'spool-1.pdf': content, '.spool-1.pdf.ok.tmp': 'x' },
      outcome: 'already-sent',
    },
    { title: 'other bytes of the same length are not touched', found: { 'spool-1.pdf': other }, reason: 'name-taken' },
    { title: 'another length is not touched', found: { 'spool-1.pdf': 'short' }, reason: 'name-taken' },
    {
      title: 'the marker of other content is not touched',
      found: { 'spool-1.pdf.ok': `${'0'.repeat(64)}  x\n` },
      reason: 'name-taken',
    },
  ];
  test.each(remotes.filter(({ outcome }) => outcome !== undefined))('XO2: $title', async ({ found, outcome }) => {
    const { place, folder } = await startPlace(kind);
    for (const [name, bytes] of Object.entries(found)) await writeFile(join(folder, name), bytes);
    expect(await sendFile(place, await outgoing(await temporaryFolder(), 'spool-1.pdf', content), {})).toEqual({ outcome });
    expect(await readFile(join(folder, 'spool-1.pdf.ok'), 'utf8')).toBe(marker);
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test.each(remotes.filter(({ reason }) => reason !== undefined))('XO3: $title', async ({ found, reason }) => {
    const { place, folder } = await startPlace(kind);
    for (const [name, bytes] of Object.entries(found)) await writeFile(join(folder, name), bytes);
    const file = await outgoing(await temporaryFolder(), 'spool-1.pdf', content);
    expect(await failureOf(sendFile(place, file, {}))).toMatchObject({ reason, retry: 'never', alarm: true });
    for (const [name, bytes] of Object.entries(found)) expect(await readFile(join(folder, name))).toEqual(Buffer.from(bytes));
  });

  test('a file that is not what was booked is not sent', async () => {
    const { place, folder } = await startPlace(kind);
    const file = await outgoing(await temporaryFolder(), 'spool-1.pdf', content);
    await writeFile(file.path, other);
    expect(await failureOf(sendFile(place, file, {}))).toMatchObject({ reason: 'source-changed', retry: 'never' });
    expect(await readdir(folder)).toEqual([]);
  });

  test('a folder of the receiver that is gone is tried again later', async () => {
    const { place, folder } = await startPlace(kind);
    await rm(folder, { recursive: true });
    const file = await outgoing(await temporaryFolder(), 'spool-1.pdf', content);
    expect((await failureOf(sendFile(place, file, {}))).retry).not.toBe('never');
  });
});

describe('XO1 XO2: the line breaks at any byte, either way', () => {
  // Bytes of one undisturbed session, to spread the cuts over; login, upload, rename, marker and goodbye all get some.
  async function cutting(direction: 'cutUpAfter' | 'cutDownAfter', share: number) {
    const { remote, folder } = await startRemote();
    const proxy = await startProxy(remote.port);
    const place = { ...remote, port: proxy.port };
    await sendFile(place, await outgoing(await temporaryFolder(), 'golden.pdf', content), {});
    for (const name of await readdir(folder)) await rm(join(folder, name));
    const total = direction === 'cutUpAfter' ? proxy.passed.up : proxy.passed.down;
    proxy.faults[direction] = Math.floor(total * share);
    return { proxy, place, folder, file: await outgoing(await temporaryFolder(), 'spool-1.pdf', content) };
  }

  // Going up, nearly all bytes are the file's; the interesting steps lie in the last percent. Coming down there are only answers.
  const shares = [0, 0.005, 0.01, 0.5, 0.97, 0.985, 0.99, 0.993, 0.995, 0.997, 0.998, 0.999];
  const lateShares = [0, 0.2, 0.4, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.94, 0.97, 0.99];
  const cuts = [
    ...shares.map((share) => ({ direction: 'cutUpAfter' as const, share })),
    ...lateShares.map((share) => ({ direction: 'cutDownAfter' as const, share })),
  ];

  test.each(cuts)('$direction $share: nothing incomplete is ever seen, and the second attempt ends it', async (cut) => {
    const { proxy, place, folder, file } = await cutting(cut.direction, cut.share);
    const first = await attempt(sendFile(place, file, {}));
    // A break during the goodbye is no failure.
    expect(['connection-lost', 'unreachable', undefined]).toContain(first?.reason);
    expect(['soon', 'later', undefined]).toContain(first?.retry);
    const seen = await readdir(folder);
    expect(seen.includes('spool-1.pdf') ? await readFile(join(folder, 'spool-1.pdf')) : content).toEqual(content);
    expect(seen.includes('spool-1.pdf.ok') ? seen.includes('spool-1.pdf') : true).toBe(true);
    delete proxy.faults[cut.direction];
    await sendFile(place, file, {});
    expect((await readdir(folder)).sort()).toEqual(['spool-1.pdf', 'spool-1.pdf.ok']);
    expect(await readFile(join(folder, 'spool-1.pdf'))).toEqual(content);
    expect(await readFile(join(folder, 'spool-1.pdf.ok'), 'utf8')).toBe(marker);
  });

  test.each(cuts)('$direction $share: a print house that takes file and marker away never gets it twice', async (cut) => {
    const { proxy, place, folder, file } = await cutting(cut.direction, cut.share);
    const taken = await temporaryFolder();
    const fetchMarked = async (): Promise<void> => {
      if (!(await readdir(folder)).includes('spool-1.pdf.ok')) return;
      await rename(join(folder, 'spool-1.pdf'), join(taken, `${(await readdir(taken)).length + 1}.pdf`));
      await rm(join(folder, 'spool-1.pdf.ok'));
    };
    const first = await attempt(sendFile(place, file, {}));
    await fetchMarked();
    delete proxy.faults[cut.direction];
    const second = first === undefined ? undefined : await attempt(sendFile(place, file, {}));
    await fetchMarked();
    // What nobody can tell any more is asked of a person, not assumed.
    expect(['outcome-unknown', undefined]).toContain(second?.reason);
    expect(await readdir(taken)).toEqual(['1.pdf']);
    expect(await readFile(join(taken, '1.pdf'))).toEqual(content);
  });
});

describe('XO3: a server that keeps less than it takes', () => {
  test.each([
    { title: 'nothing', keep: 0 },
    { title: 'half of each piece', keep: 0.5 },
  ])('$title: the final name is never given', async ({ keep }) => {
    const good = await startRemote();
    const { remote } = await startLyingServer(good, {
      spoil: (sftp) => {
        const [honest] = sftp.listeners('WRITE') as ((id: number, handle: Buffer, offset: number, bytes: Buffer) => void)[];
        sftp.removeAllListeners('WRITE');
        sftp.on('WRITE', (id, handle, offset, bytes) => {
          if (keep === 0) sftp.status(id, ssh2.utils.sftp.STATUS_CODE.OK);
          else honest?.(id, handle, Math.floor(offset * keep), bytes.subarray(0, Math.floor(bytes.byteLength * keep)));
        });
      },
    });
    const file = await outgoing(await temporaryFolder(), 'spool-1.pdf', content);
    expect(await failureOf(sendFile(remote, file, {}))).toMatchObject({
      reason: 'remote-size-differs',
      retry: 'later',
      alarm: true,
    });
    expect(await readdir(good.folder)).toEqual(['.spool-1.pdf.tmp']);
    expect(await sendFile(good.remote, file, {})).toEqual({ outcome: 'sent' });
  });

  test('quota: the server fails in the middle', async () => {
    const good = await startRemote();
    const { remote } = await startLyingServer(good, {
      spoil: (sftp) => {
        const [honest] = sftp.listeners('WRITE') as ((id: number, handle: Buffer, offset: number, bytes: Buffer) => void)[];
        sftp.removeAllListeners('WRITE');
        sftp.on('WRITE', (id, handle, offset, bytes) => {
          if (offset > 100_000) sftp.status(id, ssh2.utils.sftp.STATUS_CODE.FAILURE, 'Disk quota exceeded');
          else honest?.(id, handle, offset, bytes);
        });
      },
    });
    const file = await outgoing(await temporaryFolder(), 'spool-1.pdf', content);
    expect(await failureOf(sendFile(remote, file, {}))).toMatchObject({ reason: 'remote-refused', retry: 'later', alarm: true });
    expect(await sendFile(good.remote, file, {})).toEqual({ outcome: 'sent' });
  });
});

describe('who is at the other end', () => {
  test('XO4: another host key stops everything before login', async () => {
    const good = await startRemote();
    const lying = await startLyingServer(good, {});
    const place = { ...lying.remote, hostKeySha256: 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' };
    const error = await failureOf(sendFile(place, await outgoing(await temporaryFolder(), 'a.pdf', content), {}));
    expect(error).toMatchObject({ reason: 'host-key-changed', retry: 'never', alarm: true });
    expect(error.message).toContain(good.server.hostKeySha256);
    expect(lying.logins.count).toBe(0);
  });

  test('XO5: a refused key is tried once and later again', async () => {
    const lying = await startLyingServer(await startRemote(), { refuseLogin: true });
    const file = await outgoing(await temporaryFolder(), 'a.pdf', content);
    expect(await failureOf(sendFile(lying.remote, file, {}))).toMatchObject({
      reason: 'login-refused',
      retry: 'later',
      alarm: true,
    });
    expect(lying.logins.count).toBe(1);
  });

  test('a stranger key is refused by the server', async () => {
    const { remote, base } = await startRemote();
    const stranger = await ensureKeyPair(join(base, 'stranger'), 'stranger');
    const file = await outgoing(await temporaryFolder(), 'a.pdf', content);
    const place = { ...remote, privateKeyFile: stranger.privateKeyFile };
    expect(await failureOf(sendFile(place, file, {}))).toMatchObject({ reason: 'login-refused' });
    expect(await failureOf(sendFile({ ...remote, user: 'nobody' }, file, {}))).toMatchObject({ reason: 'login-refused' });
  });

  test.each([
    { title: 'missing', mode: undefined },
    { title: 'readable by others', mode: 0o644 },
  ])('a private key that is $title is not used', async ({ mode }) => {
    const { remote, base } = await startRemote();
    const privateKeyFile = join(base, 'other_key');
    if (mode !== undefined) await writeFile(privateKeyFile, await readFile(remote.privateKeyFile), { mode });
    const file = await outgoing(await temporaryFolder(), 'a.pdf', content);
    expect(await failureOf(sendFile({ ...remote, privateKeyFile }, file, {}))).toMatchObject({
      reason: 'key-unusable',
      retry: 'never',
    });
  });

  test('a key with passphrase opens with the one in the environment, and the passphrase is in no message', async () => {
    const { remote, base } = await startRemote();
    const privateKeyFile = join(base, 'locked_key');
    const made = ssh2.utils.generateKeyPairSync('ed25519', { passphrase: 'gråsparv', cipher: 'aes256-ctr', rounds: 16 });
    await writeFile(privateKeyFile, made.private, { mode: 0o600 });
    const file = await outgoing(await temporaryFolder(), 'a.pdf', content);
    const place = { ...remote, privateKeyFile, passphraseVariable: 'KUVERT_TEST_PASSPHRASE' };
    expect(await failureOf(sendFile(place, file, {}))).toMatchObject({ reason: 'key-unusable' });
    const wrong = await failureOf(sendFile(place, file, { KUVERT_TEST_PASSPHRASE: 'koltrast' }));
    expect(wrong).toMatchObject({ reason: 'key-unusable' });
    expect(wrong.message).not.toContain('koltrast');
    // The right passphrase opens the key; the server does not know it.
    expect(await failureOf(sendFile(place, file, { KUVERT_TEST_PASSPHRASE: 'gråsparv' }))).toMatchObject({
      reason: 'login-refused',
    });
  });

  test('nobody listens', async () => {
    const { remote, server } = await startRemote();
    await server.close();
    const file = await outgoing(await temporaryFolder(), 'a.pdf', content);
    expect(await failureOf(sendFile(remote, file, {}))).toMatchObject({ reason: 'unreachable', retry: 'later' });
  });

  test('XO6: silence from the first byte ends at the deadline', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const { remote } = await startRemote();
    const address = silent.address() as { port: number };
    const file = await outgoing(await temporaryFolder(), 'a.pdf', content);
    const began = performance.now();
    const error = await failureOf(sendFile({ ...remote, port: address.port, timeoutSeconds: 1 }, file, {}));
    silent.close();
    expect(error.retry).toBe('later');
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('XO6: a line that goes dead in the middle ends at the deadline, and the file is not visible', async () => {
    const { remote, folder } = await startRemote();
    const proxy = await startProxy(remote.port);
    proxy.faults.silentUpAfter = 5_000;
    const file = await outgoing(await temporaryFolder(), 'a.pdf', content.subarray(0, 20_000));
    const error = await failureOf(sendFile({ ...remote, port: proxy.port, timeoutSeconds: 1 }, file, {}));
    expect(error).toMatchObject({ reason: 'deadline', retry: 'later' });
    expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual([]);
  });
});
