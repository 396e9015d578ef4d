import type { HouseConfig } from '#config/house-config.ts';
import type { BankCalendar } from '#engine/bank-days.ts';
import { bankCountryOf } from '#engine/bank-account.ts';
import { OperatingError } from '#engine/operating-error.ts';
import { countryOf } from '#engine/sockets/parts.ts';

/** The bank days that count for a client's runs: those of its latest agreement's country; of the house's own for who is no client. */
export function calendarOfClient({ clients, parts, bureau }: HouseConfig, client: string): BankCalendar {
  const country = clients.get(client)?.agreements.at(-1)?.country ?? bureau.address.country;
  return countryOf(parts, country).bankCalendar;
}

/** The days on which one of the bureau's accounts is paid from, and of which its bank sends files. Throws an OperatingError of an unknown account. */
export function calendarOfAccount({ bankAccounts, parts }: HouseConfig, id: string): BankCalendar {
  const account = bankAccounts.get(id);
  if (account === undefined)
    throw new OperatingError({
      problem: `There is no bank account ${id} any more, so nobody knows its bank days.`,
      fix: 'Put it back into bank-accounts.yaml.',
      retry: 'never',
    });
  return countryOf(parts, bankCountryOf(account)).bankCalendar;
}
