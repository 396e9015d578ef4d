import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { consumerTerms } from '../runs/run-house.ts';
import { openClaimHouse, type ClaimHouse } from './claim-house.ts';

let house: ClaimHouse;
let next = 0;
/** The invoice of the test: 1,250.00 due on Friday 2 October 2026, of a debtor of its own. */
let invoice: string;

beforeAll(async () => {
  house = await openClaimHouse(consumerTerms);
  await house.on('2026-09-01');
});
afterAll(() => house.close());
beforeEach(async () => {
  next += 1;
  invoice = `S-${next}`;
  await house.invoices({ Number: invoice, Debtor: `S${next}`, Issued: '2026-09-01', Due: '2026-10-02' });
});

describe('what is refused, by exit code 1 and the finding that says why', () => {
  test.each<readonly [string, readonly (readonly string[])[], readonly string[], string]>([
    ['deferred to a day gone by', [], ['defer', '--until', '2026-09-01'], 'CTL-DATE-PAST'],
    ['deferred to the due date', [], ['defer', '--until', '2026-10-02'], 'CTL-NOT-LATER'],
    [
      'deferred a third time',
      [
        ['defer', '--until', '2026-10-10'],
        ['defer', '--until', '2026-10-20'],
      ],
      ['defer', '--until', '2026-10-30'],
      'CTL-DEFERRED-OFTEN',
    ],
    ['disputed twice', [['dispute', '--category', 'PRICE']], ['dispute', '--category', 'DEFECT'], 'CTL-DISPUTED'],
    ['more disputed than owed', [], ['dispute', '--category', 'PRICE', '--amount', '1250.01'], 'CTL-AMOUNT-TOO-LARGE'],
    ['more written off than owed', [], ['write-off', '--amount', '1250.01'], 'CTL-AMOUNT-TOO-LARGE'],
    ['paid tomorrow', [], ['paid', '--date', '2026-09-02', '--amount', '1'], 'CTL-DATE-FUTURE'],
    ['released where nothing holds it', [], ['release'], 'CTL-NOTHING-HELD'],
    ['a dispute released without outcome', [['dispute', '--category', 'PRICE']], ['release'], 'CTL-OUTCOME-MISSING'],
    [
      'which of two holds',
      [
        ['hold', '--cause', 'minor'],
        ['promise', '--until', '2026-12-01'],
      ],
      ['release'],
      'CTL-WHICH-HOLD',
    ],
    ['deferred when all is written off', [['write-off']], ['defer', '--until', '2026-12-01'], 'CTL-SETTLED'],
  ])('%s', async (_title, before, [action = '', ...options], code) => {
    for (const [first = '', ...rest] of before) await house.act(first, invoice, ...rest);
    const words = ['invoice', action, invoice, '--client', 'provet', '--who', 'anna', '--reason', 'prov', ...options];
    const ran = await house.run(...words);
    expect(ran.stdout).toContain(code);
    expect(ran.code).toBe(1);
  });

  test('an invoice that is not there, and a client that is not', async () => {
    const words = ['invoice', 'hold', 'NOBODY', '--cause', 'minor', '--reason', 'prov', '--client'];
    expect(await house.run(...words, 'provet')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('CTL-INVOICE-UNKNOWN') as string,
    });
    expect(await house.run(...words, 'nobody')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no client nobody') as string,
    });
  });
});

test('the same hold again changes nothing and is said to stand', async () => {
  await house.act('promise', invoice, '--until', '2026-10-14');
  const again = await house.act('promise', invoice, '--until', '2026-10-14');
  expect(again.stdout).toContain('stands like that already');
  expect(await house.holds(invoice)).toHaveLength(1);
});

test('--dry-run shows the hold and places none; an act is audited with who and why (IS4)', async () => {
  const dry = await house.act('hold', invoice, '--cause', 'minor', '--dry-run');
  expect(dry.stdout).toContain('Held: block (minor)');
  expect(await house.holds(invoice)).toEqual([]);
  await house.act('hold', invoice, '--cause', 'minor');
  expect(await house.inner.rows('select act, subject, who, reason from audit order by id desc limit 1')).toEqual([
    { act: 'invoice hold', subject: `provet/${invoice}`, who: 'anna', reason: 'prov' },
  ]);
});

test('invoice show tells what stands now and what stood on any earlier day', async () => {
  await house.act('defer', invoice, '--until', '2026-12-01', '--interest', 'no');
  await house.on('2026-10-05');
  await house.act('write-off', invoice, '--amount', '250.00');
  const now = await house.run('invoice', 'show', invoice, '--client', 'provet');
  expect(now.stdout).toContain('Held: deferment through 2026-12-01');
  expect(now.stdout).toMatch(/^total +1 000\.00$/m);
  const then = await house.run('invoice', 'show', invoice, '--client', 'provet', '--as-of', '2026-10-04', '--json');
  expect(JSON.parse(then.stdout)).toMatchObject({ asOf: '2026-10-04', receivable: { open: { principal: '1250.00' } } });
});

test('an objection that is accepted when nothing is open any more ends, and expects no credit of nothing', async () => {
  await house.act('dispute', invoice, '--category', 'PRICE');
  await house.act('write-off', invoice);
  await house.act('release', invoice, '--outcome', 'accepted');
  const standing = await house.inner.rows(
    `select h.kind from hold h join receivable r on r.id = h.receivable_id join invoice i on i.id = r.invoice_id
     where i.number = $1 and h.released_on is null`,
    [invoice],
  );
  expect(standing).toEqual([]);
});

test('every invariant holds after all that', async () => {
  expect(await house.inner.violations()).toEqual([]);
});
