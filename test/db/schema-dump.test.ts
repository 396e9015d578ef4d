import { afterAll, beforeAll, expect, test } from 'vitest';
import { dumpSchema } from './dump-schema.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from './test-database.ts';

let migrated: TestDatabase;
beforeAll(async () => {
  migrated = await createTestDatabase();
});
afterAll(() => migrated.drop());

test('engine/store/schema.sql is what the migrations make', async () => {
  await expect(await dumpSchema(migrated.pool)).toMatchFileSnapshot('../../engine/store/schema.sql');
});

test('the dump tells every kind of object that a migration may change', async () => {
  const database = await createEmptyDatabase();
  try {
    await database.pool.query(`
      create schema kuvert;
      create type kuvert.stage as enum ('seen', 'claimed');
      create domain kuvert.minor as bigint constraint small check (value < 10);
      create sequence kuvert.counter increment 5;
      create table kuvert.client (id int primary key, name text not null default 'x', twice int generated always as (id * 2) stored);
      create table kuvert.note (client int references kuvert.client, body text unique check (body <> ''));
      create index note_client on kuvert.note (client) where client > 1;
      create view kuvert.names as select name from kuvert.client;
      create function kuvert.stop() returns trigger language plpgsql as 'begin raise exception ''no''; end';
      create trigger append_only before update on kuvert.note for each row execute function kuvert.stop();
      comment on column kuvert.note.body is 'text';`);
    const dump = await dumpSchema(database.pool);
    for (const statement of [
      `create type kuvert.stage as enum ('seen', 'claimed');`,
      'create domain kuvert.minor as bigint;\nalter domain kuvert.minor add constraint small CHECK (VALUE < 10);',
      'create sequence kuvert.counter as bigint start 1 increment 5;',
      `  name text default 'x'::text not null,\n  twice integer generated always as (id * 2) stored`,
      'add constraint client_pkey PRIMARY KEY (id);',
      `add constraint note_body_check CHECK (body <> ''::text);`,
      'add constraint note_client_fkey FOREIGN KEY (client) REFERENCES',
      'CREATE INDEX note_client ON kuvert.note USING btree (client) WHERE (client > 1);',
      'create view kuvert.names as',
      'CREATE OR REPLACE FUNCTION kuvert.stop()',
      'CREATE TRIGGER append_only BEFORE UPDATE ON',
      `comment on table column kuvert.note.body is 'text';`,
    ]) {
      expect(dump).toContain(statement);
    }
  } finally {
    await database.drop();
  }
});
