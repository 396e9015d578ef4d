import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { inTransaction } from '#engine/store/database.ts';
import { lockLedgers, withLedger } from '#engine/store/ledger.ts';
import { buildSpool, planSpools } from '#jobs/pipeline/build-spool.ts';
import { bank, notification } from '../payments/bank-house.ts';
import { openRemindedHouse, type RemindedHouse } from './reminded-house.ts';

let house: RemindedHouse;
beforeEach(async () => {
  house = await openRemindedHouse();
  expect(await letters()).toEqual([
    { invoice: 'A-1', document: 'waiting', because: null, step: 'taken' },
    { invoice: 'B-1', document: 'waiting', because: null, step: 'taken' },
  ]);
});
afterEach(() => house.close());

interface LetterRow {
  readonly invoice: string;
  readonly document: string;
  readonly because: string | null;
  readonly step: string;
}

const letters = (): Promise<LetterRow[]> =>
  house.inner.rows(
    `select i.number as invoice, d.state as document, d.withdrawn_because as because, s.state as step
     from demand_step s join document d on d.id = s.document_id join receivable r on r.id = s.receivable_id
       join invoice i on i.id = r.invoice_id order by 1, s.id`,
  );

const openOf = async (invoice: string): Promise<Readonly<Record<string, bigint>>> => {
  const found = await house.inner.rows<{ account: string; amount: bigint }>(
    `select p.account, sum(p.amount)::bigint as amount from posting p join receivable r on r.id = p.receivable_id
       join invoice i on i.id = r.invoice_id where i.number = $1 group by 1 having sum(p.amount) <> 0 order by 1`,
    [invoice],
  );
  return Object.fromEntries(found.map((row) => [row.account, row.amount]));
};

const referenceOf = async (invoice: string): Promise<string> => {
  const [row] = await house.inner.rows<{ reference: string }>(
    'select pr.reference from payment_reference pr join invoice i on i.id = pr.invoice_id where i.number = $1',
    [invoice],
  );
  return row!.reference;
};

const claimed = { receivable: 125_000n, 'receivable:interest': 205n, 'receivable:reminderFee': 6_000n };

test('a payment between selection and release pulls the letter, and takes its fee and interest back (XB9)', async () => {
  expect(await openOf('A-1')).toEqual(claimed);
  const payment = { amount: 125_000n, ocr: await referenceOf('A-1') };
  await bank(house.inner, notification([payment], { date: '2026-09-07' }));
  await house.spoolAll();
  expect(await letters()).toEqual([
    { invoice: 'A-1', document: 'withdrawn', because: 'paid', step: 'withdrawn' },
    { invoice: 'B-1', document: 'released', because: null, step: 'taken' },
  ]);
  expect(await openOf('A-1')).toEqual({});
  expect(await openOf('B-1')).toEqual(claimed);
  expect(
    await house.inner.rows(
      `select t.kind, t.effect_key like 'withdraw:%' as keyed, c.effect_key like 'claim:%' as corrects
       from ledger_transaction t left join ledger_transaction c on c.id = t.corrects where t.kind = 'withdrawal'`,
    ),
  ).toEqual([{ kind: 'withdrawal', keyed: true, corrects: true }]);
  expect(await house.inner.violations()).toEqual([]);
  // What was claimed at the release stays what is compared with the print, whatever is paid later (ID2).
  await house.on('2026-09-15');
  const whole = { amount: 131_205n, ocr: await referenceOf('B-1') };
  await bank(house.inner, notification([whole], { date: '2026-09-15' }));
  expect(await openOf('B-1')).toEqual({});
  expect(await house.inner.violations()).toEqual([]);
});

test('a deferment while the letter lies in a planned job takes it out of the job', async () => {
  const [job] = await planSpools(house.inner.house, 'provet');
  await house.inner.rows(
    `insert into hold (receivable_id, kind, from_date, until_date, reason, placed_by, placed_on, placed_at)
     values ($1, 'deferment', '2026-09-07', '2026-09-30', 'asked for it', 'test', '2026-09-07', $2)`,
    [await house.receivableOf('B-1'), house.inner.house.clock()],
  );
  const built = await buildSpool(house.inner.house, job!);
  expect(built?.pieces.map(({ number }) => number)).toHaveLength(1);
  expect(await letters()).toEqual([
    { invoice: 'A-1', document: 'released', because: null, step: 'taken' },
    { invoice: 'B-1', document: 'withdrawn', because: 'put on hold before release', step: 'withdrawn' },
  ]);
  expect(await openOf('B-1')).toEqual({ receivable: 125_000n });
  expect(await house.inner.violations()).toEqual([]);
});

test('a job of which every letter is pulled back is cancelled, and its number stays used', async () => {
  const [job] = await planSpools(house.inner.house, 'provet');
  await withdraw('A-1', 'B-1');
  expect(await buildSpool(house.inner.house, job!)).toBeNull();
  expect(await house.inner.rows('select state from spool where job_number = $1', [job])).toEqual([{ state: 'cancelled' }]);
  expect(await buildSpool(house.inner.house, job!)).toBeNull();
  expect(await openOf('A-1')).toEqual({ receivable: 125_000n });
  expect(await house.inner.violations()).toEqual([]);
});

const withdraw = (...invoices: readonly string[]): Promise<readonly string[]> =>
  inTransaction(house.inner.house.database, (tx) => house.withdrawPaid(tx, ...invoices));

test('withdrawing again, or what has left the house, does nothing', async () => {
  expect(await withdraw('A-1')).toHaveLength(1);
  expect(await withdraw('A-1')).toEqual([]);
  const [job] = await planSpools(house.inner.house, 'provet');
  await buildSpool(house.inner.house, job!);
  expect(await withdraw('A-1', 'B-1')).toEqual([]);
  expect(await letters()).toMatchObject([{ document: 'withdrawn' }, { document: 'released' }]);
});

test('a letter pulled back while its job is being drawn is not in the job that leaves', async () => {
  const { inner } = house;
  const [job] = await planSpools(inner.house, 'provet');
  const drawing = join(inner.house.home, 'work', 'spool', `J${job}`);
  const building = await inTransaction(inner.house.database, async (tx) => {
    const begun = buildSpool(inner.house, job!);
    while (!existsSync(drawing)) await sleep(1);
    // From here on the job can be drawn but not released, however slow the machine is.
    await lockLedgers(tx, ['provet']);
    expect(await house.withdrawPaid(tx, 'A-1')).toHaveLength(1);
    return { begun };
  });
  const built = await building.begun;
  expect(built?.pieces).toHaveLength(1);
  expect(await letters()).toMatchObject([
    { invoice: 'A-1', document: 'withdrawn' },
    { invoice: 'B-1', document: 'released' },
  ]);
  expect(await inner.violations()).toEqual([]);
});

test('money booked on a demand by nobody who thought of the letter is seen at release', async () => {
  const { inner } = house;
  const [job] = await planSpools(inner.house, 'provet');
  const receivable = await house.receivableOf('A-1');
  await inTransaction(inner.house.database, async (tx) => {
    const currency = 'SEK' as const;
    const postings = [
      { account: 'loss', amount: 5_000n, currency },
      { account: 'receivable', amount: -5_000n, currency, receivable },
    ] as const;
    const written = { kind: 'write-off', effectKey: 'write-off:test', entryDate: isoDate('2026-09-07'), postings } as const;
    await withLedger(tx, { client: 'provet', at: inner.house.clock() }, (ledger) => ledger.book([written]));
  });
  await buildSpool(inner.house, job!);
  expect(await letters()).toMatchObject([
    { invoice: 'A-1', document: 'withdrawn', because: 'the amount changed before release' },
    { invoice: 'B-1', document: 'released' },
  ]);
  expect(await openOf('A-1')).toEqual({ receivable: 120_000n });
});

test('a demand that lacks an item the law asks for is not printed, and what it claimed is taken back (X-05)', async () => {
  const { inner } = house;
  await inner.rows(
    `update document set content = jsonb_set(content::jsonb, '{claims,0,ground}', '""')::json
     where id = (select s.document_id from demand_step s where s.receivable_id = $1)`,
    [await house.receivableOf('A-1')],
  );
  await house.spoolAll();
  expect(await letters()).toMatchObject([
    {
      invoice: 'A-1',
      document: 'withdrawn',
      because: expect.stringMatching(/^cannot be printed: X-05: the ground/),
      step: 'withdrawn',
    },
    { invoice: 'B-1', document: 'released' },
  ]);
  expect(await openOf('A-1')).toEqual({ receivable: 125_000n });
  expect(await inner.violations()).toEqual([]);
  const status = await house.kuvert('status');
  expect(status.stdout).toMatch(/refused letter +provet reminder \d+ +cannot be printed: X-05/);
});
