import { afterAll, beforeAll, expect, test } from 'vitest';
import { rehearse } from '#engine/store/database.ts';
import { payoutInvariants } from '#engine/store/invariants/money.ts';
import { openPayoutHouse, type PayoutHouse } from './payout-house.ts';

let house: PayoutHouse;
beforeAll(async () => {
  house = await openPayoutHouse();
  await house.on('2026-11-23');
  await house.invoices({ Number: 'P-1', Reference: '2014' }, { Number: 'P-2', Reference: '2022' });
  await house.bank({ receipts: [{ amount: 125_000n, ocr: '2014' }] });
  await house.kuvert('run', 'payout', '--date', '2026-11-23', '--client', 'provet', '--who', 'anna');
  await house.kuvert('payout', 'approve', '1', '--who', 'bo');
  await house.on('2026-11-24');
  await house.bank({ receipts: [{ amount: 125_000n, ocr: '2022' }] });
  await house.kuvert('run', 'payout', '--date', '2026-11-24', '--client', 'provet', '--who', 'anna');
});
afterAll(() => house.close());

test('a sound house is found sound', async () => {
  expect(await house.inner.violations()).toEqual([]);
});

/** Books what never should be, past all functions of the house; the database’s own guard sees only that it balances. */
const book = (...postings: readonly (readonly [account: string, amount: number])[]): string =>
  `with t as (insert into ledger_transaction (client_id, sequence, kind, effect_key, entry_date, booked_at, previous_hash, hash)
     select 'provet', 999, 'payment', 'wrong', '2026-11-23', now(), '', 'x' returning id)
   insert into posting (transaction_id, line, client_id, account, amount, currency)
   select t.id, v.line, 'provet', v.account, v.amount, 'SEK' from t, (values ${postings
     .map(([account, amount], index) => `(${index + 1}, '${account}', ${amount})`)
     .join(', ')}) as v (line, account, amount)`;

test.each([
  ['IL9', 'money of clients is gone', book(['clientFunds', -100], ['ownBank', 100])],
  ['IL9', 'a client’s balance is below zero', book(['clientLiability', 500_000], ['feeReceivable', -500_000])],
  [
    'IL9',
    'a settlement does not begin where the one before ended',
    `update settlement set opening = opening + 1, received = received - 1 where number = 2`,
  ],
  [
    'IL9',
    'a settlement closes with another sum than the ledger',
    `update settlement set closing = closing + 1, received = received + 1 where number = 2`,
  ],
  ['IL9', 'a receipt is cleared twice', `update settlement set cleared_through = '2026-11-22' where number = 2`],
  ['IB4', 'a settlement is paid with another sum', `update payout set amount = amount + 1 where id = 2`],
  [
    'IB4',
    'a settlement is paid twice',
    `insert into payout (client_id, kind, settlement_id, amount, currency, from_account, receiver, remittance,
      execution_date, state, planned_by, planned_at) select client_id, kind, settlement_id, amount, currency, from_account, receiver, remittance,
      execution_date, 'planned', planned_by, planned_at from payout where id = 2`,
  ],
  ['IB4', 'a payment file holds another sum', `update payment_file set amount = amount - 1`],
  ['IB4', 'a payout is paid from another account than its file', `update payout set from_account = 'egna' where id = 1`],
  ['IB4', 'a rejected payout is not owed again', `update payout set state = 'rejected' where id = 1`],
  ['IB4', 'a payout left twice', `update payout set state = 'planned', instruction_id = null, approved_by = null where id = 1`],
  ['IB4', 'a settlement is missing', `update settlement set number = 3 where number = 2`],
  ['IB4', 'a payment file is missing', `update number_series set next = next + 1 where series = 'payment-file'`],
])('%s is seen to fail: %s', async (id, _what, harm) => {
  const failed = await rehearse(house.inner.house.database, async (tx) => {
    await tx.query(harm);
    const found: string[] = [];
    for (const invariant of payoutInvariants) if ((await invariant.find(tx)).length > 0) found.push(invariant.id);
    return found;
  });
  expect(failed).toContain(id);
});

test('nobody can approve what they planned, whatever the program does', async () => {
  await expect(house.inner.rows(`update payout set approved_by = planned_by where id = 2`)).rejects.toThrow(
    /payout_check|approved_by/,
  );
});
