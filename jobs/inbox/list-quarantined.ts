import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { homeFolders } from '../files/home-folders.ts';
import { errnoOf } from '../files/transfer-error.ts';
import { foldersIn } from './list-claims.ts';
import { REASON_NAME, type QuarantinedFile } from './quarantine-file.ts';
import { quarantineReasons } from './quarantine-reason.ts';

const reasonSchema = z.object({
  reason: z.enum(quarantineReasons),
  escapedName: z.string(),
  quarantinedAtMilliseconds: z.int(),
});

/** Everything that lies in the quarantine: a daemon that was killed may have put a file there and told nobody. */
export async function listQuarantined(home: string): Promise<readonly QuarantinedFile[]> {
  const { quarantine } = homeFolders(home);
  const files: QuarantinedFile[] = [];
  for (const client of await foldersIn(quarantine)) {
    for (const claimId of await foldersIn(join(quarantine, client))) {
      const folder = join(quarantine, client, claimId);
      const text = await readFile(join(folder, REASON_NAME), 'utf8').catch(ifGone);
      if (text !== undefined) files.push({ client, claimId, folder, ...reasonSchema.parse(JSON.parse(text)) });
    }
  }
  return files;
}

/** What a person put there by hand, or is taking away, has no reason beside it. */
function ifGone(error: unknown): undefined {
  if (errnoOf(error) !== 'ENOENT') throw error;
}
