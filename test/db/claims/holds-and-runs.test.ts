import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consumerTerms } from '../runs/run-house.ts';
import type { TrialRow } from '../../house/trial-csv.ts';
import { openClaimHouse, type ClaimHouse } from './claim-house.ts';

/** 1,250.00 due on Friday 2 October 2026, each of a debtor of its own; sent by the client itself. */
const due = (number: string): TrialRow => ({
  Number: number,
  Debtor: number,
  Mode: 'monitor-only',
  Issued: '2026-09-01',
  Due: '2026-10-02',
});

/** A letter of an invoice: its day, the principal it demands, and whether it was pulled back. */
const lettersOf = async (house: ClaimHouse, invoice: string): Promise<readonly string[]> => {
  const rows = await house.inner.rows<{ business_date: string; principal: bigint; because: string | null }>(
    `select s.business_date, s.principal, s.withdrawn_because as because from demand_step s join receivable r on r.id = s.receivable_id
       join invoice i on i.id = r.invoice_id where i.number = $1 order by s.id`,
    [invoice],
  );
  return rows.map((row) => `${row.business_date} ${row.principal}${row.because === null ? '' : ` ${row.because}`}`);
};

describe('under the policy se-consumer, a reminder on the fifth day after the due date', () => {
  let house: ClaimHouse;
  beforeAll(async () => {
    house = await openClaimHouse(consumerTerms);
    await house.on('2026-09-01');
    const invoices = ['FREE', 'DEFERRED', 'PROMISED', 'BLOCKED', 'PART', 'WHOLE', 'FEE'];
    await house.invoices(...invoices.map(due));
    await house.act('defer', 'DEFERRED', '--until', '2026-10-30');
    await house.act('promise', 'PROMISED', '--until', '2026-10-14');
    await house.act('hold', 'BLOCKED', '--cause', 'deceased');
    await house.act('dispute', 'PART', '--amount', '400', '--category', 'PRICE');
    await house.act('dispute', 'WHOLE', '--category', 'NOT_ORDERED');
    await house.act('dispute', 'FEE', '--category', 'FEE');
    for (const day of ['2026-10-06', '2026-10-07', '2026-10-14']) await house.remind(day);
    await house.on('2026-10-15');
    await house.act('release', 'BLOCKED');
    await house.act('release', 'WHOLE', '--outcome', 'rejected');
    for (const day of ['2026-10-16', '2026-10-19', '2026-10-30', '2026-11-03', '2026-11-04']) await house.remind(day);
  });
  afterAll(() => house.close());

  test.each([
    ['FREE', ['2026-10-07 125000'], 'nothing holds it: on Wednesday 7 October'],
    ['DEFERRED', ['2026-11-04 125000'], 'to 30 October, and then the same five days (F51)'],
    ['PROMISED', ['2026-10-15 125000'], 'by 14 October: on the day after'],
    ['BLOCKED', ['2026-10-15 125000'], 'released on 15 October before that day’s run'],
    ['PART', ['2026-10-07 85000'], '400 of 1,250 disputed: 850 is demanded (F50)'],
    ['FEE', ['2026-10-07 125000'], 'only the fee is disputed: the principal goes on (§11)'],
    ['WHOLE', ['2026-10-20 125000'], 'rejected on 15 October: the schedule resumes with a new term (F50)'],
  ])('%s %j: %s', async (invoice, letters) => {
    expect(await lettersOf(house, invoice)).toEqual(letters);
  });

  test('an objection is a task for the client with fourteen days to answer, done when it is answered', async () => {
    const tasks = await house.inner.rows<{ subject: string; due_on: string; done: boolean }>(
      `select split_part(subject, ' ', 1) as subject, due_on, done_at is not null as done from task where kind = 'dispute' order by 1`,
    );
    expect(tasks).toEqual([
      { subject: 'FEE', due_on: '2026-09-15', done: false },
      { subject: 'PART', due_on: '2026-09-15', done: false },
      { subject: 'WHOLE', due_on: '2026-09-15', done: true },
    ]);
  });

  test('what the client has accepted is not demanded while its credit note is on its way, and ends with it', async () => {
    await house.act('release', 'PART', '--outcome', 'accepted');
    const shown = await house.run('invoice', 'show', 'PART', '--client', 'provet');
    expect(shown.stdout).toContain('400.00 of the principal is disputed and not demanded');
    await house.act('credit', 'PART', '--amount', '400.00');
    expect(await house.holds('PART')).toEqual(['dispute PRICE 400.00 accepted', 'block credit-expected 400.00 released']);
    expect(await house.open('PART')).toBe('850.00');
  });

  test('every invariant holds after all that', async () => {
    expect(await house.inner.violations()).toEqual([]);
  });
});

describe('a letter that is still in the house is pulled back, and its fee with it (F57)', () => {
  let house: ClaimHouse;
  const cases = [
    ['defer', ['--until', '2026-12-31'], 'deferred', '1250.00'],
    ['dispute', ['--category', 'DEFECT'], 'disputed', '1250.00'],
    ['hold', ['--cause', 'bankrupt'], 'blocked', '1250.00'],
    ['promise', ['--until', '2026-12-31'], 'promised', '1250.00'],
    ['credit', ['--amount', '100.00'], 'credited', '1150.00'],
    ['paid', ['--date', '2026-10-08', '--amount', '1250.00'], 'paid to the client', '0.00'],
    ['write-off', [], 'written off', '0.00'],
  ] as const;
  beforeAll(async () => {
    house = await openClaimHouse(consumerTerms);
    await house.on('2026-09-01');
    await house.invoices(...cases.map(([action]) => due(action)));
    await house.remind('2026-10-08');
  });
  afterAll(() => house.close());

  test.each(cases)('%s', async (action, options, because, open) => {
    // 1250 × 10 % × 6 ÷ 365 = 2.05, and the fee.
    expect(await house.total(action)).toBe('1312.05');
    await house.act(action, action, ...options);
    expect(await lettersOf(house, action)).toEqual([`2026-10-08 125000 ${because}`]);
    expect(await house.total(action)).toBe(open);
  });

  test('every invariant holds after all that', async () => {
    expect(await house.inner.violations()).toEqual([]);
  });
});
