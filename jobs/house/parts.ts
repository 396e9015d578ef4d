import { sweden } from '#engine/countries/se/sweden.ts';
import type { Parts } from '#engine/sockets/parts.ts';

/** Everything that is plugged into the house's sockets; whatever else is to be known of a country, a bank or a network is added here. */
export const parts = {
  module: import.meta.url,
  countries: { SE: sweden },
} satisfies Parts;
