import type { Agreement } from '#engine/agreement.ts';
import type { HouseConfig } from '#config/house-config.ts';

/**
 * Whose money a client's ledger holds. No client goes from or to `purchase` (config/checks/check-payouts.ts), so the newest agreement
 * tells; the bureau's own ledger, of money that nobody has claimed yet, is held in trust as a service client's is.
 */
export const productOf = (config: HouseConfig, client: string): Agreement['product'] =>
  config.clients.get(client)?.agreements.at(-1)?.product ?? 'service';
