import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { inTransaction } from '#engine/store/database.ts';
import { withLedger } from '#engine/store/ledger.ts';
import { NOW, openInnerHouse, type InnerHouse } from '../../house/inner-house.ts';
import { runCommand, type Ran } from '../../house/run-command.ts';
import { balances, bank, issue, notification, openOf, suspense, type Paid } from './bank-house.ts';

let inner: InnerHouse;
let ocr: string;
beforeEach(async () => {
  inner = await openInnerHouse();
  ocr = (await issue(inner, { Number: 'R-1' })).get('R-1')!;
});
afterEach(() => inner.close());

const payment = (...words: readonly string[]): Promise<Ran> =>
  runCommand(['payment', ...words, '--who', 'Anna', '--reason', 'prov'], {
    KUVERT_HOME: inner.house.home,
    KUVERT_CONFIG: join(inner.folder, 'config'),
    KUVERT_DATABASE_URL: inner.databaseUrl,
    KUVERT_NOW: NOW.toISOString(),
  });

/** The same payments debited again, as the bank takes a credit back. */
const takenBack = (payments: readonly Paid[]): string =>
  Buffer.from(notification(payments))
    .toString()
    .replaceAll('<CdtDbtInd>CRDT</CdtDbtInd>', '<CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd>')
    .replaceAll(/(<TxDtls>[^]*?)<RvslInd>true<\/RvslInd>/g, '$1');

const WHOLE = 125_000n;

test('what the client was paid out already becomes the client’s debt, never another’s money', async () => {
  await bank(inner, notification([{ amount: WHOLE, ocr, servicerReference: 'R' }]));
  await inTransaction(inner.house.database, async (tx) => {
    const postings = [
      { account: 'clientLiability' as const, amount: 100_000n, currency: 'SEK' as const },
      { account: 'clientFunds' as const, amount: -100_000n, currency: 'SEK' as const },
      { account: 'clientBank' as const, amount: 100_000n, currency: 'SEK' as const },
      { account: 'withBureau' as const, amount: -100_000n, currency: 'SEK' as const },
    ];
    const paidOut = { kind: 'payout' as const, effectKey: 'payout:prov', entryDate: isoDate('2026-11-20'), postings };
    await withLedger(tx, { client: 'provet', at: NOW }, (ledger) => ledger.book([paidOut]));
  });
  await bank(inner, takenBack([{ amount: WHOLE, ocr, servicerReference: 'R' }]));
  expect(await openOf(inner, 'R-1')).toBe(WHOLE);
  expect(await balances(inner)).toMatchObject({ clientDeficit: 100_000n, ownBank: -100_000n, withBureau: -100_000n });
  expect((await balances(inner))['clientLiability']).toBeUndefined();
  expect((await balances(inner))['clientFunds']).toBeUndefined();
});

test('what the payer had back already stays open as theirs to return', async () => {
  await bank(
    inner,
    notification([{ amount: 150_000n, ocr, servicerReference: 'R', payerName: 'Skenfirman AB', payerAccount: '9912346' }]),
  );
  const [row] = await inner.rows<{ id: bigint }>('select id from payment');
  expect((await payment('refund', String(row!.id), '--town', 'Stenstad', '--amount', '200.00')).code).toBe(0);
  await bank(inner, takenBack([{ amount: 150_000n, ocr, servicerReference: 'R' }]));
  expect(await openOf(inner, 'R-1')).toBe(WHOLE);
  expect(await suspense(inner)).toEqual([{ reason: 'refunded-before', amount: -150_000n, client: 'provet' }]);
  expect(await balances(inner)).toMatchObject({ suspense: 20_000n });
  expect(await inner.violations()).toEqual([]);
});

test('a reversal of nothing we know lies in suspense', async () => {
  await bank(inner, takenBack([{ amount: 5_000n, servicerReference: 'NEVER' }]));
  expect(await suspense(inner)).toEqual([{ reason: 'unknown-reversal', amount: -5_000n, client: 'bureau' }]);
  expect(await balances(inner, 'bureau')).toEqual({ clientFunds: -5_000n, suspense: 5_000n });
  expect(await inner.violations()).toEqual([]);
});

test('a payment is taken back once, however often the bank says so', async () => {
  const paid = [{ amount: WHOLE, ocr, servicerReference: 'R' }];
  await bank(inner, notification(paid));
  await bank(inner, takenBack(paid));
  const { file } = await bank(inner, takenBack(paid));
  expect([file.counts.accepted, file.counts.duplicate]).toEqual([0, 1]);
  await bank(inner, takenBack([{ amount: WHOLE, ocr, servicerReference: 'R-again' }]));
  expect((await suspense(inner)).map(({ reason }) => reason)).toEqual(['unknown-reversal']);
  expect(await openOf(inner, 'R-1')).toBe(WHOLE);
  expect(await inner.violations()).toEqual([]);
});

test('a receipt and its reversal in one file leave nothing', async () => {
  const paid = [{ amount: WHOLE, ocr, servicerReference: 'R' }];
  const reversal = /<Ntry>[^]*<\/Ntry>/.exec(takenBack(paid))![0];
  const both = Buffer.from(notification(paid))
    .toString()
    .replace(/<TxsSummry>[^]*<\/TxsSummry>/, '')
    .replace('</Ntfctn>', `${reversal}</Ntfctn>`);
  const { file } = await bank(inner, both);
  expect([file.state, file.counts.accepted, file.amounts.accepted]).toEqual(['booked', 2, 0n]);
  expect(await openOf(inner, 'R-1')).toBe(WHOLE);
  expect(await inner.violations()).toEqual([]);
});

test('a payment that the bank told twice is dropped by a person, one that it told once is not', async () => {
  const weak = (id: string): string =>
    Buffer.from(notification([{ amount: 10_000n, ocr }]))
      .toString()
      .replaceAll(/<AcctSvcrRef>[^<]*<\/AcctSvcrRef>/g, '')
      .replace(/(<Ntfctn>\s*<Id>)[^<]*/, `$1${id}`);
  await bank(inner, weak('B1'));
  await bank(inner, weak('B2'));
  const [first, second] = await inner.rows<{ id: bigint }>('select id from payment order by id');
  expect((await payment('undo', String(first!.id), '--repeated')).code).toBe(1);
  const dropped = await payment('undo', String(second!.id), '--repeated');
  expect([dropped.code, dropped.stderr]).toEqual([0, '']);
  expect([await suspense(inner), (await balances(inner))['clientFunds']]).toEqual([[], 10_000n]);
  expect(await inner.violations()).toEqual([]);
});

test('XB7: a payment on a claim that is with a collection agency is noted to be told', async () => {
  await inner.rows(
    `insert into run (kind, client_id, business_date, state, trigger, who, started_at) values ('collection', 'provet', '2026-11-20', 'applied', 'command', 'prov', now())`,
  );
  await inner.rows(`insert into collection_case (client_id, number, receivable_id, run_id, opened_on, state)
    select 'provet', 1, r.id, run.id, '2026-11-20', 'opened' from receivable r, run`);
  await bank(inner, notification([{ amount: 20_000n, ocr, servicerReference: 'R' }]));
  await bank(inner, takenBack([{ amount: 20_000n, ocr, servicerReference: 'R' }]));
  expect(await inner.rows('select kind, amount, on_date from collection_change order by id')).toEqual([
    { kind: 'payment', amount: 20_000n, on_date: '2026-11-20' },
    { kind: 'correction', amount: -20_000n, on_date: '2026-11-20' },
  ]);
});
