import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '#engine/store/database.ts';
import { migrate, readSchema } from '#engine/store/migrate.ts';
import { withOpenHome } from '#jobs/house/open.ts';
import { parts } from '#jobs/house/parts.ts';
import { changeFile, copyConfig } from '../house/copy-config.ts';
import { NOW } from '../house/inner-house.ts';
import { memoryLog } from '../house/memory-log.ts';
import { runCommand, type Ran } from '../house/run-command.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from './test-database.ts';

/** One of every question that a person can ask of a house. */
const questions: readonly (readonly string[])[] = [
  ['status'],
  ['verify'],
  ['trace', '1001'],
  ['statement', '--client', 'provet', '--debtor', '1'],
  ['ageing', '--client', 'provet'],
  ['invoice', 'show', '1001', '--client', 'provet'],
  ['explain', '1001', '--client', 'provet'],
  ['payment', 'list'],
  ['payment', 'show', '1'],
  ['payout', 'list'],
  ['payout', 'show', '1'],
  ['run', 'list'],
  ['run', 'list', '--missing'],
  ['run', 'show', '1'],
  ['assessment', 'list'],
];

let folder: string;
let database: TestDatabase;
const useFolder = async (): Promise<void> => {
  folder = await mkdtemp(join(tmpdir(), 'kuvert-opening-'));
  await copyConfig(join(folder, 'config'));
};
const leave = async (): Promise<void> => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
};

const home = (): string => join(folder, 'home');
const kuvert = (...words: readonly string[]): Promise<Ran> =>
  runCommand(words, {
    KUVERT_HOME: home(),
    KUVERT_CONFIG: join(folder, 'config'),
    KUVERT_DATABASE_URL: database.url,
    KUVERT_NOW: NOW.toISOString(),
  });

/** The folders of a home without the rest: nothing but the database can refuse. */
const makeFolders = async (): Promise<void> => {
  for (const name of ['inbox', 'archive', 'outbox']) await mkdir(join(home(), name), { recursive: true });
};

/** What is there of tables, columns and rows. */
async function contentOf({ url }: TestDatabase): Promise<unknown> {
  const pool = openDatabase(url, 'kuvert test');
  try {
    const columns = await pool.query(
      `select table_schema, table_name, column_name, data_type from information_schema.columns
       where table_schema in ('kuvert', 'pgboss') order by 1, 2, 3`,
    );
    const tables = await pool.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('kuvert', 'pgboss') order by 1`,
    );
    const rows: Record<string, unknown> = {};
    for (const { name } of tables.rows) {
      const found = await pool.query<{ rows: string }>(
        `select coalesce(json_agg(t order by t::text), '[]')::text as rows from ${name} t`,
      );
      rows[name] = found.rows[0]?.rows;
    }
    return { columns: columns.rows, rows };
  } finally {
    await pool.end();
  }
}

describe('a folder that is no home', () => {
  beforeAll(async () => {
    await useFolder();
    database = await createTestDatabase();
  });
  afterAll(leave);

  test.each(questions)('kuvert %s %s creates nothing and ends with 3', async (...words) => {
    const { code, stdout, stderr } = await kuvert(...words);
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toContain(`${home()} is no home of Kuvert`);
    expect(stderr).toContain('Correct --home');
    expect(await readdir(folder)).toEqual(['config']);
  });

  test('with an embedded server too: no cluster is made', async () => {
    await makeFolders();
    const { code, stderr } = await runCommand(['verify'], {
      KUVERT_HOME: home(),
      KUVERT_CONFIG: join(folder, 'config'),
      KUVERT_DATABASE_URL: '',
    });
    expect(code).toBe(3);
    expect(stderr).toContain('has no database of its own');
    expect((await readdir(home())).toSorted()).toEqual(['archive', 'inbox', 'outbox']);
  });
});

describe('a question changes nothing', () => {
  beforeAll(async () => {
    await useFolder();
    database = await createTestDatabase();
    expect((await kuvert('migrate')).code).toBe(0);
    await rm(join(home(), 'work'), { recursive: true });
  });
  afterAll(leave);

  test.each(questions)('kuvert %s %s leaves folders, schema and rows as they were', async (...words) => {
    const before = await contentOf(database);
    const folders = (await readdir(home(), { recursive: true })).toSorted();
    const { stderr } = await kuvert(...words);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await contentOf(database)).toEqual(before);
    expect((await readdir(home(), { recursive: true })).toSorted()).toEqual(folders);
  });

  test('the queues are not made', async () => {
    await database.pool.query('drop schema pgboss cascade');
    const { code, stderr } = await kuvert('run', 'list');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const found = await database.pool.query(`select from information_schema.schemata where schema_name = 'pgboss'`);
    expect(found.rowCount).toBe(0);
  });

  test('a change of the configuration is recorded by what acts, not by a question', async () => {
    await kuvert('migrate');
    await changeFile(join(folder, 'config', 'clients', 'provet.yaml'), (text) =>
      text.replace(/^name: .*$/m, 'name: Provet under nytt namn AB'),
    );
    const nameOf = async (): Promise<unknown> =>
      (await database.pool.query<{ name: string }>(`select name from client where id = 'provet'`)).rows[0]?.name;
    const before = await nameOf();
    expect((await kuvert('status')).code).toBe(0);
    expect(await nameOf()).toBe(before);
    await kuvert('migrate');
    expect(await nameOf()).toBe('Provet under nytt namn AB');
  });

  test('the database itself refuses a change', async () => {
    const options = {
      home: home(),
      configFolder: join(folder, 'config'),
      parts,
      databaseUrl: database.url,
      clock: () => NOW,
      log: memoryLog(),
    };
    const change = withOpenHome(options, (opened) => opened.database.query(`update client set name = 'x'`));
    await expect(change).rejects.toThrow('read-only transaction');
  });
});

describe('a database that is not the code’s', () => {
  beforeEach(useFolder);
  afterEach(leave);

  const noViews = { sql: '', sha256: '' };

  test('without a schema, or with an older one, it is refused and left as it was', async () => {
    database = await createEmptyDatabase();
    await makeFolders();
    const schema = await readSchema();
    for (const known of [0, 1]) {
      if (known > 0)
        await migrate(database.pool, {
          ...schema,
          migrations: schema.migrations.slice(0, known),
          views: noViews,
          fill: async () => undefined,
        });
      const before = await contentOf(database);
      const { code, stdout, stderr } = await kuvert('status');
      expect(code).toBe(3);
      expect(stdout).toBe('');
      expect(stderr).toContain('older than this kuvert');
      expect(stderr).toContain('Run kuvert migrate');
      expect(await contentOf(database)).toEqual(before);
    }
    expect((await kuvert('migrate')).code).toBe(0);
    expect((await kuvert('status')).code).toBe(0);
  });

  test('with a newer one', async () => {
    database = await createTestDatabase();
    await makeFolders();
    await database.pool.query(`insert into migration (name, sha256) values ('9999-later.sql', 'x')`);
    const { code, stderr } = await kuvert('status');
    expect(code).toBe(3);
    expect(stderr).toContain('newer than this kuvert');
  });
});
