import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate, readMigrations, readSchema, type Migration, type Schema } from '#engine/store/migrate.ts';
import { createEmptyDatabase, type TestDatabase } from './test-database.ts';

const first = { '0001-first.sql': 'create table kuvert.note (id int primary key);' };
const second = { '0002-second.sql': 'alter table kuvert.note add column body text; insert into kuvert.note values (1);' };

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function migrateWith(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return migrate(database.pool, schemaOf(await migrationsOf(files)));
}

/** These migrations with no views and nothing to fill in, or with what a test is about. */
const schemaOf = (migrations: readonly Migration[], views = ''): Schema => ({
  migrations,
  views: { sql: views, sha256: views },
  fill: async () => undefined,
});

async function migrationsOf(files: Readonly<Record<string, string>>) {
  await rm(folder, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql);
  return readMigrations(folder);
}

async function count(query: string): Promise<number> {
  const answer = await database.pool.query<{ n: number }>(`select count(*)::int4 as n from ${query}`);
  return answer.rows[0]?.n ?? -1;
}

test('runs what is missing, in order, once', async () => {
  expect(await migrateWith(first)).toEqual(['0001-first.sql']);
  expect(await migrateWith({ ...second, ...first })).toEqual(['0002-second.sql']);
  expect(await migrateWith({ ...first, ...second })).toEqual([]);
  expect(await count('kuvert.note')).toBe(1);
});

test('records the SHA-256 of the file', async () => {
  // `printf 'create schema other;' | sha256sum`
  const expected = 'eb023f9303443ef9552c9156fe5bb14cc0f6d9bbcc11de4655e668961f5a2fbd';
  await migrateWith({ '0001-other.sql': 'create schema other;' });
  const answer = await database.pool.query<{ sha256: string }>('select sha256 from kuvert.migration');
  expect(answer.rows).toEqual([{ sha256: expected }]);
});

test('twenty programs at once migrate once', async () => {
  const migrations = await migrationsOf({ ...first, ...second });
  const ran = await Promise.all(Array.from({ length: 20 }, () => migrate(database.pool, schemaOf(migrations))));
  expect(ran.filter((names) => names.length === 2)).toHaveLength(1);
  expect(ran.filter((names) => names.length === 0)).toHaveLength(19);
});

test('a failing migration is undone whole, and those before it stay', async () => {
  const broken = { '0002-broken.sql': 'create table kuvert.half (id int); select 1/0;' };
  await expect(migrateWith({ ...first, ...broken })).rejects.toThrow(/0002-broken\.sql failed and was undone: division by zero/);
  expect(await count(`pg_tables where schemaname = 'kuvert' and tablename in ('note', 'half')`)).toBe(1);
  expect(await migrateWith({ ...first, ...second })).toEqual(['0002-second.sql']);
});

test.each([
  ['a database that is ahead of the code', first, /newer than this kuvert: it has run migration 0002-second\.sql/],
  [
    'a changed file',
    { ...first, '0002-second.sql': 'alter table kuvert.note add column text text;' },
    /0002-second\.sql reads differently/,
  ],
  ['a new file between old ones', { ...first, '0001-zz-late.sql': 'select 1', ...second }, /number 0001/],
  ['a renamed file', { '0001-start.sql': first['0001-first.sql'], ...second }, /newer than this kuvert/],
])('refuses %s and changes nothing', async (_name, files, message) => {
  await migrateWith({ ...first, ...second });
  await expect(migrateWith(files)).rejects.toThrow(message);
  expect(await count('kuvert.migration')).toBe(2);
});

test('refuses a new file with a number below one already run', async () => {
  await migrateWith({ ...first, '0003-third.sql': 'select 1' });
  const late = migrateWith({ ...first, ...second, '0003-third.sql': 'select 1' });
  await expect(late).rejects.toThrow(/0002-second\.sql comes before 0003-third\.sql/);
});

test('views are made anew when they change, and when a migration does', async () => {
  const view = 'create view kuvert.ids as select id from kuvert.note';
  await migrate(database.pool, schemaOf(await migrationsOf(first), view));
  await migrate(database.pool, schemaOf(await migrationsOf(first), `${view} where id > 0`));
  const shown = async () =>
    (await database.pool.query<{ definition: string }>(`select definition from pg_views where schemaname = 'kuvert'`)).rows;
  expect(await shown()).toEqual([{ definition: expect.stringContaining('WHERE (id > 0)') as string }]);
  const retyped = { '0002-retyped.sql': 'alter table kuvert.note alter column id type bigint' };
  await migrate(database.pool, schemaOf(await migrationsOf({ ...first, ...retyped }), `${view} where id > 0`));
  expect(await shown()).toHaveLength(1);
});

test('a ledger of before the accounts were rows gets them, with book and component', async () => {
  const schema = await readSchema();
  await migrate(database.pool, schemaOf(schema.migrations.slice(0, 2)));
  await database.pool.query(`
    insert into client (id, name) values ('a', 'A');
    with t as (insert into ledger_transaction (client_id, sequence, kind, effect_key, entry_date, booked_at, previous_hash, hash)
      values ('a', 1, 'issue', 'x', '2026-11-21', now(), '', 'h') returning id)
    insert into posting (transaction_id, line, client_id, account, amount, currency) select t.id, v.* from t, (values
      (1, 'a', 'receivable', 5, 'SEK'), (2, 'a', 'receivable:interest', 4, 'SEK'), (3, 'a', 'vat:10.5', -9, 'SEK'),
      (4, 'a', 'clientFunds', 3, 'SEK'), (5, 'a', 'suspense', -3, 'SEK')) as v`);
  await migrate(database.pool, schema);
  const found = await database.pool.query(
    `select account, book, component from ledger_account join posting using (account) order by line`,
  );
  expect(found.rows).toEqual([
    { account: 'receivable', book: 'client', component: 'principal' },
    { account: 'receivable:interest', book: 'client', component: 'interest' },
    { account: 'vat:10.5', book: 'client', component: null },
    { account: 'clientFunds', book: 'bureau', component: null },
    { account: 'suspense', book: 'bureau', component: null },
  ]);
});

test('refuses names that are not NNNN-name.sql', async () => {
  await expect(migrationsOf({ 'first.sql': 'select 1' })).rejects.toThrow(/NNNN-name\.sql/);
});
