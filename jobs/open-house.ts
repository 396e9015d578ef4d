import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigProblem } from '#config/config-problem.ts';
import type { HouseConfig } from '#config/house-config.ts';
import { loadConfig } from '#config/load-config.ts';
import { storeAgreements, storeSenders } from '#engine/store/agreements.ts';
import { inTransaction, openDatabase } from '#engine/store/database.ts';
import { migrate, readMigrations } from '#engine/store/migrate.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { OperatingError } from '#engine/operating-error.ts';
import type { House } from './house.ts';
import type { Log } from './house/log.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import { BUREAU, senders } from '#engine/sender.ts';
import { openJobQueues } from './queues/job-queues.ts';

export interface HouseOptions {
  readonly home: string;
  readonly configFolder: string;
  readonly parts: Parts;
  readonly databaseUrl?: string | undefined;
  /** A fixed clock makes a run repeatable; one that runs ahead lets days pass. */
  readonly clock: () => Date;
  readonly log: Log;
  /** A daemon works its queues; a single command only sends to them. */
  readonly working: boolean;
  /** Changes the configuration after it was read: the demo's servers listen on ports nobody knows before. */
  readonly adjust?: (config: HouseConfig) => HouseConfig;
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

/** Opens the house for as long as the work takes, and closes it in order whatever happens. */
export async function withHouse<T>(options: HouseOptions, work: (house: House) => Promise<T>): Promise<T> {
  const loaded = await loadConfig(options.configFolder, options.parts);
  if (!loaded.config) throw new ConfigurationError(loaded.problems);
  const config = options.adjust?.(loaded.config) ?? loaded.config;
  await makeFolders(options.home, config);
  const postgres = await openPostgres({ home: options.home, databaseUrl: options.databaseUrl, log: options.log });
  await using stack = new AsyncDisposableStack();
  stack.defer(() => postgres.release());
  const database = openDatabase(postgres.url, 'kuvert');
  // An idle connection that is lost is opened again when it is needed; without a listener the loss would end the program.
  database.on('error', (error) => options.log.warn('database.connection-lost', { error }));
  stack.defer(() => database.end());
  await migrate(database, await readMigrations(join(import.meta.dirname, '..', 'engine', 'store', 'migrations')));
  await recordAgreements(database, config);
  const queues = await openJobQueues(postgres.url, options.log, { working: options.working });
  stack.defer(() => queues.stop());
  return await work({ home: options.home, config, database, queues, log: options.log, clock: options.clock });
}

async function makeFolders(home: string, config: HouseConfig): Promise<void> {
  const clients = [...config.clients.keys()];
  const folders = [
    ...clients.flatMap((client) => [`inbox/${client}`, `outbox/clients/${client}`]),
    ...senders.flatMap((sender) => [`inbox/${sender}`, `outbox/reports/${sender}`]),
    'work',
    'archive',
    'outbox/print',
    'outbox/einvoice',
    'outbox/bank',
    'quarantine',
    'log',
  ];
  for (const folder of folders) await mkdir(join(home, folder), { recursive: true });
}

async function recordAgreements(database: House['database'], config: HouseConfig): Promise<void> {
  const changed = await inTransaction(database, async (tx) => {
    const names = senders.map((id) => ({ id, name: id, kind: id }));
    await storeSenders(tx, [{ id: BUREAU, name: config.bureau.name, kind: 'bureau' }, ...names]);
    return storeAgreements(tx, [...config.clients.values()]);
  });
  const first = changed[0];
  if (!first) return;
  throw new OperatingError({
    problem: `Agreement version ${first.version} of client ${first.client} has been used and now says something else.`,
    fix: 'Undo the change and add a new version with the date from which it holds.',
    retry: 'never',
  });
}
