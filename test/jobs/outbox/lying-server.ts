import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import ssh2, { type SFTPWrapper } from 'ssh2';
import { onTestFinished } from 'vitest';
import type { Remote } from '#config/house-config.ts';
import { serveSftp } from '#jobs/demo/sftp-session.ts';
import type { TestRemote } from './remote.ts';

export interface LyingServer {
  readonly remote: Remote;
  readonly logins: { count: number };
}

/** A server with the same host key and folder as a good one, that lets in everybody or nobody and spoils what the test asks. */
export async function startLyingServer(
  good: TestRemote,
  lies: { readonly refuseLogin?: boolean; readonly spoil?: (sftp: SFTPWrapper) => void },
): Promise<LyingServer> {
  const logins = { count: 0 };
  const server = new ssh2.Server({ hostKeys: [await readFile(`${good.base}/host_key`)] }, (connection) => {
    connection.on('error', () => undefined);
    connection.on('authentication', (attempt) => {
      logins.count += 1;
      if (lies.refuseLogin === true) attempt.reject(['publickey', 'password']);
      else attempt.accept();
    });
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => {
        const sftp = acceptSftp();
        serveSftp(sftp, good.folder);
        lies.spoil?.(sftp);
      });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  assert(address !== null && typeof address === 'object');
  return { remote: { ...good.remote, port: address.port }, logins };
}
