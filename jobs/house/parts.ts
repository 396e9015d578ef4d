import { bankAccount, bankgiro, plusgiro } from '#engine/countries/se/accounts.ts';
import { ocr } from '#engine/countries/se/references.ts';
import { sweden } from '#engine/countries/se/sweden.ts';
import { iban } from '#engine/iban.ts';
import type { Parts } from '#engine/sockets/parts.ts';

/** Everything that is plugged into the house's sockets; whatever else is to be known of a country, a bank or a network is added here. */
export const parts = {
  module: import.meta.url,
  countries: { SE: sweden },
  accounts: { bankgiro, plusgiro, account: bankAccount, iban },
  references: { ocr },
} satisfies Parts;
