import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { changeFile } from '../../house/copy-config.ts';
import { consumerTerms, openRunHouse, type RunHouse } from '../runs/run-house.ts';
import { balances, bank, notification, openOf } from './bank-house.ts';

let house: RunHouse;
afterEach(async () => {
  expect(await house.inner.violations()).toEqual([]);
  await house.close();
});

/** One invoice of 12,500.00 due on 1 September 2026, reminded on the 7th: fee 60.00, and interest of 20.55 for six days at 10 %. */
async function remind(printing: boolean): Promise<string> {
  house = await openRunHouse(consumerTerms);
  await house.on('2026-08-03');
  await house.invoices({ Number: 'L-1', Issued: '2026-08-03', Due: '2026-09-01', Price: '10000,00', Payable: '12500,00' });
  await house.posted('2026-08-04');
  const schedules = join(house.inner.folder, 'config', 'schedules.yaml');
  if (!printing) await changeFile(schedules, (text) => text.replace('kind: immediate', 'kind: cut-off\n  times: ["23:59"]'));
  await house.on('2026-09-07');
  expect((await house.kuvert('run', 'reminder', '--date', '2026-09-07', '--client', 'provet')).code).toBe(0);
  expect(await openOf(house.inner, 'L-1')).toBe(1_258_055n);
  const [row] = await house.inner.rows<{ reference: string }>(
    'select reference from payment_reference where invoice_id is not null',
  );
  return row!.reference;
}

test('a payment pulls the letter that asks for it while it is in the house, and nothing of it is owed', async () => {
  const ocr = await remind(false);
  await bank(house.inner, notification([{ amount: 1_250_000n, ocr }], { date: '2026-09-07' }));
  expect(await house.inner.rows(`select state, withdrawn_because from document where kind = 'reminder'`)).toEqual([
    { state: 'withdrawn', withdrawn_because: 'paid' },
  ]);
  expect(await openOf(house.inner, 'L-1')).toBe(0n);
});

test('XM7: the bank’s file of 3 September comes after the reminder left: the letter stays, the fee is waived, the client is told', async () => {
  const ocr = await remind(true);
  await house.on('2026-09-08');
  await bank(house.inner, notification([{ amount: 1_250_685n, ocr }], { date: '2026-09-03' }));
  expect(await house.inner.rows(`select state from document where kind = 'reminder'`)).toEqual([{ state: 'released' }]);
  // Interest of two days, 2 and 3 September, is owed: 12500 × 0.10 × 2 / 365 = 6.849…; the other 13.70 and the fee are not.
  expect(await openOf(house.inner, 'L-1')).toBe(0n);
  expect(await balances(house.inner)).toMatchObject({ 'income:interest': -685n, clientLiability: -1_250_685n });
  expect((await balances(house.inner))['income:reminderFee']).toBeUndefined();
  expect(await house.inner.rows('select client_id, kind, detail from task')).toEqual([
    {
      client_id: 'provet',
      kind: 'fee-waived',
      detail: expect.objectContaining({
        invoice: 'L-1',
        letterDate: '2026-09-07',
        waived: { reminderFee: '6000', interest: '1370' },
      }),
    },
  ]);
  expect(
    await house.inner.rows(
      `select kind, corrects is not null as corrects from ledger_transaction where effect_key like 'waive:%'`,
    ),
  ).toEqual([{ kind: 'withdrawal', corrects: true }]);
});

test('F34: 1,310.00 is asked for, 1,250.00 comes after the reminder: costs first, 60.00 is left, and both show', async () => {
  const ocr = await remind(true);
  await house.on('2026-09-20');
  await bank(house.inner, notification([{ amount: 1_252_055n, ocr }], { date: '2026-09-18' }));
  expect(await openOf(house.inner, 'L-1')).toBe(6_000n);
  expect(await balances(house.inner)).toMatchObject({ receivable: 6_000n, 'income:reminderFee': -6_000n });
});
