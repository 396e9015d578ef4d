import { createHash, timingSafeEqual } from 'node:crypto';
import { type Socket, connect } from 'node:net';
import SftpClient from 'ssh2-sftp-client';
import ssh2, { type ParsedKey, type PublicKeyAuthMethod, type SFTPWrapper } from 'ssh2';
import type { Remote } from '#config/house-config.ts';
import { OperatingError } from '#engine/operating-error.ts';
import { TransferError, type TransferTrouble } from '../intake/durable.ts';
import { open } from 'node:fs/promises';

/** One login. A new client object per session: the library's is not to be used again (reliability §2). */
export interface SftpConnection {
  readonly client: SftpClient;
  readonly wrapper: SFTPWrapper;
  /** Does one step within the remote's time limit, or within the given milliseconds; a step that overruns ends the connection. */
  readonly step: <T>(doing: string, work: () => Promise<T>, milliseconds?: number) => Promise<T>;
  /** Takes leave, briefly, then ends the connection from whatever state. Never fails. */
  readonly close: () => Promise<void>;
}

/** How long a name lookup and a connection may take before the other side counts as unreachable. */
const MAX_CONNECT_MILLISECONDS = 30_000;
const MAX_GOODBYE_MILLISECONDS = 2_000;
const MILLISECONDS_PER_SECOND = 1_000;

/**
 * Logs in: host key pinned by its SHA-256, by key only and with one try, so that no server counts attempts against us (XO5). The
 * socket is our own, because only then can a connection that has died silently be ended (half-open, reliability §5).
 */
export async function connectSftp(remote: Remote, environment: Environment): Promise<SftpConnection> {
  const key = await readPrivateKey(remote, environment);
  const stepMilliseconds = remote.timeoutSeconds * MILLISECONDS_PER_SECOND;
  const socket = await connectSocket(remote, Math.min(stepMilliseconds, MAX_CONNECT_MILLISECONDS));
  const lost = closing(socket);
  const step = async <T>(doing: string, work: () => Promise<T>, milliseconds = stepMilliseconds): Promise<T> => {
    try {
      return await withDeadline(Promise.race([work(), lost]), milliseconds, () => overdue(remote, doing, milliseconds));
    } catch (error) {
      const trouble = sftpError(error, { remote, doing, lost: socket.destroyed });
      if (trouble instanceof TransferError && trouble.reason === 'deadline') socket.destroy();
      throw trouble;
    }
  };
  try {
    const { client, wrapper } = await step('logging in', () => logIn(remote, key, socket));
    return { client, wrapper, step, close: () => takeLeave(client, socket) };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Rejects when the connection is gone: some of the library's streams wait for ever then. Its own errors get a turn before. */
function closing(socket: Socket): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  socket.once('close', () => setImmediate(() => reject(new Error('the connection was closed'))));
  return promise;
}

async function takeLeave(client: SftpClient, socket: Socket): Promise<void> {
  // Files are settled by then; how the server takes the goodbye changes nothing.
  if (!socket.destroyed)
    await withDeadline(client.end(), MAX_GOODBYE_MILLISECONDS, () => new Error('no goodbye')).catch(() => undefined);
  socket.destroy();
}

async function connectSocket(remote: Remote, milliseconds: number): Promise<Socket> {
  const socket = connect({ host: remote.host, port: remote.port, noDelay: true, keepAlive: true });
  const connected = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject);
  });
  try {
    await withDeadline(connected, milliseconds, () => overdue(remote, 'connecting', milliseconds));
    return socket;
  } catch (error) {
    socket.destroy();
    throw error instanceof TransferError ? error : unreachable(remote, error);
  }
}

/** What a login showed before it failed. */
interface Seen {
  fingerprint?: string;
  refused: boolean;
}

async function logIn(remote: Remote, key: ParsedKey, socket: Socket): Promise<Pick<SftpConnection, 'client' | 'wrapper'>> {
  const seen: Seen = { refused: false };
  const client = new SftpClient(remote.host, { error: () => undefined, end: () => undefined, close: () => undefined });
  // The library's own error no longer says at which stage it happened.
  client.on('error', (error: { level?: string }) => {
    seen.refused ||= error.level === 'client-authentication';
  });
  try {
    const wrapper = await client.connect({
      sock: socket,
      username: remote.user,
      authHandler: [keyLogin(remote.user, key)],
      // Every step has a deadline of ours; two clocks would race.
      readyTimeout: 0,
      hostVerifier: (hostKey: Buffer) => {
        seen.fingerprint = fingerprintOf(hostKey);
        return isSameText(seen.fingerprint, remote.hostKeySha256);
      },
    });
    return { client, wrapper };
  } catch (error) {
    throw loginError(error, remote, seen);
  }
}

/** One method and one key: one attempt. */
const keyLogin = (username: string, key: ParsedKey): PublicKeyAuthMethod => ({ type: 'publickey', username, key });

/** As OpenSSH writes it: `SHA256:` and unpadded Base64. */
export function fingerprintOf(hostKey: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(hostKey).digest('base64').replace(/=+$/, '')}`;
}

function isSameText(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}

function loginError(error: unknown, remote: Remote, seen: Seen): unknown {
  const { fingerprint } = seen;
  if (fingerprint !== undefined && !isSameText(fingerprint, remote.hostKeySha256)) return hostKeyChanged(remote, fingerprint);
  if (seen.refused) return loginRefused(remote, error);
  return error;
}

function hostKeyChanged(remote: Remote, found: string): OperatingError {
  return new TransferError({
    reason: 'host-key-changed',
    problem: `${describePlace(remote)} shows the host key ${found}, not ${remote.hostKeySha256}.`,
    fix: 'Ask its owner by another way before you change the configuration; somebody may be in between.',
    retry: 'never',
    alarm: true,
  });
}

function loginRefused(remote: Remote, cause: unknown): OperatingError {
  return new TransferError({
    reason: 'login-refused',
    problem: `${describePlace(remote)} refused our key.`,
    fix: 'Ask its owner whether the public key is installed and the account open.',
    retry: 'later',
    alarm: true,
    cause,
  });
}

function unreachable(remote: Remote, cause: unknown): OperatingError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new TransferError({
    reason: 'unreachable',
    problem: `${describePlace(remote)} cannot be reached: ${message}.`,
    fix: 'Check address, port and firewall if this is repeated.',
    retry: 'later',
    alarm: false,
    cause,
  });
}

function overdue(remote: Remote, doing: string, milliseconds: number): OperatingError {
  return new TransferError({
    reason: 'deadline',
    problem: `${describePlace(remote)} took longer than ${milliseconds} ms for ${doing}.`,
    fix: 'Check the line and the other side if this is repeated.',
    retry: 'later',
    alarm: false,
  });
}

export interface SftpStep {
  readonly remote: Remote;
  readonly doing: string;
  /** The connection is gone. */
  readonly lost: boolean;
}

/** Status codes of the SFTP protocol, version 3 (draft-ietf-secsh-filexfer-02 §7). */
export const SFTP_NO_SUCH_FILE = 2;
const SFTP_PERMISSION_DENIED = 3;
const SFTP_FAILURE = 4;
const SFTP_OPERATION_UNSUPPORTED = 8;

type Known = Pick<TransferTrouble, 'reason' | 'retry' | 'alarm' | 'fix'>;
const lostConnection: Known = {
  reason: 'connection-lost',
  retry: 'soon',
  alarm: false,
  fix: 'The next attempt asks what arrived.',
};
const knownStatuses: ReadonlyMap<unknown, Known> = new Map<unknown, Known>([
  [SFTP_NO_SUCH_FILE, { reason: 'remote-folder-missing', retry: 'later', alarm: true, fix: 'Check the folder with its owner.' }],
  [
    SFTP_PERMISSION_DENIED,
    { reason: 'permission-denied', retry: 'later', alarm: true, fix: 'Ask its owner for the missing right.' },
  ],
  // OpenSSH says no more than "Failure" for a full disk, a quota and a name that is taken.
  [
    SFTP_FAILURE,
    { reason: 'remote-refused', retry: 'later', alarm: true, fix: 'Ask its owner about space, quota and names in use.' },
  ],
  [
    SFTP_OPERATION_UNSUPPORTED,
    { reason: 'remote-refused', retry: 'never', alarm: true, fix: 'The server cannot do this; agree on another way.' },
  ],
]);

/** Names what went wrong in a step with a remote. Operating errors pass unchanged. */
export function sftpError(error: unknown, { remote, doing, lost }: SftpStep): OperatingError {
  if (error instanceof OperatingError) return error;
  const known = lost ? lostConnection : (knownStatuses.get(statusOf(error)) ?? lostConnection);
  const message = error instanceof Error ? error.message : String(error);
  return new TransferError({ ...known, problem: `${describePlace(remote)}, ${doing}: ${message}.`, cause: error });
}

/** The number a server answered with; undefined for anything else. */
export function statusOf(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number'
    ? error.code
    : undefined;
}

export const describePlace = ({ user, host, port, folder }: Remote): string =>
  `${user}@${host}:${port}${folder.startsWith('/') ? '' : '/'}${folder}`;

export type Environment = Readonly<Record<string, string | undefined>>;

const OPEN_TO_OTHERS = 0o077;

/** Reads and opens the key a remote lets us in with. Neither the key nor its passphrase ever becomes part of a message. */
async function readPrivateKey({ privateKeyFile, passphraseVariable }: Remote, environment: Environment): Promise<ParsedKey> {
  const text = await readSecretFile(privateKeyFile);
  const passphrase = passphraseVariable === undefined ? undefined : environment[passphraseVariable];
  if (passphraseVariable !== undefined && passphrase === undefined) {
    throw unusable(`The environment has no ${passphraseVariable}.`, 'Set it to the passphrase of the private key.');
  }
  const key = ssh2.utils.parseKey(text, passphrase);
  if (key instanceof Error)
    throw unusable(`The private key ${privateKeyFile} cannot be opened.`, 'Check its format and passphrase.');
  // The typing allows several keys, as a PuTTY file may hold.
  return Array.isArray(key) ? key[0] : key;
}

async function readSecretFile(path: string): Promise<Buffer> {
  const file = await open(path).catch((error: unknown) => {
    throw unusable(`The private key ${path} cannot be read.`, 'Put it there, readable for this program only.', error);
  });
  try {
    if (((await file.stat()).mode & OPEN_TO_OTHERS) !== 0) {
      throw unusable(`The private key ${path} can be read by others.`, 'Give it mode 0600, and consider it known to them.');
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function unusable(problem: string, fix: string, cause?: unknown): TransferError {
  return new TransferError({ reason: 'key-unusable', problem, fix, retry: 'never', alarm: true, cause });
}

/** Settles as the work does, or as `expired` does when the time is over first; what the work does after that is ignored. */
async function withDeadline<T>(work: Promise<T>, milliseconds: number, expired: () => Error): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(expired()), milliseconds);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
