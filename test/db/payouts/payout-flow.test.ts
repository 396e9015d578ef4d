import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPayoutHouse, type PayoutHouse } from './payout-house.ts';

let house: PayoutHouse;
beforeEach(async () => {
  house = await openPayoutHouse();
  await house.on('2026-11-23');
});
afterEach(() => house.close());

/** An invoice of 1,250.00 and its payment, as told by the bank on the same day. */
async function paidInvoice(): Promise<void> {
  await house.invoices({ Number: 'P-1', Reference: '2014' });
  expect(await house.bank({ receipts: [{ amount: 125_000n, ocr: '2014' }] })).toBe('booked');
}

const run = (date = '2026-11-23') => house.kuvert('run', 'payout', '--date', date, '--client', 'provet', '--who', 'anna');

test('a payment is settled less the fees, approved by a second person, sent, accepted and debited', async () => {
  await paidInvoice();
  expect((await run()).code).toBe(0);
  // Nothing was released, so only the payment is charged: 0.50 and 25 % VAT of it, 0.13 rounded half up from 0.125.
  expect(await house.settlements()).toEqual([
    {
      number: 1,
      opening: 0n,
      received: 125_000n,
      restored: 0n,
      returned: 0n,
      fees: 50n,
      fees_vat: 13n,
      paid_out: 124_937n,
      closing: 0n,
      rule: 'paid-out',
    },
  ]);
  expect(await house.balance('clientLiability')).toBe(0n);
  expect(await house.balance('payoutInTransit')).toBe(-124_937n);
  expect(await house.balance('withBureau')).toBe(0n);
  const own = await house.kuvert('payout', 'approve', '1', '--who', 'anna');
  expect(own.code).toBe(1);
  expect(own.stdout).toContain('a second person approves');
  expect(await house.kuvert('payout', 'approve', '1', '--who', 'bo')).toEqual({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining('approved'),
  });
  const [payout] = await house.payouts();
  expect(payout).toMatchObject({
    state: 'sent',
    instruction_id: 'KV20261123-000001-1',
    payment_information_id: 'KV20261123-000001-G1',
  });
  expect(Object.keys(await house.files())).toEqual(['KV20261123-000001.xml']);
  await house.answer({ originalMessageId: 'KV20261123-000001', status: 'ACCP', payments: [] });
  expect((await house.payouts())[0]?.state).toBe('accepted');
  expect(await house.bank({ orders: [orderOf(payout)] })).toBe('booked');
  expect((await house.payouts())[0]?.state).toBe('settled');
  expect(await house.balance('payoutInTransit')).toBe(0n);
  // 1,250.00 came in, 1,249.37 was paid out and 0.63 is the bureau's.
  expect(await house.balance('clientFunds')).toBe(0n);
  expect(await house.balance('ownBank')).toBe(63n);
  expect(await house.inner.violations()).toEqual([]);
});

const orderOf = (payout: Awaited<ReturnType<PayoutHouse['payouts']>>[number] | undefined) => ({
  amount: payout?.amount ?? 0n,
  messageId: payout?.message_id ?? '',
  paymentInformationId: payout?.payment_information_id ?? '',
  endToEndId: payout?.instruction_id ?? '',
});

test('the statement lies in the client’s folder, as PDF and as CSV that adds up', async () => {
  await paidInvoice();
  await run();
  const folder = join(house.inner.house.home, 'outbox', 'clients', 'provet');
  const names = (await readdir(folder)).filter((name) => name.includes('settlement'));
  expect(names.toSorted()).toEqual(['2026-11-23-settlement-PROVET-1.csv', '2026-11-23-settlement-PROVET-1.pdf']);
  const csv = await readFile(join(folder, '2026-11-23-settlement-PROVET-1.csv'), 'utf8');
  expect(
    csv
      .replace('\uFEFF', '')
      .split('\r\n')
      .map((line) => line.replaceAll('"', '')),
  ).toEqual([
    'kind;date;invoice;debtor;component;count;price;amount;currency;settlement',
    'OPENING;2026-11-23;;;;;;0,00;SEK;PROVET-1',
    'RECEIVED;2026-11-23;P-1;Skenfirman AB;principal;;;1250,00;SEK;PROVET-1',
    'FEE;2026-11-23;;;payment;1;0,50;-0,50;SEK;PROVET-1',
    'VAT;2026-11-23;;;;;;-0,13;SEK;PROVET-1',
    'PAYOUT;2026-11-23;;;;;;-1249,37;SEK;PROVET-1',
    'CLOSING;2026-11-23;;;;;;0,00;SEK;PROVET-1',
    '',
  ]);
});

test('the same day again makes no second payout and no second file', async () => {
  await paidInvoice();
  await run();
  await house.kuvert('payout', 'approve', '--run', '1', '--who', 'bo');
  const again = await run();
  expect(again.stdout).toContain('made before');
  await house.kuvert('payout', 'approve', '--run', '1', '--who', 'cecilia');
  expect(await house.payouts()).toHaveLength(1);
  expect(Object.keys(await house.files())).toHaveLength(1);
});

test('a dry run shows the settlement and leaves nothing', async () => {
  await paidInvoice();
  const shown = await house.kuvert('run', 'payout', '--date', '2026-11-23', '--client', 'provet', '--dry-run', '--json');
  expect(shown.stdout).toContain('1249.37');
  expect(await house.settlements()).toEqual([]);
  expect(await house.payouts()).toEqual([]);
});

test('a rejected payout is owed again to the öre and paid by the next run, with new ids (XB8)', async () => {
  await paidInvoice();
  await run();
  await house.kuvert('payout', 'approve', '1', '--who', 'bo');
  expect(await house.answer({ originalMessageId: 'KV20261123-000001', status: 'RJCT', reason: 'AC04', payments: [] })).toBe(
    'booked',
  );
  expect((await house.payouts())[0]?.state).toBe('rejected');
  expect(await house.balance('clientLiability')).toBe(-124_937n);
  expect(await house.balance('payoutInTransit')).toBe(0n);
  expect(await house.balance('clientBank')).toBe(0n);
  await house.on('2026-11-24');
  await run('2026-11-24');
  expect((await house.settlements())[1]).toMatchObject({
    opening: 0n,
    received: 0n,
    restored: 124_937n,
    fees: 0n,
    paid_out: 124_937n,
    closing: 0n,
  });
  await house.kuvert('payout', 'approve', '2', '--who', 'bo');
  expect((await house.payouts()).map(({ instruction_id }) => instruction_id)).toEqual([
    'KV20261123-000001-1',
    'KV20261124-000002-1',
  ]);
  expect(await house.inner.violations()).toEqual([]);
});

test.each([
  ['accepted, then an older receipt of the file', ['ACCP', 'RCVD'], ['accepted', 'accepted']],
  ['the same answer twice', ['RJCT', 'RJCT'], ['rejected', 'rejected']],
  ['accepted, then rejected', ['ACSP', 'RJCT'], ['accepted', 'rejected']],
  ['rejected, then accepted', ['RJCT', 'ACSP'], ['rejected', 'rejected']],
  ['pending changes nothing', ['PDNG', 'ACSC'], ['sent', 'accepted']],
])('answers in any order: %s (XB8)', async (_case, statuses, states) => {
  await paidInvoice();
  await run();
  await house.kuvert('payout', 'approve', '1', '--who', 'bo');
  for (const [index, status] of statuses.entries()) {
    await house.answer({ originalMessageId: 'KV20261123-000001', status, payments: [] });
    expect((await house.payouts())[0]?.state).toBe(states[index]);
  }
  const owed = states.at(-1) === 'rejected' ? -124_937n : 0n;
  expect(await house.balance('clientLiability')).toBe(owed);
  expect(await house.inner.violations()).toEqual([]);
});

test('a bank that has the file already is not sent another: DU01 leaves it on its way', async () => {
  await paidInvoice();
  await run();
  await house.kuvert('payout', 'approve', '1', '--who', 'bo');
  await house.answer({ originalMessageId: 'KV20261123-000001', status: 'RJCT', reason: 'DU01', payments: [] });
  expect((await house.payouts())[0]?.state).toBe('sent');
  expect(await house.balance('payoutInTransit')).toBe(-124_937n);
});

test('an answer to a file we did not send is held, and changes nothing (XB8)', async () => {
  await paidInvoice();
  await run();
  await house.kuvert('payout', 'approve', '1', '--who', 'bo');
  expect(await house.answer({ originalMessageId: 'KV20261123-000099', status: 'RJCT', payments: [] })).toBe('held');
  expect((await house.payouts())[0]?.state).toBe('sent');
});

test('a rejection after the debit was seen is left to a person (§7 rule 3)', async () => {
  await paidInvoice();
  await run();
  await house.kuvert('payout', 'approve', '1', '--who', 'bo');
  await house.bank({ orders: [orderOf((await house.payouts())[0])] });
  await house.answer({ originalMessageId: 'KV20261123-000001', status: 'RJCT', payments: [] });
  expect((await house.payouts())[0]?.state).toBe('settled');
  expect(await house.inner.rows(`select code from file_finding where code = 'PAIN-REJECTED-AFTER-DEBIT'`)).toHaveLength(1);
});

test('money that comes back is owed again', async () => {
  await paidInvoice();
  await run();
  await house.kuvert('payout', 'approve', '1', '--who', 'bo');
  const [payout] = await house.payouts();
  await house.bank({ orders: [orderOf(payout)] });
  await house.on('2026-11-24');
  const { messageId, paymentInformationId, endToEndId } = orderOf(payout);
  await house.bank({
    receipts: [{ amount: 124_937n, returned: { messageId, paymentInformationId, endToEndId, reason: 'AC04' } }],
  });
  expect((await house.payouts())[0]?.state).toBe('returned');
  expect(await house.balance('clientLiability')).toBe(-124_937n);
  expect(await house.balance('clientFunds')).toBe(124_937n);
  await run('2026-11-24');
  expect((await house.settlements())[1]).toMatchObject({ restored: 124_937n, paid_out: 124_937n });
  expect(await house.inner.violations()).toEqual([]);
});

test('a payout can be taken back until it has its ids', async () => {
  await paidInvoice();
  await run();
  expect((await house.kuvert('payout', 'cancel', '1', '--who', 'anna', '--reason', 'wrong day')).code).toBe(0);
  expect(await house.balance('clientLiability')).toBe(-124_937n);
  await house.on('2026-11-24');
  await run('2026-11-24');
  await house.kuvert('payout', 'approve', '2', '--who', 'bo');
  const late = await house.kuvert('payout', 'cancel', '2', '--who', 'anna', '--reason', 'too late');
  expect(late.code).toBe(1);
  expect((await house.payouts()).map(({ state }) => state)).toEqual(['cancelled', 'sent']);
});
