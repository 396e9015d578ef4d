import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate, readSchema } from '#engine/store/migrate.ts';
import { createEmptyDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createEmptyDatabase();
});
afterEach(() => database.drop());

/** How accounts were written down before each was a kind and a number. */
const receivers = [
  { kind: 'bankgiro', number: '9912346' },
  { kind: 'plusgiro', number: '2865434' },
  { kind: 'account', clearing: '5102', number: '0158751' },
  { kind: 'iban', iban: 'SE4550000000058398257466' },
];

test('accounts of an older home are brought to kind and number, its references to their scheme', async () => {
  const schema = await readSchema();
  const older = schema.migrations.filter(({ name }) => name < '0003');
  const bare = { views: { sql: 'select', sha256: '' }, fill: () => Promise.resolve() };
  await migrate(database.pool, { ...schema, ...bare, migrations: older });
  const connection = await database.pool.connect();
  try {
    // Only the rows that concern accounts: what they belong to is left out.
    await connection.query('set search_path to kuvert');
    await connection.query(`insert into client (id, name) values ('a', 'A')`);
    await connection.query('alter table payment_reference drop constraint payment_reference_invoice_id_fkey');
    await connection.query('alter table payout drop constraint payout_settlement_id_fkey');
    const content = {
      paymentAccounts: [
        { kind: 'plusgiro', number: '2865434' },
        { kind: 'bankgiro', number: '9912346' },
      ],
    };
    await connection.query(
      `insert into agreement (client_id, version, valid_from, content, content_sha256) values ('a', 1, '2026-01-01', $1, 'x')`,
      [JSON.stringify(content)],
    );
    await connection.query(`insert into payment_reference (account, reference, invoice_id) values ('2865434', '18', 1)`);
    for (const account of receivers)
      await connection.query(
        `insert into payout (client_id, kind, settlement_id, amount, currency, from_account, receiver, remittance, execution_date, state,
           planned_by, planned_at) values ('a', 'client', 1, 1, 'SEK', 'x', $1, 'x', '2026-01-01', 'planned', 'anna', now())`,
        [JSON.stringify({ account, name: 'A', town: 'B', country: 'SE' })],
      );
  } finally {
    connection.release(true);
  }
  await migrate(database.pool, schema);
  const payouts = await database.pool.query<{ receiver: unknown }>('select receiver from kuvert.payout order by id');
  expect(payouts.rows.map(({ receiver }) => receiver)).toEqual(
    [
      { kind: 'bankgiro', number: '9912346' },
      { kind: 'plusgiro', number: '2865434' },
      { kind: 'account', number: '5102-0158751' },
      { kind: 'iban', number: 'SE4550000000058398257466' },
    ].map((account) => ({ account, name: 'A', town: 'B', country: 'SE' })),
  );
  const references = await database.pool.query('select scheme, account, reference from kuvert.payment_reference');
  expect(references.rows).toEqual([{ scheme: 'plusgiro', account: '2865434', reference: '18' }]);
});
