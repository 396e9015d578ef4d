import type { Remote } from '#config/house-config.ts';
import type { LocalPlace } from './local-folder.ts';
import { openLocalFolder } from './local-folder.ts';
import type { Environment } from './private-key.ts';
import type { RemoteFolder } from './remote-folder.ts';
import { openSftpFolder } from './sftp-folder.ts';

/** Where files go to or come from: a folder on an SFTP server, or one on this machine. */
export type Place = Remote | LocalPlace;

/** Opens the folder, does the work, and closes whatever happens. */
export async function withRemoteFolder<T>(
  place: Place,
  environment: Environment,
  work: (folder: RemoteFolder) => Promise<T>,
): Promise<T> {
  const folder = 'host' in place ? await openSftpFolder(place, environment) : openLocalFolder(place);
  try {
    return await work(folder);
  } finally {
    await folder.close();
  }
}
