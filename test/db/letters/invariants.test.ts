import { afterAll, beforeAll, expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { inTransaction } from '#engine/store/database.ts';
import { loadOutstandingJobs } from '#engine/store/status.ts';
import { confirmSent } from '#engine/store/documents.ts';
import { documentInvariants } from '#engine/store/invariants/runs.ts';
import { openRemindedHouse, type RemindedHouse } from './reminded-house.ts';

/** Reminders of two debtors: the first withdrawn, the second released on 7 September 2026 and reported by the print house. */
let house: RemindedHouse;
beforeAll(async () => {
  house = await openRemindedHouse();
  await inTransaction(house.inner.house.database, (tx) => house.withdrawPaid(tx, 'A-1'));
  await house.spoolAll();
  await house.on('2026-09-09');
});
afterAll(() => house.close());

const found = async (): Promise<readonly string[]> =>
  inTransaction(house.inner.house.database, async (tx) => {
    const violations: string[] = [];
    for (const invariant of documentInvariants)
      for (const violation of await invariant.find(tx)) violations.push(`${invariant.id} ${violation}`);
    return violations;
  });

test('a letter is overdue when its job was released before the limit, and gone from the list once confirmed', async () => {
  const { database } = house.inner.house;
  const outstanding = (before: string) =>
    inTransaction(database, (tx) => loadOutstandingJobs(tx, { scope: 'bureau', overdueBefore: new Date(before) }));
  expect(await outstanding('2026-09-07T00:00:00Z')).toMatchObject([
    { client: 'provet', jobNumber: 2, sent: '1', acknowledged: '0', outstanding: '1', returned: '0', overdue: false },
  ]);
  expect(await outstanding('2026-09-08T00:00:00Z')).toMatchObject([{ jobNumber: 2, overdue: true }]);
  const status = await house.kuvert('status');
  expect(status.stdout).toMatch(/letters to be confirmed +provet +1 +J0002: 1 sent, 0 confirmed/);
  await house.inner.takeIn('print-house', 'status.csv', 'job;piece;status;date\nJ0002;1;dispatched;2026-09-08\nEND;1\n');
  expect(await outstanding('2026-09-08T00:00:00Z')).toEqual([]);
});

test('an e-invoice is dispatched on the day it was handed over, once', async () => {
  await house.inner.rows(`update document set channel = 'einvoice' where job_number = 1 and piece = 1`);
  const [document] = await house.inner.rows<{ outbound: bigint }>(
    `update document set dispatched_on = null where channel = 'einvoice' returning outbound_id as outbound`,
  );
  for (const day of ['2026-08-05', '2026-08-06'])
    await inTransaction(house.inner.house.database, (tx) =>
      confirmSent(tx, { outbound: document!.outbound, on: isoDate(day), channels: ['einvoice'] }),
    );
  expect(await house.inner.rows(`select dispatched_on from document where channel = 'einvoice'`)).toEqual([
    { dispatched_on: '2026-08-05' },
  ]);
  await house.inner.rows(`update document set channel = 'print' where channel = 'einvoice'`);
});

/** What somebody did to the tables, and how it is undone. */
test.each<[what: string, found: RegExp, act: string, undo: string]>([
  [
    'a demand’s step taken away',
    /^ID1 reminder \w+ \(released\): 1 invoices, 0 steps taken$/,
    `update demand_step set state = 'withdrawn', withdrawn_at = now(), withdrawn_because = 'x' where state = 'taken'`,
    `update demand_step set state = 'taken', withdrawn_at = null, withdrawn_because = null where withdrawn_because = 'x'`,
  ],
  [
    'a step that claims more than was booked',
    /^IR5 reminder \w+ \(released\): steps claim 6305, the ledger 6205$/,
    `update demand_step set reminder_fee = reminder_fee + 100 where state = 'taken'`,
    `update demand_step set reminder_fee = reminder_fee - 100 where state = 'taken'`,
  ],
  [
    'a claim that was not taken back',
    /^IR5 reminder \w+ \(withdrawn\)/,
    `alter table ledger_transaction disable trigger user; update ledger_transaction set effect_key = 'x' where kind = 'withdrawal'`,
    `update ledger_transaction t set effect_key = 'withdraw:' || substr(c.effect_key, 7) from ledger_transaction c
       where c.id = t.corrects and t.effect_key = 'x'; alter table ledger_transaction enable trigger user`,
  ],
  [
    'a job cancelled with its letters',
    /^ID3 print job 2 is cancelled/,
    `update spool set state = 'cancelled' where job_number = 2`,
    `update spool set state = 'released' where job_number = 2`,
  ],
  [
    'a withdrawn letter that was posted',
    /^ID4 document \w+ is withdrawn, piece , dispatched 2026-09-08/,
    `update document set dispatched_on = '2026-09-08' where state = 'withdrawn'`,
    `update document set dispatched_on = null where state = 'withdrawn'`,
  ],
  [
    'another day of dispatch than was reported',
    /^ID4 document \w+: dispatched reported on 2026-09-08, 2026-09-09 counts$/,
    `update document set dispatched_on = '2026-09-09' where job_number = 2 and state = 'released'`,
    `update document set dispatched_on = '2026-09-08' where job_number = 2 and state = 'released'`,
  ],
])('%s is found', async (_what, expected, act, undo) => {
  expect(await found()).toEqual([]);
  await house.inner.rows(act);
  const violations = await found();
  await house.inner.rows(undo);
  expect(violations.length).toBeGreaterThan(0);
  for (const violation of violations) expect(violation).toMatch(expected);
  expect(await found()).toEqual([]);
});
