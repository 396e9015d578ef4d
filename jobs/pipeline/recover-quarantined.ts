import { inTransaction } from '#engine/store/database.ts';
import { loadUnknownClaims } from '#engine/store/files.ts';
import type { House } from '../house.ts';
import { listQuarantined } from '../intake/quarantine.ts';
import { receiveQuarantined } from './receive-file.ts';

/** Registers what was put into the quarantine just before a daemon died: its sender has no receipt yet. */
export async function recoverQuarantined(house: House): Promise<void> {
  const lying = (await listQuarantined(house.home)).filter(({ client }) => house.config.clients.has(client));
  const claims = lying.map(({ claimId }) => claimId);
  const unknown = new Set(await inTransaction(house.database, (tx) => loadUnknownClaims(tx, claims)));
  for (const put of lying) if (unknown.has(put.claimId)) await receiveQuarantined(house, put);
}
