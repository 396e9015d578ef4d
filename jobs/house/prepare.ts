import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HouseConfig } from '#config/house-config.ts';
import { OperatingError } from '#engine/operating-error.ts';
import { BUREAU, senders } from '#engine/sender.ts';
import { storeAgreements, storeSenders } from '#engine/store/agreements.ts';
import { inTransaction, openDatabase } from '#engine/store/database.ts';
import { storeReferenceIds, migrate, readSchema } from '#engine/store/migrate.ts';
import { upgradeDigests } from '#engine/store/digest.ts';
import type { House } from './house.ts';
import { openPostgres } from '../postgres/open-postgres.ts';
import { openJobQueues } from '../queues/job-queues.ts';
import { readConfig, type HomeOptions } from './open.ts';

export interface HouseOptions extends HomeOptions {
  /** A daemon works its queues; a single command only sends to them. */
  readonly working: boolean;
  /** Changes the configuration after it was read: the demo's servers listen on ports nobody knows before. */
  readonly adjust?: (config: HouseConfig) => HouseConfig;
}

/**
 * Prepares the house for work and closes it in order whatever happens: folders that are missing are made, the database is brought to this
 * program's schema, what was agreed is recorded.
 */
export async function withHouse<T>(options: HouseOptions, work: (house: House) => Promise<T>): Promise<T> {
  const read = await readConfig(options);
  const config = options.adjust?.(read) ?? read;
  await makeFolders(options.home, config);
  const postgres = await openPostgres({ home: options.home, databaseUrl: options.databaseUrl, log: options.log });
  await using stack = new AsyncDisposableStack();
  stack.defer(() => postgres.release());
  const database = openDatabase(postgres.url, 'kuvert');
  // An idle connection that is lost is opened again when it is needed; without a listener the loss would end the program.
  database.on('error', (error) => options.log.warn('database.connection-lost', { error }));
  stack.defer(() => database.end());
  await migrate(database, await readSchema());
  await inTransaction(database, (tx) => storeReferenceIds(tx, config.parts));
  await upgradeDigests(database);
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
    ...Object.values(config.parts.channels).flatMap(({ make }) => (make === 'spool' ? [] : [`outbox/${make.folder}`])),
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
