import type { Remote } from '#config/house-config.ts';
import { OperatingError } from '#engine/operating-error.ts';
import type { TransferTrouble } from '../files/transfer-error.ts';
import { TransferError } from '../files/transfer-error.ts';

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
