import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { advance } from '#jobs/pipeline/advance.ts';
import { planSpools } from '#jobs/pipeline/build-spool.ts';
import { runCommand } from '../house/run-command.ts';
import { trialCsv, type TrialRow } from '../house/trial-csv.ts';
import { bankFile, debitFile, type SentPayout } from '../oracle/bank-file.ts';
import { bankgiroOf } from '../oracle/client-yaml.ts';
import { dayOf } from '../oracle/days.ts';
import { ibans, openOracleHouse, type OracleHouse } from '../oracle/oracle-house.ts';

/**
 * October 2026 of one client, as an accountant reads it: every line is one posting, the amounts are worked out by hand.
 *
 * The client sells to consumers with 25 % VAT; a reminder costs 60.00, a collection demand 180.00, late interest is by law, 10 % a year.
 * - Anna (F-101, 10,000.00, due 1 October) pays nothing. Reminder on the 6th: fee 60.00, interest 2–6 October, 5 days:
 *   10,000.00 × 10 % × 5 / 365 = 13.70. On the 12th she pays 4,000.00: 60.00 + 13.70 + 3,926.30, which leaves 6,073.70.
 *   Demand on the 22nd: fee 180.00, interest so far 10,000.00 × 10 % × 11 / 365 = 30.1370 and 6,073.70 × 10 % × 10 / 365 = 16.6403,
 *   together 46.78, of which 13.70 is claimed already: 33.08. She pays 6,073.70 + 33.08 + 180.00 = 6,286.78.
 * - Bertil (F-102) pays in time. Cecilia (F-103, 2,500.00) gets a credit note of 500.00 and pays 300.00 without a reference, which a
 *   person ties to the invoice the day after. David (F-104, 625.00) pays twice.
 * - Payout on the 29th: received for the client 1,250.00 + 4,000.00 + 625.00 + 300.00 + 6,286.78 = 12,461.78, less the bureau's fee: 5
 *   letters at 10.00, a reminder at 12.00, a demand at 25.00 and 5 payments at 0.50 are 89.50, with 25 % VAT 22.38 (22.375): 111.88.
 *   12,349.90 leave, and the bank debits them on the 30th.
 */
const MONTH = `
  date       | voucher | account                  |     debit |    credit | text
  2026-09-01 |       1 | receivable               | 10,000.00 |           | issue F-101
  2026-09-01 |       1 | sales                    |           |  8,000.00 | issue F-101
  2026-09-01 |       1 | vat:25                   |           |  2,000.00 | issue F-101
  2026-09-01 |       2 | receivable               |  1,250.00 |           | issue F-102
  2026-09-01 |       2 | sales                    |           |  1,000.00 | issue F-102
  2026-09-01 |       2 | vat:25                   |           |    250.00 | issue F-102
  2026-10-01 |       3 | receivable               |  2,500.00 |           | issue F-103
  2026-10-01 |       3 | sales                    |           |  2,000.00 | issue F-103
  2026-10-01 |       3 | vat:25                   |           |    500.00 | issue F-103
  2026-10-01 |       4 | receivable               |    625.00 |           | issue F-104
  2026-10-01 |       4 | sales                    |           |    500.00 | issue F-104
  2026-10-01 |       4 | vat:25                   |           |    125.00 | issue F-104
  2026-10-02 |       5 | clientFunds              |  1,250.00 |           | payment
  2026-10-02 |       5 | withBureau               |  1,250.00 |           | payment
  2026-10-02 |       5 | clientLiability          |           |  1,250.00 | payment
  2026-10-02 |       5 | receivable               |           |  1,250.00 | payment F-102
  2026-10-06 |       6 | receivable:interest      |     13.70 |           | claim F-101
  2026-10-06 |       6 | receivable:reminderFee   |     60.00 |           | claim F-101
  2026-10-06 |       6 | income:interest          |           |     13.70 | claim
  2026-10-06 |       6 | income:reminderFee       |           |     60.00 | claim
  2026-10-09 |       7 | sales                    |    400.00 |           | issue K-1
  2026-10-09 |       7 | vat:25                   |    100.00 |           | issue K-1
  2026-10-09 |       7 | receivable               |           |    500.00 | issue K-1
  2026-10-09 |       8 | receivable               |    500.00 |           | allocation K-1
  2026-10-09 |       8 | receivable               |           |    500.00 | allocation F-103
  2026-10-12 |       9 | clientFunds              |  4,000.00 |           | payment
  2026-10-12 |       9 | withBureau               |  4,000.00 |           | payment
  2026-10-12 |       9 | clientLiability          |           |  4,000.00 | payment
  2026-10-12 |       9 | receivable               |           |  3,926.30 | payment F-101
  2026-10-12 |       9 | receivable:interest      |           |     13.70 | payment F-101
  2026-10-12 |       9 | receivable:reminderFee   |           |     60.00 | payment F-101
  2026-10-13 |      10 | clientFunds              |    625.00 |           | payment
  2026-10-13 |      10 | withBureau               |    625.00 |           | payment
  2026-10-13 |      10 | clientLiability          |           |    625.00 | payment
  2026-10-13 |      10 | receivable               |           |    625.00 | payment F-104
  2026-10-14 |      11 | clientFunds              |    625.00 |           | payment
  2026-10-14 |      11 | overpayment              |           |    625.00 | payment
  2026-10-15 |      12 | clientFunds              |    300.00 |           | payment
  2026-10-15 |      12 | suspense                 |           |    300.00 | payment
  2026-10-16 |      13 | suspense                 |    300.00 |           | allocation
  2026-10-16 |      13 | withBureau               |    300.00 |           | allocation
  2026-10-16 |      13 | clientLiability          |           |    300.00 | allocation
  2026-10-16 |      13 | receivable               |           |    300.00 | allocation F-103
  2026-10-22 |      14 | receivable:collectionFee |    180.00 |           | claim F-101
  2026-10-22 |      14 | receivable:interest      |     33.08 |           | claim F-101
  2026-10-22 |      14 | income:collectionFee     |           |    180.00 | claim
  2026-10-22 |      14 | income:interest          |           |     33.08 | claim
  2026-10-27 |      15 | clientFunds              |  6,286.78 |           | payment
  2026-10-27 |      15 | withBureau               |  6,286.78 |           | payment
  2026-10-27 |      15 | clientLiability          |           |  6,286.78 | payment
  2026-10-27 |      15 | receivable               |           |  6,073.70 | payment F-101
  2026-10-27 |      15 | receivable:collectionFee |           |    180.00 | payment F-101
  2026-10-27 |      15 | receivable:interest      |           |     33.08 | payment F-101
  2026-10-29 |      16 | clientLiability          |    111.88 |           | settlement
  2026-10-29 |      16 | inputVat                 |     22.38 |           | settlement
  2026-10-29 |      16 | ownBank                  |    111.88 |           | settlement
  2026-10-29 |      16 | serviceCost              |     89.50 |           | settlement
  2026-10-29 |      16 | clientFunds              |           |    111.88 | settlement
  2026-10-29 |      16 | feeIncome                |           |     89.50 | settlement
  2026-10-29 |      16 | feeVat                   |           |     22.38 | settlement
  2026-10-29 |      16 | withBureau               |           |    111.88 | settlement
  2026-10-29 |      17 | clientBank               | 12,349.90 |           | payout
  2026-10-29 |      17 | clientLiability          | 12,349.90 |           | payout
  2026-10-29 |      17 | payoutInTransit          |           | 12,349.90 | payout
  2026-10-29 |      17 | withBureau               |           | 12,349.90 | payout
  2026-10-30 |      18 | payoutInTransit          | 12,349.90 |           | payout-settled
  2026-10-30 |      18 | clientFunds              |           | 12,349.90 | payout-settled
`;

/** What each account holds in the evening of 31 October; each book comes to zero. */
const CLOSING = `
  book   | account            |     debit |    credit
  client | receivable         |  1,700.00 |
  client | clientBank         | 12,349.90 |
  client | serviceCost        |     89.50 |
  client | inputVat           |     22.38 |
  client | sales              |           | 11,100.00
  client | vat:25             |           |  2,775.00
  client | income:interest    |           |     46.78
  client | income:reminderFee |           |     60.00
  client | income:collectionFee |         |    180.00
  bureau | clientFunds        |    625.00 |
  bureau | ownBank            |    111.88 |
  bureau | overpayment        |           |    625.00
  bureau | feeIncome          |           |     89.50
  bureau | feeVat             |           |     22.38
`;

const CLIENT = { id: 'manad', terms: 'consumer', bankgiro: bankgiroOf(1) } as const;
let house: OracleHouse;
let payments = 0;
/** A second where nothing else runs; print jobs and commands share their machine with all other tests. */
const MONTH_MILLISECONDS = 600_000;

beforeAll(async () => {
  house = await openOracleHouse([CLIENT]);
  await liveThrough();
}, MONTH_MILLISECONDS);
afterAll(() => house.inner.close());

/** The month, through the doors that clients, bank, print house and operators use. */
async function liveThrough(): Promise<void> {
  await documents(
    '2026-09-01',
    invoice('F-101', 'Anna', '8000,00', '10000,00'),
    invoice('F-102', 'Bertil', '1000,00', '1250,00'),
  );
  await documents('2026-10-01', invoice('F-103', 'Cecilia', '2000,00', '2500,00'), invoice('F-104', 'David', '500,00', '625,00'));
  await paid('2026-10-02', 1_250_00n, 'F-102');
  await kuvert('2026-10-06', 'run', 'reminder', '--date', '2026-10-06', '--client', CLIENT.id);
  await inThePost('2026-10-06', '2026-10-07');
  await documents('2026-10-09', { ...invoice('K-1', 'Cecilia', '400,00', '500,00'), Kind: 'C', Credits: 'F-103' });
  await paid('2026-10-12', 4_000_00n, 'F-101');
  await paid('2026-10-13', 625_00n, 'F-104');
  await paid('2026-10-14', 625_00n, 'F-104');
  await paid('2026-10-15', 300_00n);
  const [unknown] = await house.inner.rows<{ id: bigint }>('select id from payment where amount = 30000');
  await kuvert(
    '2026-10-16',
    'payment',
    'allocate',
    String(unknown?.id),
    '--invoice',
    'F-103',
    '--who',
    'Eva',
    '--reason',
    'Cecilia ringde',
  );
  await kuvert('2026-10-22', 'run', 'collection', '--date', '2026-10-22', '--client', CLIENT.id);
  await inThePost('2026-10-22', '2026-10-23');
  await paid('2026-10-27', 6_286_78n, 'F-101');
  await kuvert('2026-10-29', 'run', 'payout', '--date', '2026-10-29', '--client', CLIENT.id, '--who', 'Eva');
  const [planned] = await house.inner.rows<{ id: bigint }>('select id from payout');
  await kuvert('2026-10-29', 'payout', 'approve', String(planned?.id), '--who', 'Fritz');
  const sent = await house.inner.rows<SentPayout>(
    `select p.amount, p.instruction_id as "instructionId", p.payment_information_id as "groupId", f.message_id as "messageId"
     from payout p join payment_file f on f.id = p.payment_file_id`,
  );
  await deliverBank('2026-10-30', debitFile(ibans.service, dayOf('2026-10-30'), sent));
}

const invoice = (number: string, name: string, net: string, payable: string): TrialRow => ({
  Number: number,
  Debtor: name,
  Name: `${name} Påhitt`,
  Price: net,
  Payable: payable,
});

/** An invoice file of the client; the documents are printed and in the post the same day. */
async function documents(date: string, ...rows: readonly TrialRow[]): Promise<void> {
  const due = date < '2026-10-01' ? '2026-10-01' : '2026-11-02';
  const content = trialCsv(...rows.map((row) => ({ ...row, Issued: date, ...(row.Kind === 'C' ? {} : { Due: due }) })));
  await house.deliver(dayOf(date), [{ sender: CLIENT.id, name: `${date}.csv`, content }]);
  await inThePost(date, date);
}

async function inThePost(printed: string, dispatched: string): Promise<void> {
  const present = house.on(dayOf(printed));
  await planSpools(present, CLIENT.id);
  expect(await advance(present, new AbortController().signal)).toEqual([]);
  const pieces = await house.inner.rows<{ job: number; piece: number }>(
    `select job_number as job, piece from document where state = 'released' and dispatched_on is null`,
  );
  expect(pieces.length).toBeGreaterThan(0);
  const rows = pieces.map(({ job, piece }) => `J${String(job).padStart(4, '0')};${piece};dispatched;${dispatched}`);
  const content = ['job;piece;status;date', ...rows, `END;${rows.length}`, ''].join('\r\n');
  await house.deliver(dayOf(dispatched), [{ sender: 'print-house', name: `status-${dispatched}-${printed}.csv`, content }]);
}

/** The bank's file of a day with one payment, with an invoice's reference or without any. */
async function paid(date: string, amount: bigint, number?: string): Promise<void> {
  const day = dayOf(date);
  payments += 1;
  const to = number === undefined ? [] : [{ invoice: number, amount }];
  const payment = { id: `P${payments}`, amount, booked: day, value: day, debtor: 'okänd', to };
  const references = number === undefined ? [] : [await house.referenceOf(CLIENT.id, number)];
  const movement = { payment, bankgiro: CLIENT.bankgiro, bankReference: payment.id, references, reversal: false };
  await deliverBank(date, bankFile(ibans.service, day, [movement]));
}

const deliverBank = (date: string, content: string): Promise<void> =>
  house.deliver(dayOf(date), [{ sender: 'bank', name: `camt054-${date}.xml`, content }]);

async function kuvert(date: string, ...words: readonly string[]): Promise<void> {
  const { code, stderr } = await runCommand(words, {
    KUVERT_HOME: house.inner.house.home,
    KUVERT_CONFIG: join(house.inner.folder, 'config'),
    KUVERT_DATABASE_URL: house.inner.databaseUrl,
    KUVERT_NOW: `${date}T08:00:00Z`,
  });
  expect([words.join(' '), code, stderr]).toEqual([words.join(' '), 0, '']);
}

/** The cells of a table drawn with bars, without its headings. */
const rowsOf = (table: string): readonly string[] =>
  table
    .trim()
    .split('\n')
    .slice(1)
    .map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .join(' | '),
    );

const kronor = (amount: bigint): string => {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, '0');
  return `${digits.slice(0, -2).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')}.${digits.slice(-2)}`;
};
const sides = (amount: bigint): string => (amount > 0n ? `${kronor(amount)} | ` : ` | ${kronor(amount)}`);

describe('October 2026 of one client', () => {
  test('every posting of the month', async () => {
    const postings = await house.inner.rows<{ date: string; voucher: bigint; account: string; amount: bigint; text: string }>(
      `select t.entry_date as date, t.sequence as voucher, p.account, p.amount,
         t.kind || coalesce(' ' || i.number, case when t.kind = 'issue' then ' ' || d.number end, '') as text
       from posting p join ledger_transaction t on t.id = p.transaction_id
         left join receivable r on r.id = p.receivable_id left join invoice i on i.id = r.invoice_id
         left join invoice d on d.id = t.invoice_id
       where t.client_id = $1 order by t.sequence, p.amount < 0, p.account, p.line`,
      [CLIENT.id],
    );
    const written = postings.map(({ date, voucher, account, amount, text }) =>
      [date, voucher, account, sides(amount), text].join(' | '),
    );
    expect(written).toEqual(rowsOf(MONTH));
  });

  test('the closing balances, each book zero', async () => {
    const balances = await house.inner.rows<{ book: string; account: string; amount: bigint }>(
      `select book, account, sum(amount)::bigint as amount from posting join ledger_account using (account) where client_id = $1
       group by book, account having sum(amount) <> 0`,
      [CLIENT.id],
    );
    const written = balances.map(({ book, account, amount }) => [book, account, sides(amount)].join(' | '));
    expect(written.toSorted()).toEqual(rowsOf(CLOSING).toSorted());
    for (const book of ['client', 'bureau']) {
      const own = balances.filter((row) => row.book === book);
      expect(own.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n);
    }
  });

  test('nobody else has a posting, and every invariant holds', async () => {
    expect(await house.inner.rows('select 1 from posting where client_id <> $1', [CLIENT.id])).toEqual([]);
    expect(await house.inner.violations()).toEqual([]);
  });
});
