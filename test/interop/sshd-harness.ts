import { execFile, spawn } from 'node:child_process';
import { access, chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import assert from 'node:assert/strict';
import { fingerprintOf } from '#jobs/outbox/sftp.ts';

const run = promisify(execFile);
const SSHD = '/usr/sbin/sshd';
const START_DEADLINE_MILLISECONDS = 10_000;

/** Why no real sshd can be started here; undefined when one can. */
export async function whyNoSshd(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'sshd with a chroot needs root';
  const missing = await Promise.all([SSHD, '/usr/bin/sftp', '/usr/bin/ssh-keygen', '/usr/sbin/useradd'].map(isMissing));
  return missing.find((path) => path !== undefined);
}

async function isMissing(path: string): Promise<string | undefined> {
  return access(path).then(
    () => undefined,
    () => `${path} is missing (Debian: openssh-server, openssh-client, passwd)`,
  );
}

/** A client's account on a real OpenSSH server, set up by the host recipe (reliability §1). */
export interface SshdAccount {
  readonly port: number;
  readonly user: string;
  /** What the client sees as `/in` and the engine watches. */
  readonly inbox: string;
  readonly privateKeyFile: string;
  /** `SHA256:…` of the server's key. */
  readonly hostKeySha256: string;
  /** Runs commands in the real `sftp` program as this client, such as `put a.csv`; rejects if one fails. */
  readonly sftp: (...commands: readonly string[]) => Promise<void>;
  /** The server's log. */
  readonly log: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts sshd on a free port for one client: chroot owned by root, `in/` owned by the client's own system user, `internal-sftp`
 * forced, keys only. The inbox lies in `<chrootBase>/<user>/in`; the base and all above must belong to root and nobody else may
 * write there. Stopping removes the user and what was made.
 */
export async function startSshd(chrootBase?: string): Promise<SshdAccount> {
  const base = await mkdtemp(join(tmpdir(), 'kuvert-sshd-'));
  // /tmp may be written to by everybody, and OpenSSH refuses a chroot below such a folder.
  const chroots = chrootBase ?? (await mkdtemp('/var/lib/kuvert-sshd-'));
  const user = `kuvert-t${process.pid % 100_000}`;
  await run('useradd', [
    '--system',
    '--no-create-home',
    '--home-dir',
    '/',
    '--shell',
    '/usr/sbin/nologin',
    '--password',
    '*',
    user,
  ]);
  try {
    return await startFor({ base, chroots, user });
  } catch (error) {
    await removeAll({ base, chroots, user });
    throw error;
  }
}

interface Made {
  readonly base: string;
  readonly chroots: string;
  readonly user: string;
}

async function startFor(made: Made): Promise<SshdAccount> {
  const { base, chroots, user } = made;
  const inbox = await makeChroot(join(chroots, user), user);
  const [hostKey, clientKey] = [join(base, 'host_key'), join(base, 'client_key')];
  for (const key of [hostKey, clientKey]) await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', key]);
  const keys = join(base, 'authorized_keys');
  await writeFile(keys, await readFile(`${clientKey}.pub`));
  // sshd reads it as the client's user.
  await chmod(base, 0o755);
  await chmod(keys, 0o644);
  const port = await freePort();
  const config = join(base, 'sshd_config');
  await writeFile(config, sshdConfig({ port, hostKey, keys, user, base, chroot: join(chroots, user) }));
  await mkdir('/run/sshd', { recursive: true });
  const server = spawn(SSHD, ['-D', '-f', config, '-E', join(base, 'sshd.log')], { stdio: 'ignore' });
  await waitForPort(port, () => server.exitCode);
  const hostLine = (await readFile(`${hostKey}.pub`, 'utf8')).split(' ')[1];
  assert(hostLine !== undefined);
  await writeFile(join(base, 'known_hosts'), `[127.0.0.1]:${port} ssh-ed25519 ${hostLine}\n`);
  return {
    port,
    user,
    inbox,
    privateKeyFile: clientKey,
    hostKeySha256: fingerprintOf(Buffer.from(hostLine, 'base64')),
    sftp: (...commands) => runSftp({ port, user, privateKeyFile: clientKey, knownHosts: join(base, 'known_hosts') }, commands),
    log: () => readFile(join(base, 'sshd.log'), 'utf8'),
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill();
      await ended;
      await removeAll(made);
    },
  };
}

async function makeChroot(chroot: string, user: string): Promise<string> {
  const inbox = join(chroot, 'in');
  await mkdir(inbox, { recursive: true });
  await chmod(chroot, 0o755);
  await chown(chroot, 0, 0);
  const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, user])).stdout)));
  await chown(inbox, uid ?? 0, gid ?? 0);
  await chmod(inbox, 0o770);
  return inbox;
}

/** The recipe of reliability §1, for one user instead of a group. */
const sshdConfig = (at: {
  readonly port: number;
  readonly hostKey: string;
  readonly keys: string;
  readonly user: string;
  readonly base: string;
  readonly chroot: string;
}): string => `
Port ${at.port}
ListenAddress 127.0.0.1
HostKey ${at.hostKey}
PidFile ${join(at.base, 'sshd.pid')}
AuthorizedKeysFile ${at.keys}
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
LogLevel VERBOSE
Subsystem sftp internal-sftp
Match User ${at.user}
  ChrootDirectory ${at.chroot}
  ForceCommand internal-sftp -l VERBOSE -u 0027 -d /in -P symlink,hardlink,copy-data
  DisableForwarding yes
  PermitTTY no
`;

/** Where and as whom the `sftp` program logs in. */
export interface SftpLogin {
  readonly port: number;
  readonly user: string;
  readonly privateKeyFile: string;
  readonly knownHosts: string;
}

/** Runs the real `sftp` program in batch mode: the first command that fails ends it and rejects. */
export async function runSftp(login: SftpLogin, commands: readonly string[]): Promise<void> {
  const options = ['BatchMode=yes', 'IdentitiesOnly=yes', `UserKnownHostsFile=${login.knownHosts}`, 'StrictHostKeyChecking=yes'];
  const batch = ['-b', '-', '-P', String(login.port), '-i', login.privateKeyFile, ...options.flatMap((option) => ['-o', option])];
  const child = spawn('sftp', [...batch, `${login.user}@127.0.0.1`], { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end(`${commands.join('\n')}\n`);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`sftp ended with ${String(code)}: ${output}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  assert(address !== null && typeof address === 'object');
  await new Promise((resolve) => server.close(resolve));
  return address.port;
}

async function waitForPort(port: number, exitCode: () => number | null): Promise<void> {
  const deadline = performance.now() + START_DEADLINE_MILLISECONDS;
  while (performance.now() < deadline) {
    if (exitCode() !== null) throw new Error(`sshd ended with ${String(exitCode())}`);
    if (await answers(port)) return;
    await sleep(50);
  }
  throw new Error('sshd did not start in time');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function removeAll({ base, chroots, user }: Made): Promise<void> {
  await rm(base, { recursive: true, force: true });
  await rm(join(chroots, user), { recursive: true, force: true });
  if (chroots.startsWith('/var/lib/kuvert-sshd-')) await rm(chroots, { recursive: true, force: true });
  await run('userdel', [user]);
}
