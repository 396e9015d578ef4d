import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOW, openInnerHouse, type InnerHouse } from '../../house/inner-house.ts';
import { runCommand, type Ran } from '../../house/run-command.ts';
import { balances, bank, issue, notification, openOf, suspense } from './bank-house.ts';

let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse();
});
afterAll(() => inner.close());

const payment = (...words: readonly string[]): Promise<Ran> =>
  runCommand(['payment', ...words], {
    KUVERT_HOME: inner.house.home,
    KUVERT_CONFIG: join(inner.folder, 'config'),
    KUVERT_DATABASE_URL: inner.databaseUrl,
    KUVERT_NOW: NOW.toISOString(),
  });

const idOf = async (amount: bigint): Promise<string> =>
  String((await inner.rows<{ id: bigint }>('select id from payment where amount = $1', [amount]))[0]!.id);

test('money of nobody is listed, tied by hand, untied and paid back, each act a new entry with who and why', async () => {
  await issue(inner, { Number: 'H-1' }, { Number: 'H-2' });
  await bank(inner, notification([{ amount: 200_001n, text: 'Tack', payerName: 'Skenfirman AB', payerAccount: '9912346' }]));
  const id = await idOf(200_001n);

  const listed = await payment('list', '--suspense');
  expect(listed.stdout).toContain('suspense 2 000.01 (no-reference)');
  expect(listed.code).toBe(0);

  const tied = await payment(
    'allocate',
    id,
    '--client',
    'provet',
    '--invoice',
    'H-1',
    '--invoice',
    'H-2:500.00',
    '--who',
    'Anna',
    '--reason',
    'Ringde',
  );
  expect([tied.code, tied.stderr]).toEqual([0, '']);
  expect([await openOf(inner, 'H-1'), await openOf(inner, 'H-2')]).toEqual([0n, 75_000n]);
  expect(await balances(inner, 'bureau')).toEqual({ clientFunds: 25_001n, suspense: -25_001n });
  expect(await balances(inner)).toMatchObject({
    clientFunds: 175_000n,
    clientLiability: -175_000n,
    withBureau: 175_000n,
    receivable: 75_000n,
  });
  expect(await inner.violations()).toEqual([]);

  const back = await payment('refund', id, '--town', 'Stenstad', '--who', 'Anna', '--reason', 'Resten är deras');
  expect([back.code, back.stderr]).toEqual([0, '']);
  expect(await inner.rows('select kind, amount, state, planned_by, receiver from payout')).toEqual([
    expect.objectContaining({ kind: 'refund', amount: 25_001n, state: 'planned', planned_by: 'Anna' }),
  ]);
  expect(await suspense(inner)).toEqual([]);
  expect(await inner.violations()).toEqual([]);

  const undone = await payment('undo', id, '--who', 'Bo', '--reason', 'Fel faktura');
  expect([undone.code, undone.stderr]).toEqual([0, '']);
  expect([await openOf(inner, 'H-1'), await openOf(inner, 'H-2')]).toEqual([125_000n, 125_000n]);
  expect(await balances(inner)).toMatchObject({ clientFunds: 175_000n, suspense: -175_000n });
  expect((await suspense(inner)).map(({ client }) => client)).toEqual(['provet']);
  expect(await inner.violations()).toEqual([]);
  expect(await inner.rows('select who, act, reason from audit order by id')).toEqual([
    { who: 'Anna', act: 'payment allocate', reason: 'Ringde' },
    { who: 'Anna', act: 'payment refund', reason: 'Resten är deras' },
    { who: 'Bo', act: 'payment undo', reason: 'Fel faktura' },
  ]);
});

test('what cannot be done is refused with the reason, and a dry run changes nothing', async () => {
  const references = await issue(inner, { Number: 'H-5' });
  await bank(
    inner,
    notification([
      { amount: 125_000n, ocr: references.get('H-5')! },
      { amount: 777n, text: 'Hej' },
    ]),
  );
  const tied = await idOf(125_000n);
  const loose = await idOf(777n);
  const before = await inner.rows('select max(id) as last, count(*) as n from ledger_transaction');

  const nothing = await payment('allocate', tied, '--invoice', 'H-5', '--reason', 'x');
  expect([nothing.code, nothing.stderr]).toEqual([
    1,
    `Payment ${tied}: None of its money is in suspense or a credit: kuvert payment undo unties it first.\n`,
  ]);
  const unknown = await payment('allocate', loose, '--client', 'provet', '--invoice', 'H-99', '--reason', 'x');
  expect([unknown.code, unknown.stderr]).toEqual([1, `Payment ${loose}: Client provet has no invoice H-99 in the ledger.\n`]);
  const settled = await payment('allocate', loose, '--client', 'provet', '--invoice', 'H-5', '--reason', 'x');
  expect(settled.stderr).toBe(`Payment ${loose}: Nothing is open of H-5.\n`);
  expect((await payment('refund', loose, '--town', 'Stenstad', '--reason', 'x')).stderr).toContain('give one with --to');
  expect((await payment('allocate', loose, '--invoice', 'H-5', '--reason', 'x')).code).toBe(2);
  expect((await payment('show', '99999')).code).toBe(2);
  const rehearsed = await payment('undo', tied, '--reason', 'x', '--dry-run');
  expect([rehearsed.code, rehearsed.stdout]).toEqual([0, expect.stringContaining('nothing was changed')]);

  expect(await inner.rows('select max(id) as last, count(*) as n from ledger_transaction')).toEqual(before);
  const shown = JSON.parse((await payment('show', loose, '--json')).stdout) as Record<string, unknown>;
  expect(shown).toMatchObject({ id: loose, suspenseAmount: '7.77', suspense: { reason: 'no-reference' } });
});
