import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool, PoolClient } from 'pg';
import { OperatingError } from '../operating-error.ts';
import type { Tx } from './database.ts';
import { storeLedgerAccounts } from './ledger.ts';
import type { Parts } from '../sockets/parts.ts';
import { BUREAU, senders } from '../sender.ts';
import { outboundKinds } from './outbound.ts';

/** One step of the schema's history: a file `NNNN-name.sql`, never changed once a database has run it. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file in hexadecimal. */
  readonly sha256: string;
}

/** All that a database is brought to. */
export interface Schema {
  readonly migrations: readonly Migration[];
  /** Views, made anew when they or the tables change. */
  readonly views: Pick<Migration, 'sql' | 'sha256'>;
  /** Adds the rows that the code knows to the tables of what there may be. */
  readonly fill: (tx: Tx) => Promise<unknown>;
}

/** Advisory lock of the database under which one program at a time migrates: "kuvert" in the first half, the use in the second. */
const MIGRATION_KEY = [0x6b75_7665, 2] as const;
const FILE_NAME = /^\d{4}-[a-z0-9-]+\.sql$/;

/** The schema of this code: what lies beside this file, and the accounts of the ledger. */
export async function readSchema(): Promise<Schema> {
  const views = await readFile(join(import.meta.dirname, 'views.sql'), 'utf8');
  const migrations = await readMigrations(join(import.meta.dirname, 'migrations'));
  return { migrations, views: { sql: views, sha256: sha256(views) }, fill: storeLedgerAccounts };
}

/**
 * Brings the database to the schema of the code and returns the names of the migrations it ran. Each runs in its own transaction
 * together with its row in `kuvert.migration`, so a broken-off migration leaves the database as before it; views are taken away before
 * the first and made anew after the last.
 *
 * @throws OperatingError when the database is newer than the code, when a migration it has run reads differently now, or when one fails.
 */
export async function migrate(pool: Pool, { migrations, views, fill }: Schema): Promise<readonly string[]> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1, $2)', [...MIGRATION_KEY]);
    await client.query('create schema if not exists kuvert');
    await client.query(`create table if not exists kuvert.migration (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now());
      create table if not exists kuvert.view_source (sha256 text primary key)`);
    const waiting = waitingMigrations(await loadApplied(client), migrations);
    const standing = await client.query<{ sha256: string }>('select sha256 from kuvert.view_source');
    const fresh = waiting.length === 0 && standing.rows[0]?.sha256 === views.sha256;
    if (!fresh) await inOne(client, 'the removal of views', dropViews);
    for (const migration of waiting) await inOne(client, migration.name, () => applyMigration(client, migration));
    if (!fresh) await inOne(client, 'views.sql', () => makeViews(client, views));
    await inOne(client, 'the rows of the code', () => fill(client));
    return waiting.map(({ name }) => name);
  } finally {
    // Closing the connection, rather than giving it back, frees the lock and forgets every setting a migration may have made.
    client.release(true);
  }
}

async function dropViews(client: PoolClient): Promise<void> {
  await client.query('delete from kuvert.view_source');
  const found = await client.query<{ name: string }>(
    `select quote_ident(viewname) as name from pg_views where schemaname = 'kuvert'`,
  );
  const names = found.rows.map(({ name }) => `kuvert.${name}`);
  if (names.length > 0) await client.query(`drop view ${names.join(', ')}`);
}

async function makeViews(client: PoolClient, { sql, sha256: hash }: Schema['views']): Promise<void> {
  await client.query(sql);
  await client.query('insert into kuvert.view_source (sha256) values ($1)', [hash]);
}

/**
 * Makes sure that the database has exactly the schema of the code, and changes nothing.
 *
 * @throws OperatingError when it is behind the code or ahead of it, or when a migration it has run reads differently now.
 */
export async function checkMigrated(pool: Pool, { migrations, views }: Pick<Schema, 'migrations' | 'views'>): Promise<void> {
  const client = await pool.connect();
  try {
    const known = await client.query<{ there: boolean }>(`select to_regclass('kuvert.migration') is not null as there`);
    const applied = known.rows[0]?.there === true ? await loadApplied(client) : [];
    const waiting = waitingMigrations(applied, migrations);
    if (waiting.length > 0) throw behind(waiting, applied.at(-1)?.name);
    const standing = await client.query<{ sha256: string }>('select sha256 from kuvert.view_source');
    if (standing.rows[0]?.sha256 !== views.sha256) throw behind([{ name: 'views.sql' }], applied.at(-1)?.name);
  } finally {
    client.release();
  }
}

/** Reads the migrations of a folder in the order of their numbers. */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const misnamed = names.find((name) => !FILE_NAME.test(name));
  if (misnamed !== undefined) throw new Error(`${misnamed} is not named NNNN-name.sql`);
  const numbers = names.map((name) => name.slice(0, 4));
  const doubled = numbers.find((number, position) => numbers.indexOf(number) !== position);
  if (doubled !== undefined) throw new Error(`two migrations have the number ${doubled}`);
  return Promise.all(names.map((name) => readMigration(folder, name)));
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const sql = await readFile(join(folder, name), 'utf8');
  return { name, sql, sha256: sha256(sql) };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Applied {
  readonly name: string;
  readonly sha256: string;
}

/** Names of the migrations that the database has run, in order. */
export const loadMigrations = async (tx: Tx): Promise<readonly string[]> => (await loadApplied(tx)).map(({ name }) => name);

async function loadApplied(client: PoolClient): Promise<readonly Applied[]> {
  const answer = await client.query<Applied>('select name, sha256 from kuvert.migration order by name collate "C"');
  return answer.rows;
}

/** What the database still lacks. Its history must be the beginning of the code's, word by word. */
function waitingMigrations(applied: readonly Applied[], migrations: readonly Migration[]): readonly Migration[] {
  for (const [position, done] of applied.entries()) {
    const migration = migrations.find(({ name }) => name === done.name);
    if (migration === undefined) throw ahead(done.name, migrations.at(-1)?.name ?? 'none');
    if (migration.sha256 !== done.sha256) throw changed(done.name);
    const expected = migrations[position];
    if (expected !== undefined && expected.name !== done.name) throw outOfOrder(expected.name, done.name);
  }
  return migrations.slice(applied.length);
}

async function applyMigration(client: PoolClient, { name, sql, sha256: hash }: Migration): Promise<void> {
  await client.query(sql);
  await client.query('insert into kuvert.migration (name, sha256) values ($1, $2)', [name, hash]);
}

async function inOne(client: PoolClient, name: string, work: (client: PoolClient) => Promise<unknown>): Promise<void> {
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    throw failed(name, cause as Error);
  }
}

const UPGRADE = 'Start the version of kuvert that this database was last used with, or a later one.';

function ahead(name: string, last: string): OperatingError {
  const problem = `The database is newer than this kuvert: it has run migration ${name}, and the last one known here is ${last}.`;
  return new OperatingError({ problem, fix: UPGRADE, retry: 'never' });
}

function behind(waiting: readonly Pick<Migration, 'name'>[], last: string | undefined): OperatingError {
  const names = waiting.map(({ name }) => name).join(', ');
  return new OperatingError({
    problem: `The database is older than this kuvert: it has run ${last ?? 'no migration'} and lacks ${names}.`,
    fix: 'Run kuvert migrate, or start the daemon: both bring it up to date. A question never changes it.',
    retry: 'never',
  });
}

function changed(name: string): OperatingError {
  return new OperatingError({
    problem: `Migration ${name} reads differently now than when this database ran it.`,
    fix: 'Put the file back as it was released and write the change as a new migration.',
    retry: 'never',
  });
}

function outOfOrder(skipped: string, later: string): OperatingError {
  return new OperatingError({
    problem: `Migration ${skipped} comes before ${later}, which this database has already run.`,
    fix: 'Give the new migration the next free number.',
    retry: 'never',
  });
}

function failed(name: string, cause: Error): OperatingError {
  return new OperatingError({
    problem: `Migration ${name} failed and was undone: ${cause.message}.`,
    fix: 'Correct what the database says and start again.',
    retry: 'never',
    cause,
  });
}

/** Columns that may hold one of a set which the code knows: tables of ids, named by foreign keys. */
type ReferenceTable = 'account_scheme' | 'channel' | 'document_kind' | 'outbound_kind' | 'step_kind' | 'sender_kind';

type ReferenceParts = Pick<Parts, 'accounts' | 'channels' | 'countries'>;

/** What the code knows of each set, with what is plugged in. */
export function referenceIds({
  accounts,
  channels,
  countries,
}: ReferenceParts): Readonly<Record<ReferenceTable, readonly string[]>> {
  const acts = Object.values(countries).flatMap((country) => Object.keys(country.acts));
  const files = Object.values(channels).flatMap(({ id, make }) => (make === 'spool' ? [] : [id]));
  return {
    account_scheme: Object.keys(accounts),
    channel: Object.keys(channels),
    document_kind: unique(['invoice', ...acts, 'settlement']),
    outbound_kind: unique([...outboundKinds, ...files]),
    step_kind: unique([...acts, 'handover', 'assessment', 'write-off']),
    sender_kind: ['client', BUREAU, ...senders],
  };
}

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)];

/** Adds what the tables have not yet, when a home is prepared for work. What is no longer known stays: rows may name it. */
export async function storeReferenceIds(tx: Tx, parts: ReferenceParts): Promise<void> {
  for (const [table, ids] of Object.entries(referenceIds(parts)))
    await tx.query(
      `insert into kuvert.${table} (id) select id from unnest($1::text[]) as given (id)
       where not exists (select from kuvert.${table} k where k.id = given.id) on conflict do nothing`,
      [ids],
    );
}
