import { afterEach, expect, test } from 'vitest';
import { handoverTerms, openRunHouse, type RunHouse } from './run-house.ts';

let house: RunHouse;
afterEach(() => house.close());

test('a timetable that ends in a write-off gives the claim up, and the agency that has it is told', async () => {
  house = await openRunHouse(handoverTerms, {
    changes: {
      'policies/se-consumer-handover.yaml': (text) => text.replace('document: assessment', 'document: write-off'),
    },
  });
  await house.on('2026-08-03');
  await house.invoices({ Number: 'W-1', Issued: '2026-08-03', Due: '2026-09-01', Debtor: 'D1', Name: 'Påhittad Persson' });
  await house.posted('2026-08-04');
  for (const [kind, day] of [
    ['reminder', '2026-09-07'],
    ['collection', '2026-09-22'],
    // Ten days from the hand-over are Friday 2 October; two bank days of grace end on Tuesday the 6th.
    ['collection', '2026-10-07'],
  ] as const) {
    await house.on(day);
    const ran = await house.kuvert('run', kind, '--date', day, '--client', 'provet');
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 });
    await house.posted(day);
  }
  // 1250.00, the fee of 60.00, and interest of six days to the reminder: 1250.00 × 10 % × 6 ÷ 365 = 2.05.
  expect(
    await house.inner.rows(
      `select p.account, p.amount from posting p join ledger_transaction t on t.id = p.transaction_id where t.kind = 'write-off' order by 1`,
    ),
  ).toEqual([
    { account: 'loss', amount: 131_205n },
    { account: 'receivable', amount: -125_000n },
    { account: 'receivable:interest', amount: -205n },
    { account: 'receivable:reminderFee', amount: -6_000n },
  ]);
  expect(await house.inner.rows('select kind, amount, on_date from collection_change')).toEqual([
    { kind: 'correction', amount: 131_205n, on_date: '2026-10-07' },
  ]);
  expect(await house.inner.violations()).toEqual([]);
});
