import { afterAll, beforeAll, expect, test } from 'vitest';
import { rehearse } from '#engine/store/database.ts';
import { receivableInvariants } from '#engine/store/invariants/money.ts';
import { consumerTerms } from '../runs/run-house.ts';
import { openClaimHouse, type ClaimHouse } from './claim-house.ts';

let house: ClaimHouse;
beforeAll(async () => {
  house = await openClaimHouse(consumerTerms);
  await house.on('2026-09-01');
  const due = { Issued: '2026-09-01', Due: '2026-10-02' } as const;
  await house.invoices(
    { Number: 'V-1', Debtor: 'D1', Mode: 'monitor-only', ...due },
    { Number: 'V-2', Debtor: 'D2', ...due },
    { Number: 'V-3', Debtor: 'D2', Kind: 'C', Credits: 'V-2', Issued: '2026-09-01', Price: '400,00', Payable: '500,00' },
    { Number: 'V-4', Debtor: 'D4', Mode: 'monitor-only', ...due },
  );
  await house.act('credit', 'V-2', '--amount', '100.00');
  await house.act('dispute', 'V-1', '--category', 'PRICE');
  await house.act('promise', 'V-2', '--until', '2026-09-20');
  await house.remind('2026-10-07');
});
afterAll(() => house.close());

const broken = (sql: string): Promise<readonly string[]> =>
  rehearse(house.inner.house.database, async (tx) => {
    for (const table of ['ledger_transaction', 'posting']) await tx.query(`alter table ${table} disable trigger user`);
    await tx.query(sql);
    for (const table of ['ledger_transaction', 'posting']) await tx.query(`alter table ${table} enable trigger user`);
    const found = [];
    for (const { title, find } of receivableInvariants) if ((await find(tx)).length > 0) found.push(title);
    return found;
  });

const receivable = (number: string): string =>
  `(select r.id from receivable r join invoice i on i.id = r.invoice_id where i.number = '${number}')`;
const allocation = `(select id from ledger_transaction where effect_key = 'credit:V-3:V-2')`;

test('as they are, all hold', async () => {
  expect(await broken('select')).toEqual([]);
});

test.each<readonly [string, RegExp, string]>([
  [
    'an invoice with more credited than was owed, by a posting that was turned',
    /no part of a claim/,
    `update posting set amount = -amount where transaction_id = (select transaction_id from posting where receivable_id = ${receivable('V-1')} limit 1)`,
  ],
  [
    'an allocation to another debtor’s invoice',
    /a credit moves/,
    `update posting set receivable_id = ${receivable('V-1')} where transaction_id = ${allocation} and amount < 0`,
  ],
  [
    'an allocation to an invoice that is not named',
    /a credit moves/,
    `update credited_invoice set number = 'V-1' where number = 'V-2'`,
  ],
  [
    'a credit note’s number skipped',
    /numbered without gaps/,
    `update number_series set next = next + 1 where series = 'credit:provet'`,
  ],
  [
    'a credit note without its order',
    /every credit note that was ordered/,
    `update file_document set outcome = 'rejected' where kind = 'order'`,
  ],
  ['a promise without a day', /a hold says all/, `update hold set until_date = null where kind = 'promise'`],
  ['a hold that ends before it begins', /a hold says all/, `update hold set until_date = from_date - 1 where kind = 'promise'`],
  ['more disputed than the invoice', /a hold says all/, `update hold set amount = 125001 where kind = 'dispute'`],
  [
    'a hold released before it was placed',
    /a hold says all/,
    `update hold set released_on = placed_on - 1, released_at = placed_at where kind = 'promise'`,
  ],
  ['an outcome of what was not disputed', /a hold says all/, `update hold set outcome = 'accepted' where kind = 'promise'`],
  ['an objection that nobody has to answer', /one open objection/, `update task set done_at = now() where kind = 'dispute'`],
  [
    'an objection answered whose task stays',
    /one open objection/,
    `update hold set released_on = placed_on, released_at = placed_at, outcome = 'rejected' where kind = 'dispute'`,
  ],
  [
    'two open objections',
    /one open objection/,
    `insert into hold (receivable_id, kind, category, from_date, placed_on, placed_at, reason, placed_by)
       select receivable_id, 'dispute', 'OTHER', from_date, placed_on, placed_at, 'prov', 'prov' from hold where kind = 'dispute'`,
  ],
  [
    'a letter waiting that demands what is held',
    /no letter that is still in the house/,
    `insert into hold (receivable_id, kind, category, from_date, placed_on, placed_at, reason, placed_by)
       select ${receivable('V-4')}, 'block', 'minor', '2026-10-07', '2026-10-07', '2026-10-08', 'prov', 'prov'`,
  ],
])('%s is found', async (_title, title, sql) => {
  const found = await broken(sql);
  expect(found.join()).toMatch(title);
  expect(found).toHaveLength(1);
});
