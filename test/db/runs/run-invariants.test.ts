import { afterAll, beforeAll, expect, test } from 'vitest';
import { rehearse } from '#engine/store/database.ts';
import { runInvariants } from '#engine/store/invariants/runs.ts';
import { consumerTerms, openRunHouse, type RunHouse } from './run-house.ts';

let house: RunHouse;
beforeAll(async () => {
  house = await openRunHouse(consumerTerms);
  await house.on('2026-08-03');
  await house.invoices(
    { Number: 'V-1', Issued: '2026-08-03', Due: '2026-09-01', Debtor: 'D1' },
    { Number: 'V-2', Issued: '2026-08-03', Due: '2026-09-01', Debtor: 'D2', Name: 'Låtsas Andersson' },
  );
  await house.posted('2026-08-04');
  for (const [kind, day] of [
    ['reminder', '2026-09-07'],
    ['collection', '2026-09-22'],
  ] as const) {
    await house.on(day);
    const ran = await house.kuvert(
      'run',
      kind,
      '--date',
      day,
      '--client',
      'provet',
      '--override',
      '--who',
      'Anna',
      '--reason',
      'test',
    );
    expect(ran, ran.stdout).toMatchObject({ code: 0 });
    await house.posted(day);
  }
});
afterAll(() => house.close());

/** What fails after somebody has done this to the tables, past their guards; undone again. */
const brokenBy = (sql: string): Promise<readonly string[]> =>
  rehearse(house.inner.house.database, async (tx) => {
    for (const table of ['ledger_transaction', 'posting']) await tx.query(`alter table ${table} disable trigger user`);
    await tx.query(sql);
    const failed: string[] = [];
    for (const { id, title, find } of runInvariants) if ((await find(tx)).length > 0) failed.push(`${id} ${title}`);
    return failed;
  });

test('a sound house is found sound', async () => {
  expect(await brokenBy('select')).toEqual([]);
  expect(await house.inner.violations()).toEqual([]);
});

const first = `(select r.id from receivable r join invoice i on i.id = r.invoice_id where i.number = 'V-1')`;
const second = `(select r.id from receivable r join invoice i on i.id = r.invoice_id where i.number = 'V-2')`;
const letterOf = (claim: 'first' | 'second'): string =>
  `(select document_id from demand_step where level = 1 and receivable_id = ${claim === 'first' ? first : second})`;
const demandRun = `(select id from run where kind = 'collection')`;

test.each<readonly [what: string, id: string, sql: string]>([
  [
    'a second run of the same date',
    'IR1 one applied run per kind, client and business date',
    `drop index run_once; insert into run (kind, client_id, business_date, state, trigger, who, started_at)
     values ('reminder', 'provet', '2026-09-07', 'applied', 'command', 'x', now())`,
  ],
  [
    'a gate opened by nobody',
    'IR2 a gate that was opened by a person is in the audit with name and reason',
    `delete from audit where act = 'run gate override'`,
  ],
  [
    'a demand while the debtor had a deferment',
    'IR3 nobody is pressed while a hold of the whole claim stands',
    `insert into hold (receivable_id, kind, from_date, until_date, reason, placed_by, placed_on, placed_at)
     values (${first}, 'deferment', '2026-09-20', '2026-09-30', 'x', 'x', '2026-09-20', '2026-09-20')`,
  ],
  [
    'a demand before the reminder’s term had run out',
    'IR3 a step comes only after the one before was dispatched and its term has run out',
    `update demand_step set deadline = '2026-09-22' where level = 1 and receivable_id = ${first}`,
  ],
  [
    'a demand without a dispatched reminder',
    'IR3 a step comes only after the one before was dispatched and its term has run out',
    `update document set dispatched_on = null where kind = 'reminder' and id = (select document_id from demand_step where level = 1 and receivable_id = ${first})`,
  ],
  [
    'a level left out',
    'IR4 levels are 1, 2, 3 … in order of date, at most one on a date',
    `update demand_step set level = 3 where level = 2 and receivable_id = ${first}`,
  ],
  [
    'two steps on a date',
    'IR4 levels are 1, 2, 3 … in order of date, at most one on a date',
    // The letters' terms are taken away so that only the dates are wrong.
    `update demand_step set business_date = '2026-09-22', deadline = null where level = 1 and receivable_id = ${first};
     update document set dispatched_on = '2026-09-22' where kind = 'reminder'`,
  ],
  [
    'a fee and compensation',
    'IR4 a fee is charged once, compensation once, and never both',
    // Booked with the letter as well, so that steps and ledger agree about what must not be.
    `update demand_step set compensation = 45000 where level = 2 and receivable_id = ${first};
     insert into posting (transaction_id, line, client_id, account, amount, currency, receivable_id)
       select t.id, 90 + l.line, 'provet', l.account, l.amount, 'SEK', case l.line when 1 then ${first} end from ledger_transaction t,
         (values (1, 'receivable:compensation', 45000), (2, 'income:compensation', -45000)) as l (line, account, amount)
       where t.effect_key = 'claim:' || (select document_id from demand_step where level = 2 and receivable_id = ${first})`,
  ],
  [
    'a letter of two claims with two fees',
    'IR4 a letter costs its fee once, however many claims are in it',
    // Steps and postings are moved together, so that only the fees are wrong.
    `update posting set line = line + 50, transaction_id = (select id from ledger_transaction where effect_key = 'claim:' || ${letterOf('first')})
       where transaction_id = (select id from ledger_transaction where effect_key = 'claim:' || ${letterOf('second')});
     update demand_step set document_id = ${letterOf('first')} where level = 1 and receivable_id = ${second}`,
  ],
  [
    'a fee that the ledger does not know',
    'IR5 what a letter’s steps claim is in the ledger, component by component',
    `update demand_step set reminder_fee = 5000 where level = 1 and receivable_id = ${second}`,
  ],
  [
    'a step without reasons',
    'IR6 each step has its chain of reasons, and a run counts what it did',
    `delete from run_item where run_id = ${demandRun}`,
  ],
  [
    'a run that counts wrong',
    'IR6 each step has its chain of reasons, and a run counts what it did',
    `update run set skips = 7 where id = ${demandRun}`,
  ],
  [
    'a letter’s number skipped',
    'IL6 letters and collection cases are numbered without gaps',
    `update number_series set next = next + 1 where series = 'demand:provet'`,
  ],
])('%s', async (_what, id, sql) => expect(await brokenBy(sql)).toEqual([id]));
