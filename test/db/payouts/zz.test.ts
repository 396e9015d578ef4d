import { expect, test } from 'vitest';
import { openPayoutHouse } from './payout-house.ts';
test('x', async () => {
  const house = await openPayoutHouse();
  await house.on('2026-11-23');
  await house.invoices({ Number: 'P-1', Reference: '2014' });
  console.warn(await house.bank({ receipts: [{ amount: 125_000n, ocr: '2014' }] }));
  console.warn(await house.inner.rows('select * from file_finding'));
  console.warn(await house.inner.rows('select kind, state, reason from bank_block b left join payment p on p.block_id = b.id'));
  console.warn(await house.inner.rows('select account, amount::text from posting'));
  const ran = await house.kuvert('run', 'payout', '--date', '2026-11-23', '--client', 'provet', '--who', 'anna');
  console.warn(ran);
  console.warn(await house.kuvert('payout', 'list'));
  console.warn(await house.kuvert('payout', 'approve', '1', '--who', 'bo'));
  console.warn(await house.answer({ originalMessageId: 'KV20261123-000001', status: 'ACCP', payments: [] }));
  console.warn(await house.inner.rows('select * from file_finding'));
  await house.close();
  expect(1).toBe(1);
}, 60000);
