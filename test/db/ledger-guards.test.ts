import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decimal } from '#engine/decimal.ts';
import type { Invoice } from '#engine/invoice.ts';
import { isoDate } from '#engine/iso-date.ts';
import { planIssue, type LedgerTransaction, type Posting } from '#engine/ledger.ts';
import { inTransaction, type Tx } from '#engine/store/database.ts';
import { storeInvariants } from '#engine/store/invariants.ts';
import { withLedger, hashTransaction } from '#engine/store/ledger.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

const AT = new Date('2026-11-21T09:00:00Z');
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query(`insert into client (id, name) values ('a', 'A'), ('b', 'B')`);
});
afterAll(() => database.drop());
beforeEach(() => asOwner('delete from posting; delete from ledger_transaction; delete from ledger_head'));

/** Does what the guards forbid, as the tables' owner with bad intent could. */
const asOwner = (sql: string): Promise<unknown> =>
  inTransaction(database.pool, async (tx) => {
    const guarded = ['posting', 'ledger_transaction'];
    for (const table of guarded) await tx.query(`alter table ${table} disable trigger user`);
    await tx.query(sql);
    for (const table of guarded) await tx.query(`alter table ${table} enable trigger user`);
  });

const posting = (account: Posting['account'], amount: bigint, currency: Posting['currency'] = 'SEK'): Posting => ({
  account,
  amount,
  currency,
});
const transactionOf = (effectKey: string, postings: readonly Posting[]): LedgerTransaction => ({
  kind: 'issue',
  effectKey,
  entryDate: isoDate('2026-11-21'),
  postings,
});

const book = (client: string, ...transactions: readonly LedgerTransaction[]): Promise<unknown> =>
  inTransaction(database.pool, (tx) => withLedger(tx, { client, at: AT }, (ledger) => ledger.book(transactions)));

const balanced = transactionOf('one', [
  posting('receivable', 125_000n),
  posting('sales', -100_000n),
  posting('vat:25', -25_000n),
]);

/** The invariants that fail, by id. */
const failing = (): Promise<readonly string[]> =>
  inTransaction(database.pool, async (tx) => {
    const failed = [];
    for (const { id, find } of storeInvariants) if ((await find(tx)).length > 0) failed.push(id);
    return failed;
  });

describe('what the database refuses by itself', () => {
  test.each<[string, RegExp, (tx: Tx) => Promise<unknown>]>([
    [
      'a posting that does not balance',
      /does not balance: 1 SEK/,
      () => book('a', transactionOf('x', [posting('receivable', 2n), posting('sales', -1n)])),
    ],
    [
      'a balance only across currencies',
      /does not balance/,
      () => book('a', transactionOf('x', [posting('receivable', 1n, 'SEK'), posting('sales', -1n, 'EUR')])),
    ],
    ['a transaction without postings', /has no postings/, () => book('a', transactionOf('x', []))],
    [
      'an effect booked twice',
      /ledger_transaction_client_id_effect_key_key/,
      async () => (await book('a', balanced), book('a', balanced)),
    ],
    [
      'a posting of zero',
      /check constraint/,
      () => book('a', transactionOf('x', [posting('receivable', 0n), posting('sales', 0n)])),
    ],
    [
      'a changed amount',
      /append-only/,
      async (tx) => (await book('a', balanced), tx.query('update posting set amount = amount + 1')),
    ],
    ['a deleted posting', /append-only/, async (tx) => (await book('a', balanced), tx.query('delete from posting'))],
    [
      'a deleted transaction',
      /append-only/,
      async (tx) => (await book('a', balanced), tx.query('delete from ledger_transaction')),
    ],
    [
      'an account that there is not',
      /posting_account_fkey/,
      (tx) =>
        tx.query(`with t as (insert into ledger_transaction (client_id, sequence, kind, effect_key, entry_date, booked_at, previous_hash, hash)
            values ('a', 1, 'issue', 'x', '2026-11-21', now(), '', 'h') returning id)
          insert into posting (transaction_id, line, client_id, account, amount, currency)
          select id, line, 'a', account, amount, 'SEK' from t, (values (1, 'clientfunds', 5), (2, 'sales', -5)) as v (line, account, amount)`),
    ],
    [
      'an account moved to the other book',
      /append-only/,
      (tx) => tx.query(`update ledger_account set book = 'client' where account = 'suspense'`),
    ],
    ['a truncated ledger', /append-only/, (tx) => tx.query('truncate posting')],
    [
      'postings added to an old transaction',
      /come too late/,
      async (tx) => {
        await book('a', balanced);
        return tx.query(`insert into posting (transaction_id, line, client_id, account, amount, currency)
          select id, line, 'a', 'sales', amount, 'SEK' from ledger_transaction, (values (8, 5), (9, -5)) as v (line, amount)`);
      },
    ],
    [
      'postings of another client',
      /belong to another client/,
      async (tx) => {
        await tx.query(`insert into ledger_transaction (client_id, sequence, kind, effect_key, entry_date, booked_at, previous_hash, hash)
          values ('a', 1, 'issue', 'x', '2026-11-21', now(), '', 'h')`);
        return tx.query(`insert into posting (transaction_id, line, client_id, account, amount, currency)
          select id, line, 'b', 'sales', amount, 'SEK' from ledger_transaction, (values (1, 5), (2, -5)) as v (line, amount)`);
      },
    ],
  ])('%s', async (_title, message, attempt) => {
    await expect(inTransaction(database.pool, attempt)).rejects.toThrow(message);
  });

  test('numbers have no gaps after a rolled-back booking', async () => {
    await book('a', balanced);
    await expect(
      book('a', transactionOf('two', balanced.postings), transactionOf('bad', [posting('sales', 1n)])),
    ).rejects.toThrow(/does not balance/);
    await book('a', transactionOf('three', balanced.postings));
    const found = await database.pool.query<{ sequence: bigint; effect_key: string }>(
      'select sequence, effect_key from ledger_transaction order by 1',
    );
    expect(found.rows).toEqual([
      { sequence: 1n, effect_key: 'one' },
      { sequence: 2n, effect_key: 'three' },
    ]);
  });

  test('two writers at once wait for each other and make one chain', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => book('a', transactionOf(`t${index}`, balanced.postings))));
    expect(await failing()).toEqual([]);
    const found = await database.pool.query('select 1 from ledger_transaction');
    expect(found.rowCount).toBe(12);
  });
});

describe('what verify finds when somebody gets past the guards', () => {
  test('nothing in a sound ledger', async () => {
    await book('a', balanced, transactionOf('two', balanced.postings));
    await book('b', balanced);
    expect(await failing()).toEqual([]);
  });

  test.each<[string, string, readonly string[]]>([
    ['an amount changed on one side', `update posting set amount = amount + 1 where line = 1`, ['IL1', 'IL2', 'IL3']],
    [
      'an amount moved so that it still balances',
      `update posting set amount = case line when 2 then -99999 when 3 then -25001 else amount end`,
      ['IL3'],
    ],
    ['a date changed', `update ledger_transaction set entry_date = '2026-11-22' where sequence = 1`, ['IL3']],
    [
      'the last transaction gone',
      `delete from posting where transaction_id = (select max(id) from ledger_transaction)`,
      ['IL1', 'IL3'],
    ],
    ['a gap in the numbers', `update ledger_transaction set sequence = 3 where sequence = 2`, ['IL3', 'IL4', 'IL6']],
    [
      'a correction of what came later',
      `update ledger_transaction t set corrects = o.id from ledger_transaction o where t.sequence = 1 and o.sequence = 2`,
      ['IL7'],
    ],
    ['the head moved back', `update ledger_head set next_sequence = 2`, ['IL4']],
  ])('%s', async (_title, sql, expected) => {
    await book('a', balanced, transactionOf('two', balanced.postings));
    await asOwner(sql);
    expect(await failing()).toEqual(expected);
  });

  test('a guard that was switched off', async () => {
    await database.pool.query('alter table posting disable trigger postings_balance');
    expect(await failing()).toEqual(['IL3']);
    await database.pool.query('alter table posting enable trigger postings_balance');
  });
});

test('the hash of a transaction is SHA-256 over its lines (computed by sha256sum)', () => {
  // printf '\na\n1\nissue\none\n2026-11-21\nreceivable 125000 SEK\nsales -100000 SEK\nvat:25 -25000 SEK' | sha256sum
  expect(hashTransaction({ client: 'a', sequence: 1n, previousHash: '', transaction: balanced })).toBe(HASH);
});

const HASH = '1870079ee2607c3c6d9b9c11db808ad847fd329d3a8abb0a566a446912196eae';

test.each([
  ['an invoice of 1,000 with 25 % VAT (F31)', 'invoice', ['receivable 125000', 'sales -100000', 'vat:25 -25000']],
  ['its credit note', 'creditNote', ['receivable -125000', 'sales 100000', 'vat:25 25000']],
] as const)('%s', (_title, kind, expected) => {
  const plan = planIssue({
    kind,
    number: '1',
    currency: 'SEK',
    issueDate: isoDate('2026-11-21'),
    vatBreakdown: [{ code: 'S', rate: decimal('25'), baseAmount: 100_000n, vatAmount: 25_000n }],
    totals: { linesAmount: 100_000n, netAmount: 100_000n, vatAmount: 25_000n, grossAmount: 125_000n, payableAmount: 125_000n },
  } as unknown as Invoice);
  expect(plan.postings.map(({ account, amount }) => `${account} ${amount}`)).toEqual(expected);
});
