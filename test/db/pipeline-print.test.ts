import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '#engine/store/database.ts';
import { loadTrails } from '#engine/store/trace.ts';
import { rehearseFile } from '#jobs/pipeline/take-in-by-hand.ts';
import { invoiceSteps } from '#jobs/desk/trace-steps.ts';
import { openInnerHouse, type InnerHouse } from '../house/inner-house.ts';
import { trialCsv, type TrialRow } from '../house/trial-csv.ts';

let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse({ printing: true });
});
afterAll(() => inner.close());

const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(inner.house.home, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();

const reachable: TrialRow = { Company: '559998-1114', Endpoint: '0007:5599981114', 'Their reference': 'A Provsson' };

test('a dry run gives receipt and sample letters, and leaves no row and nothing in an out-folder (F08)', async () => {
  const path = join(inner.folder, 'trial.csv');
  await writeFile(
    path,
    trialCsv({ Number: 'D-1' }, { Number: 'D-2', Issued: '2027-02-29' }, { Number: 'D-3', Name: 'Låtsas & Co' }),
  );
  const { receipt, samples } = await rehearseFile(inner.house, { client: 'provet', path });
  expect(receipt.file).toMatchObject({ number: 1, name: 'trial.csv', state: 'booked' });
  expect(receipt.documents).toMatchObject({ accepted: { count: 2, amount: 250_000n }, rejected: { count: 1, amount: 125_000n } });
  expect(receipt.findings).toMatchObject([{ code: 'CSV-NOT-A-DATE', line: 3, value: '2027-02-29' }]);
  expect(samples).toHaveLength(2);
  for (const sample of samples) {
    const pdf = await readFile(sample, 'latin1');
    expect(pdf).toMatch(/^%PDF-1\.\d[\s\S]*%%EOF\s*$/);
  }
  for (const table of [
    'file',
    'file_document',
    'file_finding',
    'invoice',
    'debtor',
    'document',
    'posting',
    'number_series',
    'outbound',
  ]) {
    expect(await inner.rows(`select * from ${table}`), table).toEqual([]);
  }
  expect(await inner.rows(`select * from pgboss.job`)).toEqual([]);
  expect(await filesIn('outbox')).toEqual([]);
  expect(await filesIn('archive')).toEqual([]);
});

test('a letter and an e-invoice leave the house, and their way can be followed step by step (F26)', async () => {
  await inner.takeIn('provet', 'two.csv', trialCsv({ Number: 'T-1', Due: '2026-12-24' }, { Number: 'T-2', ...reachable }));
  const [letter] = await inTransaction(inner.house.database, (tx) => loadTrails(tx, 'T-1', 'bureau'));
  const [einvoice] = await inTransaction(inner.house.database, (tx) => loadTrails(tx, 'T-2', { client: 'provet' }));
  if (!letter || !einvoice) throw new Error('both invoices have a trail');
  const at = inner.house.clock();
  expect(invoiceSteps(letter)).toMatchObject([
    { at, step: 'received', what: 'file provet/1 two.csv, line 2' },
    // Christmas Eve is no bank day, Christmas Day and the weekend neither: Monday the 28th.
    { at, step: 'accepted', what: 'agreement 1, full, debtor D1, due 2026-12-28 (terms gave 2026-12-24)' },
    { at, step: 'booked', what: expect.stringMatching(/^ledger transaction 1, 1250\.00 SEK, reference 20\d{10}$/) },
    { at, step: 'receipt', what: 'clients/provet/000001-two.csv.receipt.json' },
    { at, step: 'channel', what: 'print, because client-policy; einvoice no-endpoint' },
    { at, step: 'planned', what: 'print job 1' },
    { at, step: 'made', what: expect.stringMatching(/^piece 1 of J0001\S*\.pdf, 1 sheet\(s\), marks \d+$/) },
    { at, step: 'released', what: expect.stringMatching(/^outbox\/print\/J0001\S*\.zip$/) },
  ]);
  expect(invoiceSteps(einvoice).map((step) => step.step)).toEqual([
    'received',
    'accepted',
    'booked',
    'receipt',
    'channel',
    'made',
    'released',
  ]);
  const xml = await readFile(join(inner.house.home, 'outbox', einvoice.outboundName ?? ''), 'utf8');
  expect(xml).toContain('<cbc:ID>T-2</cbc:ID>');
  expect(xml).toContain('<cbc:PayableAmount currencyID="SEK">1250.00</cbc:PayableAmount>');
  expect(xml).toContain(`<cbc:PaymentID>${einvoice.reference}</cbc:PaymentID>`);
});

test('a letter too thick for any envelope waits for a person; the others of its job leave', async () => {
  const lines = Array.from({ length: 4_000 }, (): TrialRow => ({ Number: 'THICK', Payable: '5000000,00' }));
  const { receipt } = await inner.takeIn('provet', 'thick.csv', trialCsv(...lines, { Number: 'THIN' }));
  expect(receipt).toMatchObject({ accepted: { count: 2, amount: '5001250.00' }, findings: [] });
  expect(
    await inner.rows(
      `select i.number, d.state, d.piece, d.refusal is not null as explained, s.letters from document d join invoice i on i.id = d.invoice_id
       join spool s on s.job_number = d.job_number where i.number like 'TH%' order by 1`,
    ),
  ).toEqual([
    { number: 'THICK', state: 'refused', piece: null, explained: true, letters: 1 },
    { number: 'THIN', state: 'released', piece: 1, explained: false, letters: 1 },
  ]);
  expect(await inner.violations()).toEqual([]);
});

test('a job of which every letter is refused leaves nothing behind that is half done', async () => {
  const lines = Array.from({ length: 4_000 }, (): TrialRow => ({ Number: 'ALONE', Payable: '5000000,00' }));
  await inner.takeIn('provet', 'alone.csv', trialCsv(...lines));
  expect(
    await inner.rows(
      `select d.state, s.state as spool from document d join invoice i on i.id = d.invoice_id
       join spool s on s.job_number = d.job_number where i.number = 'ALONE'`,
    ),
  ).toEqual([{ state: 'refused', spool: 'released' }]);
  expect(await filesIn('work/spool')).toEqual([]);
  expect(await inner.violations()).toEqual([]);
});
