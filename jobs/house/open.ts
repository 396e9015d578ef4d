import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigProblem } from '#config/config-problem.ts';
import type { HouseConfig } from '#config/house-config.ts';
import { loadConfig } from '#config/load-config.ts';
import { OperatingError } from '#engine/operating-error.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { openDatabase } from '#engine/store/database.ts';
import { checkMigrated, readSchema } from '#engine/store/migrate.ts';
import type { OpenHome } from './house.ts';
import type { Log } from './log.ts';
import { hasOwnDatabase } from '../postgres/cluster.ts';
import { openPostgres } from '../postgres/open-postgres.ts';

export interface HomeOptions {
  readonly home: string;
  readonly configFolder: string;
  readonly parts: Parts;
  readonly databaseUrl?: string | undefined;
  /** A fixed clock makes a run repeatable; one that runs ahead lets days pass. */
  readonly clock: () => Date;
  readonly log: Log;
}

/** The configuration cannot be used; nothing was started. */
export class ConfigurationError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(`the configuration has ${problems.length} problem${problems.length === 1 ? '' : 's'}`);
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

/**
 * Opens a home for a question and closes it afterwards. Nothing of the home is made, migrated or recorded, and the database refuses every
 * change; an embedded server that does not run is started, as for every command.
 *
 * @throws OperatingError for a folder that is no home, and for a database that is behind or ahead of this program.
 */
export async function withOpenHome<T>(options: HomeOptions, work: (home: OpenHome) => Promise<T>): Promise<T> {
  const { home, databaseUrl, clock, log } = options;
  await refuseOtherFolders(home, databaseUrl);
  const config = await readConfig(options);
  const postgres = await openPostgres({ home, databaseUrl, log });
  await using stack = new AsyncDisposableStack();
  stack.defer(() => postgres.release());
  const database = openDatabase(postgres.url, 'kuvert question', { readOnly: true });
  database.on('error', (error) => log.warn('database.connection-lost', { error }));
  stack.defer(() => database.end());
  await checkMigrated(database, await readSchema());
  return await work({ home, config, database, log, clock });
}

/** The configuration, whole. @throws ConfigurationError */
export async function readConfig({ configFolder, parts }: Pick<HomeOptions, 'configFolder' | 'parts'>): Promise<HouseConfig> {
  const { config, problems } = await loadConfig(configFolder, parts);
  if (!config) throw new ConfigurationError(problems);
  return config;
}

/** Folders that every home has had since its first command. */
const FOLDERS_OF_A_HOME = ['inbox', 'archive', 'outbox'];

/** A path mistyped must not become a second, empty house that answers that all is well. */
async function refuseOtherFolders(home: string, databaseUrl: string | undefined): Promise<void> {
  for (const folder of FOLDERS_OF_A_HOME) {
    const found = await stat(join(home, folder)).catch(() => undefined);
    if (found?.isDirectory() !== true) throw noHome(`${home} is no home of Kuvert: it has no folder ${folder}.`);
  }
  if (databaseUrl === undefined && !(await hasOwnDatabase(home)))
    throw noHome(`The home ${home} has no database of its own, and no KUVERT_DATABASE_URL names another.`);
}

const noHome = (problem: string): OperatingError =>
  new OperatingError({
    problem,
    fix: 'Correct --home or KUVERT_HOME; a new home is made by kuvert migrate, kuvert daemon, or the first file taken in.',
    retry: 'never',
  });
