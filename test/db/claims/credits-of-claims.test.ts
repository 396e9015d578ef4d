import { afterAll, beforeAll, expect, test } from 'vitest';
import { consumerTerms } from '../runs/run-house.ts';
import { openClaimHouse, type ClaimHouse } from './claim-house.ts';

/**
 * Four consumers with an invoice each, due on 30 September 2026; on 30 October each gets a reminder with the agreed fee of 60.00 and 30 days
 * of interest at 10 % (reference rate 2, and 8): 1250 × 10 % × 30 ÷ 365 = 10.274.
 */
let house: ClaimHouse;
beforeAll(async () => {
  house = await openClaimHouse(consumerTerms, { printing: true });
  await house.on('2026-08-31');
  const overdue = { Issued: '2026-08-31', Due: '2026-09-30' } as const;
  await house.invoices(
    { Number: 'H-1', Debtor: 'D1', ...overdue },
    { Number: 'I-1', Debtor: 'D2', ...overdue },
    { Number: 'J-1', Debtor: 'D3', ...overdue },
    { Number: 'K-1', Debtor: 'D4', ...overdue },
  );
  await house.inner.rows(`update document set dispatched_on = '2026-08-31'`);
  await house.remind('2026-10-30');
  await house.on('2026-11-20');
});
afterAll(() => house.close());

const part = { Kind: 'C', Issued: '2026-11-20', Price: '400,00', Payable: '500,00' } as const;

test('a credit of a part: interest on the rest only, the fee stands', async () => {
  await house.invoices({ Number: 'H-2', Debtor: 'D1', Credits: 'H-1', ...part });
  // 750 × 10 % × 30 ÷ 365 = 6.164: 4.11 of the 10.27 is not owed.
  expect(await house.page('H-1')).toEqual([
    '2026-08-31 issue      H-1 receivable  1250.00',
    '2026-10-30 claim      H-1 receivable:interest  10.27',
    '2026-10-30 claim      H-1 receivable:reminderFee  60.00',
    '2026-11-20 allocation H-1 receivable -500.00',
    '2026-11-20 withdrawal H-1 receivable:interest -4.11',
  ]);
});

test('a credit of the whole: fee and interest are waived', async () => {
  await house.invoices({ Number: 'I-2', Debtor: 'D2', Kind: 'C', Credits: 'I-1', Issued: '2026-11-20' });
  expect(await house.total('I-1')).toBe('0.00');
});

test('what was paid of interest that is not owed goes to what is still open', async () => {
  // Costs, interest, principal: 60.00, 10.27 and 29.73.
  await house.act('paid', 'J-1', '--date', '2026-11-02', '--amount', '100.00');
  expect((await house.page('J-1')).slice(-3)).toEqual([
    '2026-11-20 payment    J-1 receivable:reminderFee -60.00',
    '2026-11-20 payment    J-1 receivable:interest -10.27',
    '2026-11-20 payment    J-1 receivable -29.73',
  ]);
  await house.invoices({ Number: 'J-2', Debtor: 'D3', Credits: 'J-1', ...part });
  expect((await house.page('J-1')).slice(-4)).toEqual([
    '2026-11-20 allocation J-1 receivable -500.00',
    '2026-11-20 withdrawal J-1 receivable:interest -4.11',
    '2026-11-20 withdrawal J-1 receivable:interest  4.11',
    '2026-11-20 withdrawal J-1 receivable -4.11',
  ]);
  expect(await house.open('J-1')).toBe('716.16');
});

test('a claim that the agency has: it is told, a case at a time', async () => {
  await house.inner.rows(
    `insert into collection_case (client_id, number, receivable_id, run_id, opened_on, state)
     select 'provet', 1, r.id, (select min(id) from run), '2026-11-10', 'sent' from receivable r join invoice i on i.id = r.invoice_id
     where i.number = 'K-1'`,
  );
  await house.invoices({ Number: 'K-2', Debtor: 'D4', Credits: 'K-1', ...part });
  expect(await house.inner.rows('select kind, amount, on_date from collection_change order by id')).toEqual([
    { kind: 'credit', amount: 50_000n, on_date: '2026-11-20' },
    { kind: 'credit', amount: 411n, on_date: '2026-11-20' },
  ]);
});

test('an objection to the fee that is accepted takes the fee back and leaves the rest', async () => {
  await house.act('dispute', 'H-1', '--category', 'FEE');
  await house.act('release', 'H-1', '--outcome', 'accepted');
  expect((await house.page('H-1')).at(-1)).toBe('2026-11-20 withdrawal H-1 receivable:reminderFee -60.00');
  expect(await house.total('H-1')).toBe('756.16');
});

test('a deferment cannot precede the date that a letter gave (F51)', async () => {
  await house.on('2026-11-01');
  const [step] = await house.inner.rows<{ deadline: string }>('select max(deadline) as deadline from demand_step');
  const before = await house.run('invoice', 'defer', 'K-1', '--client', 'provet', '--reason', 'prov', '--until', '2026-11-05');
  expect(before).toMatchObject({ code: 1, stdout: expect.stringContaining('CTL-BEFORE-DEADLINE') as string });
  expect(before.stdout).toContain(step?.deadline);
  await house.act('defer', 'K-1', '--until', '2026-11-30');
});
