import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HouseConfig, Remote } from '#config/house-config.ts';
import { senders, type Sender } from '#engine/sender.ts';
import { ensureKeyPair } from './sftp-keys.ts';
import { startSftpServer, type SftpServer } from './sftp-server.ts';

/** The world around the demo's house: an SFTP server on this machine that clients upload to, and that plays print house, access point, bank and agency. */
export interface DemoWorld {
  readonly server: SftpServer;
  /** How each account logs in; the house's own accounts are `print-house`, `access-point`, `bank` and `collection-agency`. */
  readonly account: (user: string) => Remote;
  /** Folder in which an account of the outside world finds its files. */
  readonly folderOf: (user: string) => string;
  readonly adjust: (config: HouseConfig) => HouseConfig;
}

const OUTSIDE = ['print-house', 'access-point', 'bank', 'collection-agency'] as const;
/** How those who send files and are no clients log in to the house. */
export const senderAccount = (sender: Sender): string => `from-${sender}`;
const TIMEOUT_SECONDS = 30;
/** The demo's uploads are whole within a second; a production house waits longer. */
const STABILITY_SECONDS = 1;

export async function openDemoWorld(home: string, clients: readonly string[]): Promise<DemoWorld> {
  const keys = join(home, 'demo', 'keys');
  // The home first, with the usual mode: only the keys are closed to others.
  await mkdir(join(home, 'demo'), { recursive: true });
  await mkdir(keys, { recursive: true, mode: 0o700 });
  const inboxes = new Map([
    ...clients.map((client) => [client, client] as const),
    ...senders.map((sender) => [senderAccount(sender), sender] as const),
  ]);
  const folderOf = (user: string): string => {
    const inbox = inboxes.get(user);
    return inbox === undefined ? join(home, 'demo', user) : join(home, 'inbox', inbox);
  };
  const users = [...inboxes.keys(), ...OUTSIDE];
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
        bank: { ...account('bank'), marker: true },
        collectionAgency: { ...account('collection-agency'), marker: true },
      },
      limits: { ...config.limits, stabilitySeconds: STABILITY_SECONDS },
    }),
  };
}
