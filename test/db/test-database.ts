import { setTimeout as sleep } from 'node:timers/promises';
import { createHash, randomUUID } from 'node:crypto';
import { Client, type Pool } from 'pg';
import { inject } from 'vitest';
import { ledgerAccounts } from '#engine/ledger.ts';
import { openDatabase } from '#engine/store/database.ts';
import { migrate, readSchema, type Schema } from '#engine/store/migrate.ts';

const TEMPLATE_LOCK = [0x6b75_7665, 3] as const;

export interface TestDatabase {
  readonly url: string;
  readonly pool: Pool;
  /** Closes the pool and removes the database. */
  readonly drop: () => Promise<void>;
}

/** A database of its own with the schema of the code, cloned from a template that is migrated once per run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = await ensureTemplate(await readSchema());
  return createDatabase(template);
}

/** A database of its own with nothing in it. */
export const createEmptyDatabase = (): Promise<TestDatabase> => createDatabase('template0');

async function createDatabase(template: string): Promise<TestDatabase> {
  const name = `kuvert_test_${randomUUID().replaceAll('-', '')}`;
  await onServer((client) => client.query(`create database ${name} template ${template} encoding 'UTF8'`));
  const url = urlOf(name);
  const pool = openDatabase(url, 'kuvert test');
  // Dropping the database ends idle connections, which is no error of the test.
  pool.on('error', () => undefined);
  const drop = async (): Promise<void> => {
    if (!pool.ended) await pool.end();
    await dropDatabase(name);
  };
  return { url, pool, drop };
}

const MAX_DROPS = 20;
const DROP_PAUSE_MILLISECONDS = 250;
/** An autovacuum worker is at it, which nobody but a superuser may end; it ends by itself. */
const INSUFFICIENT_PRIVILEGE = '42501';

async function dropDatabase(name: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await onServer((client) => client.query(`drop database if exists ${name} with (force)`));
      return;
    } catch (error) {
      if (tries === MAX_DROPS || (error as { readonly code?: unknown }).code !== INSUFFICIENT_PRIVILEGE) throw error;
      await sleep(DROP_PAUSE_MILLISECONDS);
    }
  }
}

/** The template's name carries the hash of every migration, the views and the accounts, so that a server kept between runs never serves an old schema. */
async function ensureTemplate(schema: Schema): Promise<string> {
  const hash = createHash('sha256')
    .update([...schema.migrations, schema.views].map(({ sha256 }) => sha256).join())
    .update(JSON.stringify(ledgerAccounts));
  const name = `kuvert_template_${hash.digest('hex').slice(0, 16)}`;
  await onServer(async (client) => {
    await client.query('select pg_advisory_lock($1, $2)', [...TEMPLATE_LOCK]);
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await createTemplate(client, name, schema);
  });
  return name;
}

/** Migrated under a passing name first: a run broken off half-way must not leave half a schema under the template's name. */
async function createTemplate(client: Client, name: string, schema: Schema): Promise<void> {
  const half = `${name}_half`;
  await client.query(`drop database if exists ${half} with (force)`);
  await client.query(`create database ${half} template template0 encoding 'UTF8'`);
  const pool = openDatabase(urlOf(half), 'kuvert test template');
  try {
    await migrate(pool, schema);
  } finally {
    await pool.end();
  }
  await client.query(`alter database ${half} rename to ${name}`);
}

async function onServer(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: inject('testServerUrl') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(inject('testServerUrl'));
  url.pathname = `/${database}`;
  return url.href;
}
