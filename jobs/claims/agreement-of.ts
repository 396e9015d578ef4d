import type { Agreement } from '#engine/agreement.ts';
import type { Receivable } from '#engine/receivable.ts';
import type { House } from '../house.ts';

/** The agreement that a receivable's invoice was issued under: it says whose claim it is and which law holds. */
export function agreementOf({ config }: House, { client, agreementVersion }: Receivable): Agreement {
  const agreement = config.clients.get(client)?.agreements.find((one) => one.version === agreementVersion);
  if (!agreement) throw new Error(`agreement ${client}/${agreementVersion} is not in the configuration`);
  return agreement;
}
