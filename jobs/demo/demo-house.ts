import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HouseConfig, Remote } from '#config/house-config.ts';
import { ensureKeyPair } from './sftp-keys.ts';
import { startSftpServer, type SftpServer } from './sftp-server.ts';

/** The world around the demo's house: an SFTP server on this machine that clients upload to, and that plays print house and access point. */
export interface DemoWorld {
  readonly server: SftpServer;
  /** How each account logs in; the house's own accounts are `print-house` and `access-point`. */
  readonly account: (user: string) => Remote;
  /** Folder in which an account of the outside world finds its files. */
  readonly folderOf: (user: string) => string;
  readonly adjust: (config: HouseConfig) => HouseConfig;
}

const OUTSIDE = ['print-house', 'access-point'] as const;
const TIMEOUT_SECONDS = 30;
/** The demo's uploads are whole within a second; a production house waits longer. */
const STABILITY_SECONDS = 1;

export async function openDemoWorld(home: string, clients: readonly string[]): Promise<DemoWorld> {
  const keys = join(home, 'demo', 'keys');
  // The home first, with the usual mode: only the keys are closed to others.
  await mkdir(join(home, 'demo'), { recursive: true });
  await mkdir(keys, { recursive: true, mode: 0o700 });
  const folderOf = (user: string): string => (clients.includes(user) ? join(home, 'inbox', user) : join(home, 'demo', user));
  const users = [...clients, ...OUTSIDE];
  const hostKey = await ensureKeyPair(join(keys, 'host'), 'kuvert demo host');
  const accounts = [];
  for (const user of users) {
    await mkdir(folderOf(user), { recursive: true });
    const pair = await ensureKeyPair(join(keys, user), `kuvert demo ${user}`);
    accounts.push({ user, folder: folderOf(user), publicKey: pair.publicKey });
  }
  const server = await startSftpServer({ port: 0, hostKeyFile: hostKey.privateKeyFile, accounts });
  const account = (user: string): Remote => ({
    host: '127.0.0.1',
    port: server.port,
    user,
    hostKeySha256: server.hostKeySha256,
    privateKeyFile: join(keys, user),
    folder: '/',
    timeoutSeconds: TIMEOUT_SECONDS,
  });
  return {
    server,
    account,
    folderOf,
    adjust: (config) => ({
      ...config,
      remotes: {
        ...config.remotes,
        printHouse: { ...account('print-house'), marker: true },
        accessPoint: { ...account('access-point'), marker: true },
      },
      limits: { ...config.limits, stabilitySeconds: STABILITY_SECONDS },
    }),
  };
}
