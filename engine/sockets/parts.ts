import type { AccountScheme } from './account-scheme.ts';
import type { Channel } from './channel.ts';
import type { Country } from './country.ts';
import type { Format } from './format.ts';
import { plugged } from './plugged.ts';
import type { ReferenceScheme } from './reference-scheme.ts';

/** What is plugged in; one value, made in `jobs/house/parts.ts`, passed down. */
export interface Parts {
  /** URL of the module that exports these as `parts`, so that worker threads plug in the same. */
  readonly module: string;
  /** By ISO 3166-1 code, as agreements, policies and IBANs name them. */
  readonly countries: Readonly<Record<string, Country>>;
  /** By their ids. */
  readonly accounts: Readonly<Record<string, AccountScheme>>;
  readonly references: Readonly<Record<string, ReferenceScheme>>;
  readonly formats: Readonly<Record<string, Format>>;
  readonly channels: Readonly<Record<string, Channel>>;
}

/**
 * A country that something in the house names. The configuration is refused where it names an unknown one, so what is not found here stands
 * in the database from a time when it was plugged in: throws a MissingPartError.
 */
export const countryOf = ({ countries }: Pick<Parts, 'countries'>, code: string): Country => plugged(countries, 'country', code);
