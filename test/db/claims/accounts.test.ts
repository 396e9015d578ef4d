import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, isoDate, type IsoDate } from '#engine/iso-date.ts';
import { parseAmount } from '#engine/money.ts';
import { consumerTerms } from '../runs/run-house.ts';
import { openClaimHouse, type ClaimHouse } from './claim-house.ts';

let house: ClaimHouse;
beforeAll(async () => {
  house = await openClaimHouse(consumerTerms);
});
afterAll(() => house.close());

interface StatementJson {
  readonly balanceAmount: string;
  readonly lines: readonly { readonly date: string; readonly kind: string; readonly invoice?: string; readonly amount: string }[];
  readonly items: readonly { readonly invoice: string; readonly openAmount: string }[];
}

const json = async <T>(...words: readonly string[]): Promise<T> => {
  const ran = await house.run(...words, '--client', 'provet', '--json');
  if (ran.code !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as T;
};
const statement = async (debtor: string, asOf: string): Promise<StatementJson | undefined> =>
  (await json<readonly StatementJson[]>('statement', '--debtor', debtor, '--as-of', asOf))[0];

/** The bare sum of what is posted on a debtor's receivables up to a date. */
async function posted(asOf: string, debtor?: string): Promise<bigint> {
  const [row] = await house.inner.rows<{ sum: bigint }>(
    `select coalesce(sum(p.amount), 0)::bigint as sum from posting p join ledger_transaction t on t.id = p.transaction_id
       join receivable r on r.id = p.receivable_id join debtor b on b.id = r.debtor_id
     where p.account like 'receivable%' and t.entry_date <= $1 and ($2::text is null or b.number = $2)`,
    [asOf, debtor ?? null],
  );
  return row?.sum ?? 0n;
}

describe('a debtor’s statement at any date (F35)', () => {
  beforeAll(async () => {
    await house.on('2026-10-01');
    await house.invoices({ Number: 'P-1', Debtor: '118', Issued: '2026-10-01', Due: '2026-10-20' });
    await house.on('2026-10-15');
    await house.act('paid', 'P-1', '--date', '2026-10-14', '--amount', '1000.00');
    await house.on('2026-11-02');
    await house.invoices({
      Number: 'P-2',
      Debtor: '118',
      Issued: '2026-11-02',
      Kind: 'C',
      Credits: 'P-1',
      Price: '100,00',
      Payable: '125,00',
    });
    await house.act('write-off', 'P-1', '--amount', '25.00');
  });

  test.each([
    ['2026-09-30', undefined],
    ['2026-10-01', '1250.00'],
    ['2026-10-14', '1250.00'],
    ['2026-10-15', '250.00'],
    ['2026-11-01', '250.00'],
    ['2026-11-02', '100.00'],
  ])('at the end of %s it is %s', async (asOf, balance) => {
    expect((await statement('118', asOf))?.balanceAmount).toBe(balance);
  });

  test('it lists every item and every allocation', async () => {
    const found = await statement('118', '2026-11-02');
    expect(found?.lines.map((line) => `${line.date} ${line.kind} ${line.invoice} ${line.amount}`)).toEqual([
      '2026-10-01 issue P-1 1250.00',
      '2026-10-15 payment P-1 -1000.00',
      '2026-11-02 issue P-2 -125.00',
      '2026-11-02 allocation P-2 125.00',
      '2026-11-02 allocation P-1 -125.00',
      '2026-11-02 write-off P-1 -25.00',
    ]);
    expect(found?.items.map((item) => `${item.invoice} ${item.openAmount}`)).toEqual(['P-1 100.00', 'P-2 0.00']);
  });

  test('as a table, and as CSV', async () => {
    const words = ['statement', '--client', 'provet', '--debtor', '118', '--as-of', '2026-11-02'];
    const table = await house.run(...words);
    expect(table.stdout).toMatch(/^2026-11-02 +allocation +P-1 +principal +P-2 +-125\.00 +125\.00$/m);
    expect(table.stdout).toContain('Balance 100.00 SEK');
    const csv = await house.run(...words, '--csv');
    expect(csv.stdout.split('\r\n')).toHaveLength(8);
    expect(csv.stdout).toContain('"2026-10-15";"payment";"P-1";"principal";"";"2026-10-14";"";-1000.00;250.00;"SEK"');
  });

  test('of a debtor that is not there: exit code 1', async () => {
    expect(await house.run('statement', '--client', 'provet', '--debtor', 'NOBODY')).toMatchObject({ code: 1 });
  });

  test('a date that is none: exit code 2', async () => {
    const ran = await house.run('ageing', '--client', 'provet', '--as-of', '2026-02-30');
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('YYYY-MM-DD') as string });
  });
});

test('ageing at any date: by due date, in all as much as the ledger', async () => {
  const ageing = async (asOf: string) =>
    (await json<readonly { sums: Record<string, string>; totalAmount: string }[]>('ageing', '--as-of', asOf))[0];
  expect(await ageing('2026-10-20')).toMatchObject({ sums: { notDue: '250.00' }, totalAmount: '250.00' });
  expect(await ageing('2026-10-21')).toMatchObject({ sums: { days1to30: '250.00', notDue: '0.00' } });
  expect(await ageing('2026-11-20')).toMatchObject({ sums: { days31to60: '100.00' }, totalAmount: '100.00' });
});

test('after any acts, each statement and the ageing list are the sum of the postings at every date', async () => {
  const days = 20;
  const start = isoDate('2026-11-03');
  const act = fc.record({
    debtor: fc.constantFrom('X', 'Y'),
    kind: fc.constantFrom('invoice', 'credit', 'paid', 'write-off'),
    amount: fc
      .integer({ min: 1, max: 150_000 })
      .map((minor) => `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`),
    day: fc.nat({ max: days - 1 }),
  });
  let serial = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), fc.nat({ max: days }), async (acts, asked) => {
      let latest = new Map<string, string>();
      for (const { debtor, kind, amount, day } of acts.toSorted((a, b) => a.day - b.day)) {
        const today = addDays(start, day);
        await house.on(today);
        const invoice = latest.get(debtor);
        if (kind === 'invoice' || invoice === undefined) {
          serial += 1;
          await house.invoices({ Number: `X-${serial}`, Debtor: debtor, Issued: today, Due: addDays(today, 10) });
          latest = latest.set(debtor, `X-${serial}`);
        } else if (kind === 'paid') {
          await house.run(
            'invoice',
            'paid',
            invoice,
            '--client',
            'provet',
            '--reason',
            'prov',
            '--date',
            today,
            '--amount',
            amount,
          );
        } else {
          await house.run('invoice', kind, invoice, '--client', 'provet', '--reason', 'prov', '--amount', amount);
        }
      }
      const asOf: IsoDate = addDays(start, asked);
      for (const debtor of ['X', 'Y']) {
        if (!latest.has(debtor)) continue;
        const balance = (await statement(debtor, asOf))?.balanceAmount ?? '0.00';
        expect(parseAmount(balance)).toBe(await posted(asOf, debtor));
      }
      const [list] = await json<readonly { totalAmount: string; rows: readonly { totalAmount: string }[] }[]>(
        'ageing',
        '--as-of',
        asOf,
      );
      expect(parseAmount(list?.totalAmount ?? '0.00')).toBe(await posted(asOf));
    }),
    { numRuns: 6 },
  );
  expect(await house.inner.violations()).toEqual([]);
}, 120_000);
