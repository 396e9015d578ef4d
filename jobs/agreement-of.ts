import type { Agreement } from '#engine/agreement.ts';
import type { House } from './house.ts';

/** The version of a client's agreement that something was made under. Throws if it was taken out of the configuration. */
export function agreementOf({ config }: Pick<House, 'config'>, client: string, version: number): Agreement {
  const agreement = config.clients.get(client)?.agreements.find((one) => one.version === version);
  if (!agreement)
    throw new Error(`agreement ${client}/${version} is no longer in the configuration, and something of it is open`);
  return agreement;
}
