import type { Log } from '../log/log.ts';
import { openEmbeddedPostgres } from './embedded-postgres.ts';
import { checkExternalPostgres } from './external-postgres.ts';

export interface PostgresOptions {
  /** The bureau's home directory; without a database URL the cluster lies under it. */
  readonly home: string;
  /** A PostgreSQL that somebody else runs, version 15 or later. */
  readonly databaseUrl?: string | undefined;
  /** False for tests: an embedded server that gives up safety against power loss for speed. True when left out. */
  readonly durable?: boolean;
  readonly log: Log;
}

export interface RunningPostgres {
  /** Connection string of kuvert's own database; holds a password, so it is never logged. */
  readonly url: string;
  /** To be called when every pool is closed. Stops an embedded server that nobody else uses. Safe to call twice. */
  readonly release: () => Promise<void>;
}

/**
 * Gives a PostgreSQL that answers: the one at the URL, otherwise the home's own embedded one, started if it does not run.
 *
 * @throws OperatingError with what to do: disk full, no permission, wrong version, no answer.
 */
export async function openPostgres({ home, databaseUrl, durable = true, log }: PostgresOptions): Promise<RunningPostgres> {
  if (databaseUrl === undefined) return openEmbeddedPostgres({ home, durable, log });
  await checkExternalPostgres(databaseUrl);
  return { url: databaseUrl, release: async () => undefined };
}
