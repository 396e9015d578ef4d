import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dateInZone, isoDate } from '#engine/iso-date.ts';
import { runOnSchedule } from '#jobs/runs/execute-run.ts';
import { consumerTerms, openRunHouse, type RunHouse } from './run-house.ts';

const going = (): AbortSignal => new AbortController().signal;
const datesOf = ({ inner }: RunHouse) =>
  inner.rows<{ readonly business_date: string; readonly trigger: string }>(
    `select business_date, trigger from run where client_id = 'provet' order by business_date`,
  );

/** A house whose daemon fires its reminder schedule at an instant. */
async function fire(house: RunHouse, instant: string): Promise<void> {
  await house.inner.reopen(new Date(instant));
  await runOnSchedule(house.inner.house, 'reminder', going());
}

describe('the clock (XM1–XM3)', () => {
  let house: RunHouse;
  beforeAll(async () => {
    house = await openRunHouse(consumerTerms, { printing: false });
  });
  afterAll(() => house.close());

  test('runs are keyed by the bureau’s business date, whatever the clock does', async () => {
    await fire(house, '2026-09-07T07:00:00Z');
    // An hour back, an hour forth, again: one run.
    await fire(house, '2026-09-07T06:00:00Z');
    await fire(house, '2026-09-07T08:00:00Z');
    expect(await datesOf(house)).toEqual([{ business_date: '2026-09-07', trigger: 'schedule' }]);
    // A day forth makes the next day's run; a day back finds the one it made before.
    await fire(house, '2026-09-08T07:00:00Z');
    await fire(house, '2026-09-07T07:00:00Z');
    expect((await datesOf(house)).map((row) => row.business_date)).toEqual(['2026-09-07', '2026-09-08']);
  });

  test('a weekend has no run, and nothing is missing after it', async () => {
    for (const day of ['2026-09-09', '2026-09-10', '2026-09-11', '2026-09-12', '2026-09-13', '2026-09-14'])
      await fire(house, `${day}T07:00:00Z`);
    expect((await datesOf(house)).map((row) => row.business_date)).toEqual([
      '2026-09-07',
      '2026-09-08',
      '2026-09-09',
      '2026-09-10',
      '2026-09-11',
      '2026-09-14',
    ]);
  });

  test('month end and the turn of the year: every bank day once, what was missed in order', async () => {
    await fire(house, '2026-09-30T07:00:00Z');
    expect((await datesOf(house)).filter((row) => row.business_date > '2026-09-14')).toEqual([
      ...[
        '2026-09-15',
        '2026-09-16',
        '2026-09-17',
        '2026-09-18',
        '2026-09-21',
        '2026-09-22',
        '2026-09-23',
        '2026-09-24',
        '2026-09-25',
        '2026-09-28',
        '2026-09-29',
      ].map((business_date) => ({ business_date, trigger: 'catch-up' })),
      { business_date: '2026-09-30', trigger: 'schedule' },
    ]);
  });

  test('the daemon’s missing dates are a report (IR1)', async () => {
    await house.on('2026-10-02');
    const listed = JSON.parse(
      (await house.kuvert('run', 'list', '--missing', '--client', 'provet', '--json')).stdout,
    ) as readonly unknown[];
    expect(listed).toEqual([
      { kind: 'reminder', client: 'provet', date: '2026-10-01' },
      { kind: 'reminder', client: 'provet', date: '2026-10-02' },
    ]);
    expect((await house.kuvert('status')).stdout).toMatch(/Missing runs[\s\S]*provet\s+reminder\s+2026-10-01/);
  });
});

describe('summer time (XM2)', () => {
  /** Nine o'clock in Stockholm before, on and after the days the clocks change, and what the date is there just before midnight. */
  test.each([
    ['2026-03-28T08:00:00Z', '2026-03-28'],
    ['2026-03-29T07:00:00Z', '2026-03-29'],
    ['2026-03-30T07:00:00Z', '2026-03-30'],
    ['2026-10-25T08:00:00Z', '2026-10-25'],
    ['2026-10-26T08:00:00Z', '2026-10-26'],
    // The hour that comes twice, and the one that never comes.
    ['2026-10-25T00:30:00Z', '2026-10-25'],
    ['2026-10-25T01:30:00Z', '2026-10-25'],
    ['2026-03-29T00:59:59Z', '2026-03-29'],
    ['2026-03-29T01:00:00Z', '2026-03-29'],
    ['2026-07-01T21:59:59Z', '2026-07-01'],
    ['2026-07-01T22:00:00Z', '2026-07-02'],
    ['2026-12-31T22:59:59Z', '2026-12-31'],
    ['2026-12-31T23:00:00Z', '2027-01-01'],
    ['2028-02-28T23:00:00Z', '2028-02-29'],
  ])('%s is %s for the bureau', (instant, expected) =>
    expect(dateInZone(new Date(instant), 'Europe/Stockholm')).toBe(isoDate(expected)),
  );
});

describe('what happened while the house was down', () => {
  let house: RunHouse;
  beforeAll(async () => {
    house = await openRunHouse(consumerTerms);
    await house.on('2026-08-03');
    await house.invoices(
      { Number: 'P-1', Issued: '2026-08-03', Due: '2026-09-01', Debtor: 'D1' },
      { Number: 'P-2', Issued: '2026-08-03', Due: '2026-09-01', Debtor: 'D2', Name: 'Låtsas Andersson' },
      { Number: 'P-3', Issued: '2026-08-03', Due: '2026-09-01', Debtor: 'D3', Name: 'Påhittad Persson' },
    );
    await house.posted('2026-08-04');
    await fire(house, '2026-09-04T07:00:00Z');
    await house.on('2026-09-09');
    for (const words of [
      ['write-off', 'P-1'],
      ['hold', 'P-2', '--cause', 'deceased'],
    ]) {
      const done = await house.kuvert(
        'invoice',
        ...words,
        '--client',
        'provet',
        '--who',
        'Anna',
        '--reason',
        'while it was down',
      );
      expect(done, done.stdout + done.stderr).toMatchObject({ code: 0 });
    }
    await fire(house, '2026-09-10T07:00:00Z');
  });
  afterAll(() => house.close());

  test('is never demanded, though it was owed on the date that is made up for', async () => {
    const steps = await house.inner.rows(
      `select i.number, s.business_date, s.deadline from demand_step s join receivable r on r.id = s.receivable_id join invoice i on i.id = r.invoice_id`,
    );
    expect(steps).toEqual([{ number: 'P-3', business_date: '2026-09-07', deadline: '2026-09-21' }]);
  });

  test.each([
    ['P-1', '2026-09-07', 'settled-since'],
    ['P-2', '2026-09-07', 'held-since'],
    ['P-2', '2026-09-09', 'held'],
    ['P-3', '2026-09-04', 'awaits-date'],
  ])('and explain says why of %s on %s', async (invoice, date, rule) => {
    const answer = JSON.parse(
      (await house.kuvert('explain', invoice, '--client', 'provet', '--date', date, '--json')).stdout,
    ) as {
      readonly answers: readonly { readonly rule: string }[];
    };
    expect(answer.answers.map((item) => item.rule)).toEqual([rule]);
  });

  test('explain tells the chain of reasons of a demand from stored facts, by table and by JSON', async () => {
    const shown = await house.kuvert('explain', 'P-3', '--client', 'provet', '--date', '2026-09-07');
    expect(shown.stdout).toMatch(/Demanded: reminder \(reminder, run \d+\)/);
    expect(shown.stdout).toContain('reminder fee agreed in advance (amount 60.00)');
    expect(shown.stdout).toContain('new date to pay (deadline 2026-09-21, dispatch 2026-09-10, days 11)');
    expect((await house.kuvert('explain', 'P-9', '--client', 'provet')).code).toBe(1);
    expect((await house.kuvert('explain', 'P-3', '--client', 'provet', '--date', 'soon')).code).toBe(2);
  });

  test('breaks no invariant', async () => expect(await house.inner.violations()).toEqual([]));
});
