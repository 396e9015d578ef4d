import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Remote } from '#config/house-config.ts';
import { ensureKeyPair } from '#jobs/demo/sftp-keys.ts';
import { type SftpServer, startSftpServer } from '#jobs/demo/sftp-server.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';

export interface TestRemote {
  readonly remote: Remote;
  /** The remote's folder on disk. */
  readonly folder: string;
  readonly server: SftpServer;
  readonly base: string;
}

/** A real SFTP server on a free port with one account, and the configuration that reaches it. */
export async function startRemote(): Promise<TestRemote> {
  const base = await temporaryFolder();
  const folder = join(base, 'print-house');
  await mkdir(folder);
  const host = await ensureKeyPair(join(base, 'host_key'), 'host');
  const user = await ensureKeyPair(join(base, 'user_key'), 'print-house');
  const account = { user: 'print-house', folder, publicKey: user.publicKey };
  const server = await startSftpServer({ port: 0, hostKeyFile: host.privateKeyFile, accounts: [account] });
  onTestFinished(() => server.close());
  const remote: Remote = {
    host: '127.0.0.1',
    port: server.port,
    user: 'print-house',
    hostKeySha256: server.hostKeySha256,
    privateKeyFile: user.privateKeyFile,
    folder: '/',
    timeoutSeconds: 5,
  };
  return { remote, folder, server, base };
}
