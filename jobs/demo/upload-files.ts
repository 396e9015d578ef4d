import SftpClient from 'ssh2-sftp-client';
import { readFile } from 'node:fs/promises';
import type { Remote } from '#config/house-config.ts';

export interface UploadedFile {
  readonly name: string;
  readonly content: Buffer;
}

/** Uploads as a careful client does: under a temporary name first, then renamed, over a real SFTP connection. */
export async function uploadFiles(account: Remote, files: readonly UploadedFile[]): Promise<void> {
  const client = new SftpClient('kuvert demo client');
  await client.connect({
    host: account.host,
    port: account.port,
    username: account.user,
    privateKey: await readFile(account.privateKeyFile),
  });
  try {
    for (const file of files) {
      await client.put(file.content, `/${file.name}.part`);
      await client.rename(`/${file.name}.part`, `/${file.name}`);
    }
  } finally {
    await client.end();
  }
}
