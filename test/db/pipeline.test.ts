import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '#engine/store/database.ts';
import { loadTrails } from '#engine/store/trace.ts';
import { advance, jobRunners } from '#jobs/pipeline/advance.ts';
import { settleReceivedFile } from '#jobs/pipeline/settle-file.ts';
import { changeFile } from '../house/copy-config.ts';
import { openInnerHouse, takenIn, type InnerHouse } from '../house/inner-house.ts';
import { trialCsv, type TrialRow } from '../house/trial-csv.ts';

let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse();
});
afterAll(() => inner.close());

const never = new AbortController().signal;
const numbered = (prefix: string, count: number, row: (index: number) => TrialRow = () => ({})): readonly TrialRow[] =>
  Array.from({ length: count }, (_, index) => ({ Number: `${prefix}-${index + 1}`, ...row(index) }));

describe('a file outside every agreement (F01)', () => {
  let house: InnerHouse;
  beforeAll(async () => {
    const ended = (text: string): string =>
      text.replace('validFrom: 2026-01-01', 'validFrom: 2026-01-01\n    validTo: 2026-11-20');
    house = await openInnerHouse({ changes: { 'clients/provet.yaml': ended } });
  });
  afterAll(() => house.close());

  test('is held: nothing is posted and the receipt says so', async () => {
    const { file, receipt, postings } = await house.takeIn('provet', 'january.csv', trialCsv(...numbered('J', 5)));
    expect(file).toMatchObject({ state: 'held', agreementVersion: null, settlement: 1 });
    expect(postings).toBe(0n);
    expect(receipt.findings).toMatchObject([{ code: 'FILE-NO-AGREEMENT', rule: 'F01', value: '2026-11-21' }]);
    expect(receipt.received.count).toBe(0);
  });

  test('stays held, with one receipt, however often the house looks at it', async () => {
    await jobRunners(house.house).settle({ file: '1' }, never);
    await advance(house.house, never);
    const { file } = await takenIn(house.house, 1n);
    expect(file).toMatchObject({ state: 'held', settlement: 1 });
    expect(await readdir(join(house.house.home, 'outbox/clients/provet'))).toEqual([
      '000001-january.csv.receipt.csv',
      '000001-january.csv.receipt.json',
    ]);
    expect(await house.violations()).toEqual([]);
  });

  test('is booked whole by a retry once an agreement is in force, under the new version, with a second receipt', async () => {
    await changeFile(join(house.folder, 'config/clients/provet.yaml'), (text) => {
      const [, terms = ''] = text.split('agreements:\n');
      const next = terms.replace('version: 1', 'version: 2').replace(/validFrom: .*\n +validTo: .*\n/, 'validFrom: 2026-11-21\n');
      return `${text}${next}`;
    });
    await house.reopen();
    await inTransaction(house.house.database, (tx) => settleReceivedFile(house.house, tx, 1n, { state: 'held' }));
    await advance(house.house, never);
    const { file, receipt, postings } = await takenIn(house.house, 1n);
    expect(file).toMatchObject({ state: 'booked', agreementVersion: 2, settlement: 2 });
    expect(receipt).toMatchObject({ accepted: { count: 5, amount: '6250.00' }, findings: [] });
    expect(postings).toBe(15n);
    const trails = await inTransaction(house.house.database, (tx) => loadTrails(tx, 'J-1', 'bureau'));
    expect(trails.map((trail) => trail.receipt)).toEqual(['clients/provet/000001-2-january.csv.receipt.json']);
    expect(await house.violations()).toEqual([]);
  });
});

describe('what the client chooses for each document (F03)', () => {
  test('100 records, 30 distributed only and 10 monitored only: 90 deliveries, 70 in the ledger', async () => {
    const modes = (index: number): TrialRow =>
      index < 30 ? { Mode: 'distribute-only' } : index < 40 ? { Mode: 'monitor-only' } : {};
    const { file, postings } = await inner.takeIn('provet', 'modes.csv', trialCsv(...numbered('F03', 100, modes)));
    expect(file.counts.accepted).toBe(100);
    const [counts] = await inner.rows(
      `select (select count(*) from document d join invoice i on i.id = d.invoice_id where i.file_id = $1) as deliveries,
         (select count(*) from receivable r join invoice i on i.id = r.invoice_id where i.file_id = $1) as receivables,
         (select count(*) from ledger_transaction t join invoice i on i.id = t.invoice_id where i.file_id = $1) as transactions`,
      [file.id],
    );
    expect(counts).toEqual({ deliveries: 90n, receivables: 70n, transactions: 70n });
    expect(postings).toBe(210n);
  });
});

describe('a file of 10,000 lines with three wrong ones (F04)', () => {
  const wrong: Readonly<Record<number, TrialRow>> = {
    0: { Price: '1,000.00' },
    4_999: { Issued: '2026-02-30' },
    9_999: { Payable: '1250,01' },
  };
  const content = (prefix: string): string => trialCsv(...numbered(prefix, 10_000, (index) => wrong[index] ?? {}));
  const findings = [
    { code: 'CSV-NOT-A-NUMBER', severity: 'error', line: 2, column: 19, field: 'Price', value: '1,000.00', rule: 'contract' },
    { code: 'CSV-NOT-A-DATE', severity: 'error', line: 5_001, column: 3, field: 'Issued', value: '2026-02-30', rule: 'contract' },
    {
      code: 'CSV-STATED-PAYABLE',
      severity: 'error',
      line: 10_001,
      column: 21,
      field: 'Payable',
      value: '1250.01',
      rule: 'BR-CO-16',
    },
  ];

  test('books the other 9,997, and the receipt names line, field, value, rule and hint', async () => {
    const { file, receipt, postings, receiptCsv } = await inner.takeIn('provet', 'large.csv', content('L'));
    expect(file.state).toBe('booked');
    expect(postings).toBe(9_997n * 3n);
    // 10,000 × 1,250.00 as stated, and one öre.
    expect(receipt.received).toEqual({ count: 10_000, amount: '12500000.01' });
    expect(receipt.accepted).toEqual({ count: 9_997, amount: '12496250.00' });
    expect(receipt.rejected).toEqual({ count: 3, amount: '3750.01' });
    expect(receipt.findings).toMatchObject(findings);
    for (const { message, hint } of receipt.findings) {
      expect(message.length).toBeGreaterThan(10);
      expect(hint.length).toBeGreaterThan(10);
    }
    for (const { line, field, value } of findings)
      expect(receiptCsv).toContain(`;${line};${line === 2 ? 19 : line === 5_001 ? 3 : 21};"${field}";"${value}";`);
  });

  test('gives every one of them a reference of its own that passes the bank’s check (F32)', async () => {
    const rows = await inner.rows<{ reference: string }>(
      `select reference from payment_reference r join invoice i on i.id = r.invoice_id where i.number like 'L-%'`,
    );
    expect(rows).toHaveLength(9_997);
    expect(new Set(rows.map((row) => row.reference)).size).toBe(9_997);
    for (const { reference } of rows) {
      expect(reference).toMatch(/^20\d{8}\d\d$/);
      // Twelve digits: the length digit before the check digit is 2, and the weighted sum divides by ten.
      expect(reference.at(-2)).toBe('2');
      expect(luhnSum(reference) % 10).toBe(0);
    }
  });

  test('books none of it where the agreement is all or nothing', async () => {
    const { file, receipt, postings } = await inner.takeIn('provhus', 'large.csv', content('L'));
    expect(file.state).toBe('rejected');
    expect(postings).toBe(0n);
    expect(receipt).toMatchObject({ accepted: { count: 0 }, rejected: { count: 10_000, amount: '12500000.01' } });
    expect(receipt.findings).toMatchObject([...findings, { code: 'FILE-REFUSED-WHOLE', value: '3' }]);
  });
});

/** Digits doubled from the second last leftwards, digits of the products added: as the bank's manual has it. */
function luhnSum(digits: string): number {
  let sum = 0;
  for (let place = 1; place <= digits.length; place += 1) {
    const product = Number.parseInt(digits.charAt(digits.length - place), 10) * (place % 2 === 0 ? 2 : 1);
    sum += product > 9 ? product - 9 : product;
  }
  return sum;
}

test('every record ends in one outcome, and counts and amounts add up (F11, IF3)', async () => {
  await inner.takeIn('provet', 'first.csv', trialCsv({ Number: 'E-1' }, { Number: 'E-2' }));
  const { receipt } = await inner.takeIn(
    'provet',
    'second.csv',
    trialCsv(
      { Number: 'E-1' },
      { Number: 'E-2', Price: '2000,00', Payable: '2500,00' },
      { Number: 'E-3', Quantity: '3', Payable: '3750,00' },
      { Number: 'E-4', Issued: 'yesterday', Payable: '10,00' },
      { Number: 'E-5', Price: 'much', Payable: 'a lot' },
      { Number: 'E-6', Kind: 'C', Credits: 'E-2' },
    ),
  );
  expect(receipt).toMatchObject({
    // E-3 less the credit note E-6; E-2, E-4 and E-5, whose amount is unreadable; E-1 again.
    accepted: { count: 2, amount: '2500.00' },
    rejected: { count: 3, amount: '2510.00' },
    duplicate: { count: 1, amount: '1250.00' },
    held: { count: 0, amount: '0.00' },
    received: { count: 6, amount: '6260.00' },
    amountsUnknown: 1,
  });
});

describe('what is booked', () => {
  const postingsOf = (number: string) =>
    inner.rows(
      `select p.account, p.amount, p.currency from posting p join ledger_transaction t on t.id = p.transaction_id
       join invoice i on i.id = t.invoice_id where i.client_id = 'provet' and i.number = $1 order by p.line`,
      [number],
    );

  test('an invoice of 1,000 with 25 % VAT stands on the debtor’s account (F31)', async () => {
    await inner.takeIn('provet', 'f31.csv', trialCsv({ Number: 'F31' }));
    expect(await postingsOf('F31')).toEqual([
      { account: 'receivable', amount: 125_000n, currency: 'SEK' },
      { account: 'sales', amount: -100_000n, currency: 'SEK' },
      { account: 'vat:25', amount: -25_000n, currency: 'SEK' },
    ]);
  });

  test('a credit note is the same with the signs turned, has no reference and falls due never', async () => {
    await inner.takeIn('provet', 'credit.csv', trialCsv({ Number: 'K-1', Kind: 'C', Credits: 'F31' }));
    expect(await postingsOf('K-1')).toEqual([
      { account: 'receivable', amount: -125_000n, currency: 'SEK' },
      { account: 'sales', amount: 100_000n, currency: 'SEK' },
      { account: 'vat:25', amount: 25_000n, currency: 'SEK' },
    ]);
    expect(
      await inner.rows(
        `select i.kind, i.due_date, r.reference, c.principal from invoice i left join payment_reference r on r.invoice_id = i.id
         left join receivable c on c.invoice_id = i.id where i.number = 'K-1'`,
      ),
    ).toEqual([{ kind: 'creditNote', due_date: null, reference: null, principal: -125_000n }]);
  });

  test('an invoice of nothing is delivered, takes no reference and posts nothing', async () => {
    const { file, postings } = await inner.takeIn(
      'provet',
      'zero.csv',
      trialCsv({ Number: 'Z-1', Price: '0,00', Payable: '0,00' }),
    );
    expect(file).toMatchObject({ state: 'booked', counts: { accepted: 1 } });
    expect(postings).toBe(0n);
    expect(
      await inner.rows(
        `select d.channel, d.state, r.reference from invoice i join document d on d.invoice_id = i.id
         left join payment_reference r on r.invoice_id = i.id where i.number = 'Z-1'`,
      ),
    ).toEqual([{ channel: 'print', state: 'waiting', reference: null }]);
  });

  test('the due date by the terms and the one on the next bank day are both kept (F19)', async () => {
    // 2026-12-10 and 15 days is Christmas Day; the next bank day is Monday the 28th.
    await inner.takeIn('provet', 'f19.csv', trialCsv({ Number: 'F19', Issued: '2026-12-10' }));
    expect(await inner.rows(`select due_date, nominal_due_date from invoice where number = 'F19'`)).toEqual([
      { due_date: '2026-12-28', nominal_due_date: '2026-12-25' },
    ]);
  });
});

test('a debtor’s address changes from file to file: every version stays, each invoice keeps its own (F12)', async () => {
  const at = (street: string, number: string): string => trialCsv({ Number: number, Debtor: 'F12', Street: street });
  await inner.takeIn('provet', 'f12-1.csv', at('Gamla vägen 1', 'F12-1'));
  await inner.takeIn('provet', 'f12-2.csv', at('Nya vägen 2', 'F12-2'));
  await inner.takeIn('provet', 'f12-3.csv', at('Nya vägen 2', 'F12-3'));
  expect(
    await inner.rows(
      `select v.version, v.content -> 'address' ->> 'line1' as street, d.latest_version from debtor d
       join debtor_version v on v.debtor_id = d.id where d.number = 'F12' order by v.version`,
    ),
  ).toEqual([
    { version: 1, street: 'Gamla vägen 1', latest_version: 2 },
    { version: 2, street: 'Nya vägen 2', latest_version: 2 },
  ]);
  expect(
    await inner.rows(
      `select number, debtor_version, content -> 'buyer' -> 'address' ->> 'line1' as street from invoice where number like 'F12-%' order by 1`,
    ),
  ).toEqual([
    { number: 'F12-1', debtor_version: 1, street: 'Gamla vägen 1' },
    { number: 'F12-2', debtor_version: 2, street: 'Nya vägen 2' },
    { number: 'F12-3', debtor_version: 2, street: 'Nya vägen 2' },
  ]);
});

describe('the channel and its stored reason (F23)', () => {
  // 0007 is the scheme of Swedish organisation numbers; 559998-1114 has the right check digit.
  const reachable: TrialRow = { Company: '559998-1114', Endpoint: '0007:5599981114', 'Their reference': 'A Provsson' };
  test.each<[string, TrialRow, unknown]>([
    ['an electronic address: e-invoice', reachable, { channel: 'einvoice', channel_reason: 'client-policy', channel_facts: [] }],
    [
      'none: paper',
      {},
      {
        channel: 'print',
        channel_reason: 'client-policy',
        channel_facts: [{ channel: 'einvoice', wishedBy: 'client-policy', because: 'no-endpoint' }],
      },
    ],
    [
      'paper, since the file says so',
      { ...reachable, Channel: 'print' },
      { channel: 'print', channel_reason: 'file-direction', channel_facts: [] },
    ],
    [
      'an e-invoice that the network would refuse for want of a buyer reference: paper',
      { ...reachable, 'Their reference': '' },
      {
        channel: 'print',
        channel_reason: 'client-policy',
        channel_facts: [
          {
            channel: 'einvoice',
            wishedBy: 'client-policy',
            because: 'breaks-rule',
            rule: 'PEPPOL-EN16931-R003',
            endpoint: '0007:5599981114',
          },
        ],
      },
    ],
  ])('%s', async (title, row, expected) => {
    const number = `F23-${title.length}`;
    const { receipt } = await inner.takeIn('provet', 'channel.csv', trialCsv({ Number: number, ...row }));
    expect(receipt.findings).toEqual([]);
    expect(
      await inner.rows(
        `select channel, channel_reason, channel_facts from document d join invoice i on i.id = d.invoice_id where i.number = $1`,
        [number],
      ),
    ).toEqual([expected]);
  });
});

test('every invariant holds after all that', async () => {
  expect(await inner.violations()).toEqual([]);
});
