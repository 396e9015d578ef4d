import { join } from 'node:path';
import assert from 'node:assert/strict';

/** Where things lie under one home folder. `inbox` and `work` must be on the same file system: a claim is a rename. */
export function homeFolders(home: string) {
  return {
    inbox: join(home, 'inbox'),
    /** Taken out of the client's reach, not yet judged to be at rest. */
    claiming: join(home, 'work', 'claiming'),
    /** At rest, in our hands, waiting to be archived and read. */
    claimed: join(home, 'work', 'claimed'),
    archive: join(home, 'archive'),
    quarantine: join(home, 'quarantine'),
  } as const;
}

/** Folders of ours are for the engine's user and its group, never for senders. */
export const PRIVATE_FOLDER_MODE = 0o750;

const CLIENT_FOLDER = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;
const CLAIM_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

/** Client and claim become folder names; what cannot be one is our own mistake, not the sender's. */
export function assertFolderNames({ client, claimId }: { readonly client: string; readonly claimId?: string }): void {
  assert.match(client, CLIENT_FOLDER, 'a client name that becomes a folder');
  if (claimId !== undefined) assert.match(claimId, CLAIM_ID, 'a claim id that becomes a folder');
}
