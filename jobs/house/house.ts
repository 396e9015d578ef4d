import type { HouseConfig } from '#config/house-config.ts';
import type { Database } from '#engine/store/database.ts';
import type { Log } from './log.ts';
import type { JobQueues } from '../queues/job-queues.ts';
import { dateInZone, type IsoDate } from '#engine/iso-date.ts';
import type { Agreement } from '#engine/agreement.ts';
import type { BankCalendar } from '#engine/bank-days.ts';
import { bankCountryOf } from '#engine/bank-account.ts';
import { OperatingError } from '#engine/operating-error.ts';
import { countryOf } from '#engine/sockets/parts.ts';

/** A home as a question sees it: everything can be looked at, and the database itself refuses to change anything. */
export interface OpenHome {
  /** The bureau's home folder: inbox, work, archive, outbox, quarantine, postgres, log. */
  readonly home: string;
  readonly config: HouseConfig;
  readonly database: Database;
  readonly log: Log;
  /** A parameter: a fixed clock makes a run repeatable to the byte. */
  readonly clock: () => Date;
}

/** Everything a pipeline step may touch. */
export interface House extends OpenHome {
  readonly queues: JobQueues;
}

/** The business date: the calendar day where the bureau is. */
export const todayOf = (house: Pick<House, 'clock' | 'config'>): IsoDate =>
  dateInZone(house.clock(), house.config.bureau.timeZone);

/** The version of a client's agreement that something was made under. Throws if it was taken out of the configuration. */
export function agreementOf({ config }: Pick<House, 'config'>, client: string, version: number): Agreement {
  const agreement = config.clients.get(client)?.agreements.find((one) => one.version === version);
  if (!agreement)
    throw new Error(`agreement ${client}/${version} is no longer in the configuration, and something of it is open`);
  return agreement;
}

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
