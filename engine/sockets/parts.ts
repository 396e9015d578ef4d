import { OperatingError } from '../operating-error.ts';
import type { Country } from './country.ts';

/** What is plugged in; one value, made in `jobs/house/parts.ts`, passed down. */
export interface Parts {
  /** URL of the module that exports these as `parts`, so that worker threads plug in the same. */
  readonly module: string;
  /** By ISO 3166-1 code, as agreements, policies and IBANs name them. */
  readonly countries: Readonly<Record<string, Country>>;
}

/**
 * A country that something in the house names. The configuration is refused where it names an unknown one, so what is not found here stands
 * in the database from a time when it was plugged in: throws a MissingPartError.
 */
export function countryOf({ countries }: Pick<Parts, 'countries'>, code: string): Country {
  const country = Object.hasOwn(countries, code) ? countries[code] : undefined;
  if (country === undefined) throw new MissingPartError(`country ${code}`);
  return country;
}

/** Something that was plugged in once is asked for and no longer there. */
export class MissingPartError extends OperatingError {
  constructor(part: string) {
    super({ problem: `The house has no ${part}.`, fix: 'Plug it in: jobs/house/parts.ts.', retry: 'never' });
    this.name = 'MissingPartError';
  }
}
