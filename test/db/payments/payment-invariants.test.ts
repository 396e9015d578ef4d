import { afterAll, beforeAll, expect, test } from 'vitest';
import { rehearse } from '#engine/store/database.ts';
import { paymentInvariants } from '#engine/store/invariants/money.ts';
import { isoDate } from '#engine/iso-date.ts';
import { makeCamt053 } from '#jobs/demo/files/bank-file.ts';
import { openInnerHouse, type InnerHouse } from '../../house/inner-house.ts';
import { ACCOUNT, bank, GIRO, issue, notification } from './bank-house.ts';

let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse({
    changes: { 'bank-accounts.yaml': (text) => text.replace(/(id: klientmedel[^]*?postingSource: )notification/, '$1statement') },
  });
  const references = await issue(inner, { Number: 'I-1' }, { Number: 'I-2' });
  const paid = { amount: 125_000n, ocr: references.get('I-1')! };
  await bank(inner, notification([paid, { amount: 5_000n, text: 'Tack' }], { archive: 'A' }));
  await bank(inner, notification([paid, { amount: 900n, ocr: references.get('I-2')! }], { archive: 'A' }));
  for (const [day, opening] of [
    ['2026-11-18', 0n],
    ['2026-11-19', 1_000n],
  ] as const) {
    const payments = [{ amount: 1_000n, bankgiro: '9912346', servicerReference: `S${day}` }];
    const account = { ...ACCOUNT, iban: 'SE5600000000099999900011' };
    await bank(
      inner,
      makeCamt053({
        messageId: day,
        account,
        bookingDate: isoDate(day),
        createdAt: `${day}T20:00:00+01:00`,
        sequenceNumber: 1,
        openingAmount: opening,
        payments,
        lumps: [],
      }),
    );
  }
  expect(GIRO).not.toBe('9912346');
});
afterAll(() => inner.close());

test('a sound house is found sound', async () => {
  expect(await inner.violations()).toEqual([]);
});

const GUARDED = ['ledger_transaction', 'posting'];
const ONE = `(select id from payment where amount = 125000)`;

test.each<readonly [title: string, id: string, invariant: RegExp, sql: string]>([
  [
    'a payment gone from its block',
    'IB1',
    /each block/,
    `update payment set block_id = (select max(id) from bank_block) where amount = 900`,
  ],
  ['a payment whose money was never booked', 'IB1', /each receipt/, `update payment set kind = 'cost' where id = ${ONE}`],
  [
    'an öre more in the ledger than the bank told',
    'IB1',
    /each receipt/,
    `update posting set amount = amount - 1 where payment_id = ${ONE}`,
  ],
  [
    'money in suspense that is not listed',
    'IB1',
    /suspense is listed/,
    `delete from suspense_item where payment_id = (select id from payment where amount = 5000)`,
  ],
  [
    'money that was resolved and still lies there',
    'IB1',
    /suspense is listed/,
    `update suspense_item set resolved_at = now() where payment_id = (select id from payment where amount = 5000)`,
  ],
  [
    'a transaction known twice',
    'IB2',
    /known once/,
    `alter table payment drop constraint payment_account_fingerprint_key; update payment set fingerprint = (select fingerprint from payment where id = ${ONE}) where amount = 900`,
  ],
  [
    'a statement that does not add up',
    'IB3',
    /opening \+ movements/,
    `update bank_block set closing = closing + 1 where message_kind = 'statement' and opening = 1000`,
  ],
  [
    'a statement that follows none',
    'IB3',
    /begins where another ended/,
    `update bank_block set opening = opening + 7, closing = closing + 7 where message_kind = 'statement' and opening = 1000`,
  ],
  [
    'a client’s book that says another sum than the bureau’s',
    'IB1',
    /what the client books/,
    `update posting set amount = amount + 1 where account = 'withBureau' and transaction_id = (select min(transaction_id) from posting where account = 'withBureau')`,
  ],
])('%s is found by exactly the invariant it breaks', async (_title, id, invariant, sql) => {
  const failed = await rehearse(inner.house.database, async (tx) => {
    for (const table of GUARDED) await tx.query(`alter table ${table} disable trigger user`);
    await tx.query(sql);
    const found = [];
    for (const one of paymentInvariants) if ((await one.find(tx)).length > 0) found.push(one);
    return found;
  });
  expect(failed.map((one) => one.id)).toEqual([id]);
  expect(failed[0]?.title).toMatch(invariant);
});
