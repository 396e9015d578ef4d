import { readFile } from 'node:fs/promises';
import { timingSafeEqual } from 'node:crypto';
import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ParsedKey, type Session } from 'ssh2';
import { fingerprintOf } from '../outbox/sftp.ts';
import { serveSftp } from './sftp-session.ts';

export interface SftpAccount {
  readonly user: string;
  /** Absolute path of the folder that is the account's whole world. */
  readonly folder: string;
  /** One line as in `authorized_keys`. */
  readonly publicKey: string;
}

export interface SftpServerSettings {
  /** 0: any free port. */
  readonly port: number;
  /** Private key in OpenSSH's format. */
  readonly hostKeyFile: string;
  readonly accounts: readonly SftpAccount[];
}

export interface SftpServer {
  readonly port: number;
  /** `SHA256:…`, to be pinned by whoever connects. */
  readonly hostKeySha256: string;
  /** Stops listening and ends every session. */
  readonly close: () => Promise<void>;
}

/** This server is for trying out and for tests; only this machine can reach it. In production clients come in through OpenSSH. */
const LOOPBACK = '127.0.0.1';
const MAX_SESSIONS = 100;

/** Starts a real SFTP server on this machine's loopback address: one account per folder, by key only, SFTP only. */
export async function startSftpServer({ port, hostKeyFile, accounts }: SftpServerSettings): Promise<SftpServer> {
  const hostKey = await readFile(hostKeyFile);
  const known = new Map(accounts.map((account) => [account.user, { ...account, key: parseKey(account.publicKey) }]));
  const connections = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    connections.add(connection);
    // Else each small answer waits for the last one's acknowledgement, 40 ms; the typing does not know the method.
    (connection as Connection & Pick<Socket, 'setNoDelay'>).setNoDelay(true);
    connection.on('close', () => connections.delete(connection));
    // A client that breaks off is no trouble of the server's.
    connection.on('error', () => undefined);
    serveConnection(connection, known);
  });
  server.maxConnections = MAX_SESSIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, LOOPBACK, resolve);
  });
  const address = server.address();
  assert(address !== null && typeof address === 'object');
  return {
    port: address.port,
    hostKeySha256: fingerprintOf(parseKey(hostKey).getPublicSSH()),
    close: () => closeServer(server, connections),
  };
}

type KnownAccount = SftpAccount & { readonly key: ParsedKey };

function serveConnection(connection: Connection, known: ReadonlyMap<string, KnownAccount>): void {
  let account: KnownAccount | undefined;
  connection.on('authentication', (attempt) => {
    const asked = known.get(attempt.username);
    if (asked === undefined || !holdsKey(attempt, asked.key)) {
      attempt.reject(['publickey']);
      return;
    }
    account = asked;
    attempt.accept();
  });
  connection.on('session', (accept) => {
    const session: Session = accept();
    session.on('sftp', (acceptSftp) => {
      if (account !== undefined) serveSftp(acceptSftp(), account.folder);
    });
  });
}

/** The client first asks whether a key would do, without a signature, and only then signs. */
function holdsKey(attempt: AuthContext, key: ParsedKey): boolean {
  if (attempt.method !== 'publickey') return false;
  const expected = key.getPublicSSH();
  const { data } = attempt.key;
  if (attempt.key.algo !== key.type || data.length !== expected.length || !timingSafeEqual(data, expected)) return false;
  if (attempt.signature === undefined || attempt.blob === undefined) return true;
  // The library returns an Error, which is truthy, where its typing says boolean.
  const verdict: unknown = key.verify(attempt.blob, attempt.signature, attempt.hashAlgo);
  return verdict === true;
}

function parseKey(text: string | Buffer): ParsedKey {
  const key = ssh2.utils.parseKey(text);
  if (key instanceof Error) throw key;
  // The typing allows several keys, as a PuTTY file may hold.
  return Array.isArray(key) ? key[0] : key;
}

async function closeServer(server: InstanceType<typeof ssh2.Server>, connections: ReadonlySet<Connection>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  for (const connection of connections) connection.end();
  await closed;
}
