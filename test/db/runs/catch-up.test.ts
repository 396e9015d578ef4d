import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { executeRun, runKind } from '#jobs/runs/execute-run.ts';
import { bankFilesFrom, consumerTerms, openRunHouse, type RunHouse, type RunHouseOptions } from './run-house.ts';

/** Invoices due on 1, 2 and 3 September 2026 (Tuesday to Thursday): their reminders fall on Monday 7 and Tuesday 8 September. */
const rows = [
  { Number: 'A-1', Issued: '2026-08-03', Due: '2026-09-01', Debtor: 'D1' },
  { Number: 'A-2', Issued: '2026-08-03', Due: '2026-09-03', Debtor: 'D1' },
  { Number: 'B-1', Issued: '2026-08-03', Due: '2026-09-02', Debtor: 'D2', Name: 'Låtsas Andersson' },
  { Number: 'C-1', Issued: '2026-08-03', Due: '2026-09-04', Debtor: 'D3', Name: 'Påhittad Persson' },
];
const DAYS = ['2026-09-07', '2026-09-08', '2026-09-09', '2026-09-10'];

async function openWithInvoices(options: RunHouseOptions = {}): Promise<RunHouse> {
  const house = await openRunHouse(consumerTerms, options);
  await house.on('2026-08-03');
  await house.invoices(...rows);
  await house.posted('2026-08-04');
  await house.on('2026-09-04');
  await runReminders(house, '2026-09-04');
  return house;
}

async function runReminders(house: RunHouse, date: string): Promise<void> {
  const ran = await house.kuvert('run', 'reminder', '--date', date, '--client', 'provet');
  expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 });
}

type Row = Readonly<Record<string, unknown>>;

/** What was done on which date to which invoice, and what it claimed; terms apart, since they count from the letter's own day. */
const stepsOf = ({ inner }: RunHouse) =>
  inner.rows<Row>(
    `select s.business_date, i.number, s.level, s.kind, s.interest, s.reminder_fee, s.principal from demand_step s
       join receivable r on r.id = s.receivable_id join invoice i on i.id = r.invoice_id order by 1, 2`,
  );
const runsOf = ({ inner }: RunHouse) =>
  inner.rows<Row>(`select kind, business_date, steps, skips, totals from run order by business_date, id`);
const lettersOf = ({ inner }: RunHouse) =>
  inner.rows<{ readonly claims: string; readonly deadline: string }>(
    `select string_agg(c ->> 'invoiceNumber', ' ') as claims, d.content ->> 'deadline' as deadline
     from document d, json_array_elements(d.content -> 'claims') as c where d.kind = 'reminder' group by d.id order by 1`,
  );

describe('a house that was down for three bank days (XM4, acceptance 5)', () => {
  let daily: RunHouse;
  let late: RunHouse;
  beforeAll(async () => {
    daily = await openWithInvoices();
    for (const day of DAYS) {
      await daily.on(day);
      await runReminders(daily, day);
    }
    late = await openWithInvoices();
    await late.on('2026-09-10');
    await runReminders(late, '2026-09-10');
  }, 60_000);
  afterAll(() => Promise.all([daily.close(), late.close()]));

  test('makes up for each date in order: the same runs, steps, interest and fees as day by day', async () => {
    const steps = await stepsOf(daily);
    expect(steps.length).toBe(4);
    // But the reminder of A-2 is now one letter with that of A-1, and a letter costs its fee once (G06; 1981:739 4 §).
    const spared = ({ number }: Row) => number === 'A-2';
    expect(await stepsOf(late)).toEqual(steps.map((step) => (spared(step) ? { ...step, reminder_fee: 0n } : step)));
    const [without, all] = [{ reminderFee: '0.00' }, { reminderFee: '60.00' }];
    const runs = await runsOf(daily);
    const ofTuesday = runs.filter(({ business_date: date }) => date === '2026-09-08');
    expect(ofTuesday).toMatchObject([{ steps: 1, totals: all }]);
    expect(await runsOf(late)).toEqual(
      runs.map((run) => (ofTuesday.includes(run) ? { ...run, totals: { ...(run['totals'] as Row), ...without } } : run)),
    );
  });

  test('sends a debtor one letter for what day by day were two, and shortens no term', async () => {
    expect(await lettersOf(daily)).toEqual([
      { claims: 'A-1', deadline: '2026-09-17' },
      { claims: 'A-2', deadline: '2026-09-18' },
      { claims: 'B-1', deadline: '2026-09-17' },
      { claims: 'C-1', deadline: '2026-09-21' },
    ]);
    // Ten days from Thursday the 10th are Sunday the 20th, moved to Monday.
    expect(await lettersOf(late)).toEqual([
      { claims: 'A-1 A-2', deadline: '2026-09-21' },
      { claims: 'B-1', deadline: '2026-09-21' },
      { claims: 'C-1', deadline: '2026-09-21' },
    ]);
  });

  test('gives the letter of two invoices a payment reference of its own', async () => {
    const given = await late.inner.rows<{ readonly claims: bigint; readonly own: boolean }>(
      `select json_array_length(d.content -> 'claims')::bigint as claims,
         exists (select from payment_reference p where p.document_id = d.id and p.reference = d.content ->> 'paymentReference') as own
       from document d where d.kind = 'reminder' order by 1 desc limit 2`,
    );
    expect(given).toEqual([
      { claims: 2n, own: true },
      { claims: 1n, own: false },
    ]);
  });

  test('breaks no invariant either way', async () => {
    expect(await daily.inner.violations()).toEqual([]);
    expect(await late.inner.violations()).toEqual([]);
  });
});

describe('one run, whoever starts it', () => {
  let house: RunHouse;
  beforeAll(async () => {
    house = await openWithInvoices({ printing: false });
    await house.on('2026-09-07');
  });
  afterAll(() => house.close());

  test('schedule and command at once make one run (XT3)', async () => {
    const order = { kind: runKind('reminder'), client: 'provet', businessDate: isoDate('2026-09-07') };
    const outcomes = await Promise.all([
      executeRun(house.inner.house, { ...order, trigger: 'schedule', who: 'schedule' }),
      executeRun(house.inner.house, { ...order, trigger: 'command', who: 'anna' }),
      executeRun(house.inner.house, { ...order, trigger: 'schedule', who: 'schedule' }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['already-done', 'already-done', 'applied']);
    const steps = await stepsOf(house);
    // A-2 has its fifth day on Tuesday the 8th.
    expect(steps.map(({ number }) => number)).toEqual(['A-1', 'B-1']);
  });

  test('and a command afterwards says so and does nothing', async () => {
    const again = await house.kuvert('run', 'reminder', '--date', '2026-09-07', '--client', 'provet');
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toContain('was made before');
    expect(await stepsOf(house)).toHaveLength(2);
  });

  test('is undone while its letters are in the house, and may be made again (XA5)', async () => {
    const [run] = await house.inner.rows<{ readonly id: bigint }>(`select id from run where business_date = '2026-09-07'`);
    const open = () =>
      house.inner.rows(
        `select account, sum(amount)::bigint as amount from posting where account like 'receivable%' group by 1 having sum(amount) <> 0 order by 1`,
      );
    const undone = await house.kuvert('run', 'undo', String(run?.id), '--who', 'Bea', '--reason', 'wrong day');
    expect(undone, undone.stderr).toMatchObject({ code: 0 });
    expect(undone.stdout).toContain('2 letters and 2 steps taken back');
    // The invoices were said to be posted without having left: the letters of this house wait for a cut-off.
    expect((await house.inner.violations()).filter((violation) => !violation.startsWith('ID4'))).toEqual([]);
    expect(await open()).toEqual([{ account: 'receivable', amount: 5000_00n }]);
    const again = await house.kuvert('run', 'reminder', '--date', '2026-09-07', '--client', 'provet');
    expect(again.stdout).toContain('2 steps');
    const acts = await house.inner.rows(`select who, act, reason from audit where act = 'run undo'`);
    expect(acts).toEqual([{ who: 'Bea', act: 'run undo', reason: 'wrong day' }]);
    expect((await house.kuvert('run', 'undo', String(run?.id), '--who', 'Bea', '--reason', 'again')).code).toBe(1);
  });

  test('is refused when its letters have left', async () => {
    const [run] = await house.inner.rows<{ readonly id: bigint }>(
      `select id from run where state = 'applied' and business_date = '2026-09-07'`,
    );
    await house.inner.rows(
      `update document set state = 'released', released_at = now() where kind = 'reminder' and state = 'waiting'`,
    );
    const refused = await house.kuvert('run', 'undo', String(run?.id), '--who', 'Bea', '--reason', 'too late');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stdout).toContain('have left the house');
  });
});

describe('a run that may not be', () => {
  let house: RunHouse;
  beforeAll(async () => {
    house = await openRunHouse(consumerTerms, { changes: { 'bank-accounts.yaml': bankFilesFrom('2026-09-03') } });
    await house.on('2026-08-03');
    await house.invoices(...rows);
    await house.posted('2026-08-04');
    await house.on('2026-09-07');
  });
  afterAll(() => house.close());

  test.each([
    ['on a Saturday', '2026-09-05', /not-a-bank-day/],
    ['on a closed day, Midsummer Eve', '2026-06-19', /not-a-bank-day/],
    ['in the future', '2026-09-08', /in-the-future/],
    ['before the bank’s files are in', '2026-09-07', /no notification of account klientmedel for 2026-09-03 has come/],
  ])('%s is refused with its reason', async (_name, date, expected) => {
    const ran = await house.kuvert('run', 'reminder', '--date', date, '--client', 'provet');
    expect(ran.stdout).toMatch(expected);
  });

  test('leaves no trace when it is refused', async () => {
    expect(await runsOf(house)).toEqual([]);
  });

  test('goes on when a person opens the gate by name and reason, and says so for ever', async () => {
    expect((await house.kuvert('run', 'reminder', '--override', '--client', 'provet')).code).toBe(2);
    const ran = await house.kuvert(
      'run',
      'reminder',
      '--client',
      'provet',
      '--override',
      '--who',
      'Cilla',
      '--reason',
      'the bank is down',
    );
    expect(ran, ran.stdout).toMatchObject({ code: 0 });
    expect(await house.inner.rows('select override_by, override_reason from run')).toEqual([
      { override_by: 'Cilla', override_reason: 'the bank is down' },
    ]);
    expect(await house.inner.rows(`select who, reason from audit where act = 'run gate override'`)).toEqual([
      { who: 'Cilla', reason: 'the bank is down' },
    ]);
    const [{ id } = { id: 0n }] = await house.inner.rows<{ readonly id: bigint }>('select id from run');
    expect((await house.kuvert('run', 'show', String(id))).stdout).toContain(
      'The gate was overridden by Cilla: the bank is down',
    );
  });

  test('is shown by a dry run on any date, without a trace', async () => {
    const before = await runsOf(house);
    const shown = await house.kuvert('run', 'reminder', '--date', '2026-09-09', '--client', 'provet', '--dry-run');
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.stdout).toContain('reminder to 2026-09-21');
    expect(await runsOf(house)).toEqual(before);
  });
});
