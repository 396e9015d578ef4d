import { afterAll, beforeAll, expect, test } from 'vitest';
import { openInnerHouse, type InnerHouse } from '../house/inner-house.ts';
import { runCommand } from '../house/run-command.ts';
import { trialCsv } from '../house/trial-csv.ts';

let house: InnerHouse;
beforeAll(async () => {
  house = await openInnerHouse();
});
afterAll(() => house.close());

/** What the parts and lists of the code hold today, written out: the tables are filled from them when the house is opened for work. */
const kinds: readonly (readonly [table: string, ids: readonly string[]])[] = [
  ['account_scheme', ['account', 'bankgiro', 'iban', 'plusgiro']],
  ['channel', ['einvoice', 'print']],
  [
    'document_kind',
    ['application', 'assessment', 'demand', 'handover', 'invoice', 'plan', 'reminder', 'settlement', 'write-off'],
  ],
  ['outbound_kind', ['collection', 'einvoice', 'payment-file', 'receipt', 'report', 'settlement', 'spool']],
  ['sender_kind', ['bank', 'bureau', 'client', 'collection-agency', 'print-house']],
  ['step_kind', ['application', 'assessment', 'demand', 'handover', 'plan', 'reminder', 'write-off']],
];

test.each(kinds)('the table %s holds what the code knows', async (table, ids) => {
  const found = await house.rows<{ id: string }>(`select id from ${table} order by id collate "C"`);
  expect(found.map(({ id }) => id)).toEqual(ids);
});

test('what is in no table is refused by the database', async () => {
  await expect(house.rows(`insert into client (id, name, kind) values ('x', 'X', 'alien')`)).rejects.toThrow(/client_kind_fkey/);
});

test('a file whose settling threw waits for a person and says why, until it is decided', async () => {
  await house.rows(`create function break_it() returns trigger language plpgsql as
    $$ begin raise exception 'the disk of the test is full'; end $$`);
  await house.rows('create trigger break_it before insert on invoice for each statement execute function break_it()');
  const id = await house.receive('provet', 'ett.csv', trialCsv({ Number: 'T1' }));
  await expect(house.settle(id)).rejects.toThrow('the disk of the test is full');
  const status = await runCommand(['status'], environment());
  expect(status.stdout).toMatch(/ett\.csv.*the disk of the test is full/s);
  await house.rows('drop trigger break_it on invoice');
  expect((await house.settle(id)).file.state).toBe('booked');
  expect((await runCommand(['status'], environment())).stdout).not.toContain('the disk of the test is full');
});

const environment = (): Record<string, string> => ({
  KUVERT_HOME: `${house.folder}/home`,
  KUVERT_CONFIG: `${house.folder}/config`,
  KUVERT_DATABASE_URL: house.databaseUrl,
});
