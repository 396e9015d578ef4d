import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { consumerTerms, handoverTerms, openRunHouse, type RunHouse } from './run-house.ts';

let house: RunHouse;
afterEach(() => house.close());

async function run(kind: 'reminder' | 'collection', date: string): Promise<void> {
  await house.on(date);
  const ran = await house.kuvert('run', kind, '--date', date, '--client', 'provet');
  expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 });
  await house.posted(date);
}

/** An invoice of 1,250.00, reminded on 7 September with a fee of 60.00, to which the debtor objects on the 10th. */
async function openDisputed(terms: (text: string) => string): Promise<void> {
  house = await openRunHouse(terms);
  await house.on('2026-08-03');
  await house.invoices({ Number: 'F-1', Issued: '2026-08-03', Due: '2026-09-01', Debtor: 'D1', Name: 'Påhittad Persson' });
  await house.posted('2026-08-04');
  await run('reminder', '2026-09-07');
  await house.on('2026-09-10');
  await act('dispute', '--category', 'FEE');
}

async function act(action: string, ...options: readonly string[]): Promise<void> {
  const words = ['invoice', action, 'F-1', '--client', 'provet', '--who', 'anna', '--reason', 'avgiften bestrids', ...options];
  const ran = await house.kuvert(...words);
  expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 });
}

test('the demand goes out on its day without the fee that is disputed, and charges none (§11)', async () => {
  await openDisputed(consumerTerms);
  await run('collection', '2026-09-22');
  const letters = await house.inner.rows<{ claim: unknown; payable: string; state: string }>(
    `select d.content -> 'claims' -> 0 as claim, d.content ->> 'payableAmount' as payable, d.state from document d where d.kind = 'demand'`,
  );
  // 1250.00 × 10 % × 21 days ÷ 365 = 7.19.
  expect(letters).toMatchObject([
    {
      claim: { principalAmount: '1250.00', interestAmount: '7.19', reminderFeeAmount: '0.00', collectionFeeAmount: '0.00' },
      payable: '1257.19',
      state: 'released',
    },
  ]);
  const explained = await house.kuvert('explain', 'F-1', '--client', 'provet', '--date', '2026-09-22');
  expect(explained.stdout).toContain('the fees are disputed: none is demanded or charged');
  // The fee is not forgiven: it is open until the client has answered.
  const shown = await house.kuvert('invoice', 'show', 'F-1', '--client', 'provet');
  expect(shown.stdout).toMatch(/reminderFee +60,00|reminderFee +60\.00/);
  expect(await house.inner.violations()).toEqual([]);
});

test('a demand that waits in the house with its fee is pulled back when the fee is disputed, and made anew without it', async () => {
  house = await openRunHouse(consumerTerms, { printing: false });
  await house.on('2026-08-03');
  await house.invoices({ Number: 'F-1', Mode: 'monitor-only', Issued: '2026-08-03', Due: '2026-09-01', Debtor: 'D1' });
  await run('reminder', '2026-09-07');
  await act('dispute', '--category', 'FEE');
  await run('reminder', '2026-09-08');
  const steps = await house.inner.rows(
    `select business_date, state, reminder_fee, withdrawn_because from demand_step order by business_date`,
  );
  expect(steps).toEqual([
    { business_date: '2026-09-07', state: 'withdrawn', reminder_fee: 6000n, withdrawn_because: 'disputed' },
    { business_date: '2026-09-08', state: 'taken', reminder_fee: 0n, withdrawn_because: null },
  ]);
  expect(await house.inner.violations()).toEqual([]);
});

test('the agency gets the claim without the disputed fee', async () => {
  await openDisputed(handoverTerms);
  await run('collection', '2026-09-22');
  const folder = join(house.inner.house.home, 'outbox', 'collection', 'provet');
  const [name] = await readdir(folder);
  const file = JSON.parse(await readFile(join(folder, name ?? ''), 'utf8')) as Readonly<Record<string, unknown>>;
  expect(file).toMatchObject({ totalAmount: '1257.19', cases: [{ principalAmount: '1250.00', costs: [] }] });
});
