import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate, readMigrations } from '#engine/store/migrate.ts';
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
  return migrate(database.pool, await migrationsOf(files));
}

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
  const ran = await Promise.all(Array.from({ length: 20 }, () => migrate(database.pool, migrations)));
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

test('refuses names that are not NNNN-name.sql', async () => {
  await expect(migrationsOf({ 'first.sql': 'select 1' })).rejects.toThrow(/NNNN-name\.sql/);
});
