import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { inTransaction } from '#engine/store/database.ts';
import { bookTransactions, lockLedger } from '#engine/store/ledger.ts';
import { withdrawLetters } from '#engine/store/withdraw-letters.ts';
import { buildSpool, planSpools } from '#jobs/pipeline/build-spool.ts';
import { bank, notification } from '../payments/bank-house.ts';
import { consumerTerms, openRunHouse, type RunHouse } from '../runs/run-house.ts';

/** No bank sends files here, so the gate is opened by name. */
const reminderRun = 'run reminder --date 2026-09-07 --client provet --override --who Testaren --reason none'.split(' ');

/**
 * Two invoices of two debtors, due on 1 September 2026, reminded on the 7th with 60 kronor each and six days' interest at 10 %:
 * 1 250,00 × 0,10 × 6 / 365 = 2,05.
 */
let house: RunHouse;
beforeEach(async () => {
  // Letters wait for a cut-off: between the selection by a run and the release of its letters there is a day.
  house = await openRunHouse(consumerTerms, { printing: false });
  await house.on('2026-08-03');
  await house.invoices(
    { Number: 'A-1', Issued: '2026-08-03', Due: '2026-09-01' },
    { Number: 'B-1', Issued: '2026-08-03', Due: '2026-09-01', Debtor: 'D2' },
  );
  await spoolAll();
  await house.posted('2026-08-04');
  await house.on('2026-09-07');
  const ran = await house.kuvert(...reminderRun);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(await letters()).toEqual([
    { invoice: 'A-1', document: 'waiting', because: null, step: 'taken' },
    { invoice: 'B-1', document: 'waiting', because: null, step: 'taken' },
  ]);
});
afterEach(() => house.close());

/** As at the cut-off. */
async function spoolAll(): Promise<void> {
  for (const job of await planSpools(house.inner.house, 'provet')) await buildSpool(house.inner.house, job);
}

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

const receivableOf = async (invoice: string): Promise<bigint> => {
  const [row] = await house.inner.rows<{ id: bigint }>(
    'select r.id from receivable r join invoice i on i.id = r.invoice_id where i.number = $1',
    [invoice],
  );
  return row!.id;
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
  await spoolAll();
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
    [await receivableOf('B-1'), house.inner.house.clock()],
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
  await withdraw(['A-1', 'B-1']);
  expect(await buildSpool(house.inner.house, job!)).toBeNull();
  expect(await house.inner.rows('select state from spool where job_number = $1', [job])).toEqual([{ state: 'cancelled' }]);
  expect(await buildSpool(house.inner.house, job!)).toBeNull();
  expect(await openOf('A-1')).toEqual({ receivable: 125_000n });
  expect(await house.inner.violations()).toEqual([]);
});

const withdraw = async (invoices: readonly string[]): Promise<readonly string[]> => {
  const receivables = await Promise.all(invoices.map(receivableOf));
  const facts = { client: 'provet', receivables, because: 'paid', on: isoDate('2026-09-07'), at: house.inner.house.clock() };
  const { documents } = await inTransaction(house.inner.house.database, (transaction) => withdrawLetters(transaction, facts));
  return documents;
};

test('withdrawing again, or what has left the house, does nothing', async () => {
  expect(await withdraw(['A-1'])).toHaveLength(1);
  expect(await withdraw(['A-1'])).toEqual([]);
  const [job] = await planSpools(house.inner.house, 'provet');
  await buildSpool(house.inner.house, job!);
  expect(await withdraw(['A-1', 'B-1'])).toEqual([]);
  expect(await letters()).toMatchObject([{ document: 'withdrawn' }, { document: 'released' }]);
});

test('a letter pulled back while its job is being drawn is not in the job that leaves', async () => {
  const { inner } = house;
  const [job] = await planSpools(inner.house, 'provet');
  const drawing = join(inner.house.home, 'work', 'spool', `J${job}`);
  const facts = { client: 'provet', receivables: [await receivableOf('A-1')], because: 'paid', on: isoDate('2026-09-07') };
  const building = await inTransaction(inner.house.database, async (transaction) => {
    const begun = buildSpool(inner.house, job!);
    while (!existsSync(drawing)) await sleep(1);
    // From here on the job can be drawn but not released, however slow the machine is.
    await lockLedger(transaction, 'provet');
    const { documents } = await withdrawLetters(transaction, { ...facts, at: inner.house.clock() });
    expect(documents).toHaveLength(1);
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
  const receivable = await receivableOf('A-1');
  await inTransaction(inner.house.database, async (transaction) => {
    const head = await lockLedger(transaction, 'provet');
    const currency = 'SEK' as const;
    const postings = [
      { account: 'loss', amount: 5_000n, currency },
      { account: 'receivable', amount: -5_000n, currency, receivable },
    ] as const;
    const written = { kind: 'write-off', effectKey: 'write-off:test', entryDate: isoDate('2026-09-07'), postings } as const;
    await bookTransactions(transaction, { client: 'provet', head, at: inner.house.clock() }, [
      { transaction: written, invoice: null, receivable: null },
    ]);
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
    [await receivableOf('A-1')],
  );
  await spoolAll();
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
