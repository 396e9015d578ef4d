import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '#config/load-config.ts';
import { isoDate } from '#engine/iso-date.ts';
import { inTransaction } from '#engine/store/database.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { writeRecord } from '#formats/fixed/record.ts';
import { parts } from '#jobs/house/parts.ts';
import { approvePayouts } from '#jobs/payout/decide-payouts.ts';
import { sendPayouts } from '#jobs/payout/send-payouts.ts';
import { advance } from '#jobs/pipeline/advance.ts';
import { executeRun, runKindsByName } from '#jobs/runs/execute-run.ts';
import { readArchive } from '#layouts/spool/archive.ts';
import { readPrintedFacts } from '#layouts/spool/check-piece.ts';
import { rereadPdf } from '#layouts/spool/reread-pdf.ts';
import { openInnerHouse, type InnerHouse } from '../house/inner-house.ts';
import { endRecord, toyParts, toyRecord } from './toy-parts.ts';
import { modulus11 } from './toyland.ts';

const IBAN = 'AQ36TOYB00000000001';
const account = `
  - id: toybank
    holder: client-funds
    iban: ${IBAN}
    bic: TOYBAQAA
    currency: EUR
    postingSource: notification
    informationIsBooked: no
    giros: ['toy-account:2468013.4']
    paymentFile: { version: '03', agreementId: TOYS, scheme: BANK }
`;

let sleigh: string;
let inner: InnerHouse;
beforeAll(async () => {
  sleigh = await mkdtemp(join(tmpdir(), 'kuvert-sleigh-'));
  inner = await openInnerHouse({
    printing: true,
    parts: toyParts(sleigh),
    files: { 'clients/toyworks.yaml': await readFile(new URL('toyworks.yaml', import.meta.url), 'utf8') },
    changes: {
      'bureau.yaml': (text) => text.replace('  SE: yes', '  AQ: no\n  SE: yes'),
      'bank-accounts.yaml': (text) => text.replaceAll(/^ +expects: .*\n/gm, '') + account,
    },
  });
});
afterAll(async () => {
  await inner.close();
  await rm(sleigh, { recursive: true });
});

const on = (date: string): Promise<void> => inner.reopen(new Date(`${date}T08:00:00Z`));

test('the check digits of modulus 11, by hand', () => {
  // 1 × 2 + 5 × 6 + 3 × 7 is 53, which lacks 2 to 55.
  expect(modulus11('350001')).toBe('2');
  // 3 × 2 + 1 × 3 + 0 × 4 + 8 × 5 + 6 × 6 + 4 × 7 + 2 × 2 is 117, which lacks 4 to 121.
  expect(modulus11('2468013')).toBe('4');
  // 6 × 2 is 12, which lacks 10 to 22.
  expect(modulus11('6')).toBe('X');
});

test('an invoice of Toyland is booked, sent on its way, nudged, paid and paid out', async () => {
  await on('2026-10-01');
  const toy = {
    number: 'TOY-1',
    issued: isoDate('2026-10-01'),
    debtor: 'D7',
    name: 'Emperor & Sons',
    street: 'Floe 3',
    postcode: '2042',
    town: 'Colony',
    toy: 'Wooden seal',
    price: 100_00n,
  };
  const { file, receipt, postings } = await inner.takeIn(
    'toyworks',
    'october.toy',
    `${writeRecord(toyRecord, toy)}\n${writeRecord(endRecord, { toys: 1 })}\n`,
  );
  expect(receipt.findings).toEqual([]);
  expect(file.state).toBe('booked');
  // The receivable of 120.00, 100.00 of sales and 20 % VAT.
  expect(postings).toBe(3n);
  // Fourteen days are the Day of the Penguin, on which the banks of Toyland are closed and no others.
  const [invoice] = await inner.rows(
    `select r.principal, r.currency, r.due_date as due, p.reference, p.account from receivable r
     join payment_reference p on p.invoice_id = r.invoice_id`,
  );
  expect(invoice).toEqual({
    principal: 120_00n,
    currency: 'EUR',
    due: '2026-10-16',
    reference: '3500012',
    account: '24680134',
  });
  // The channel has carried it, and that is its dispatch.
  const [carried = ''] = await readdir(sleigh);
  expect(await readFile(join(sleigh, carried), 'utf8')).toBe('TOY-1; Emperor & Sons; 120.00 EUR; 2026-10-16; 3500012');
  expect(await inner.rows('select channel, state, dispatched_on as on from document')).toEqual([
    { channel: 'sleigh', state: 'released', on: '2026-10-01' },
  ]);

  await on('2026-10-21');
  const nudged = await run('reminder', '2026-10-21');
  expect(nudged).toMatchObject({ outcome: 'applied', runs: [{ steps: 1, skips: 0 }] });
  expect(await inner.rows(`select kind, channel, state from document where kind <> 'invoice'`)).toEqual([
    { kind: 'nudge', channel: 'print', state: 'released' },
  ]);
  expect(await printed()).toMatchObject({ Payable: '125.20 EUR', Number: expect.any(String) });

  await on('2026-10-26');
  // 120.00 × 12 % × 5 / 365 is 0.1973: with the fee of 5.00 the nudge asks for 125.20.
  expect((await inner.takeIn('bank', 'paid.xml', paid('125.20', '3500012'))).file.state).toBe('booked');
  expect(await balances()).toMatchObject({ clientFunds: 125_20n, clientLiability: -125_20n });
  expect((await balances())['receivable']).toBeUndefined();

  const settled = await run('payout', '2026-10-26');
  expect(settled).toMatchObject({ outcome: 'applied', runs: [{ steps: 1 }] });
  await inTransaction(inner.house.database, (tx) =>
    approvePayouts(inner.house, tx, { which: { scope: 'bureau', states: ['planned'] }, who: 'bo', reason: null }),
  );
  const { files, stopped } = await sendPayouts(inner.house);
  expect(stopped).toEqual([]);
  expect(files).toHaveLength(1);
  const folder = join(inner.house.home, 'outbox', 'bank');
  const order = await readFile(join(folder, (await readdir(folder))[0] ?? ''), 'utf8');
  // 0.50 for the sleigh, 2.00 for the nudge, 0.10 for the payment: 2.60 and its VAT of 20 %, 0.52.
  expect(order).toContain('<InstdAmt Ccy="EUR">122.08</InstdAmt>');
  expect(order).toContain('<Id>13579024</Id><SchmeNm><Prtry>TOYB</Prtry></SchmeNm>');
  expect(await inner.violations()).toEqual([]);
});

test('with the toys unplugged their client is refused, and told why', async () => {
  expect(await problemsUnder(parts)).toEqual([
    'agreements[0].paymentAccounts[0].kind: "toy-account" is not one of the known values. Known values: bankgiro, plusgiro, iban.',
    'agreements[0].input.format.kind: "toy-list" is not one of the known values. Known values: csv, peppol.',
    'agreements[0].channels[0]: "sleigh" is not one of the known values. Known values: print, einvoice.',
    'agreements[0].payout.receiver.kind: "toy-account" is not one of the known values. Known values: bankgiro, plusgiro, account, iban.',
  ]);
  const withoutCountry = { ...toyParts(sleigh), countries: parts.countries };
  const unknown = 'The house knows no country AQ: neither its law nor its bank days. Write one that is plugged in: SE.';
  expect(await problemsUnder(withoutCountry)).toEqual([`agreements[0].country: ${unknown}`]);
});

async function problemsUnder(plugged: Parts): Promise<readonly string[]> {
  const { config, problems } = await loadConfig(join(inner.folder, 'config'), plugged);
  expect(config).toBeUndefined();
  const own = problems.filter(({ file }) => file.endsWith('clients/toyworks.yaml'));
  return own.map(({ path, message, hint }) => `${path}: ${message} ${hint}`);
}

/** The facts of the one letter that went to the print house. */
async function printed(): Promise<Readonly<Record<string, string>>> {
  const folder = join(inner.house.home, 'outbox', 'print');
  const [job = '', ...others] = (await readdir(folder)).filter((name) => name.endsWith('.zip'));
  expect(others).toEqual([]);
  const archive = await readArchive(join(folder, job));
  const volume = archive.names.find((name) => name.endsWith('.pdf')) ?? '';
  const { bytes } = await archive.read(volume);
  archive.close();
  const facts = [...rereadPdf(bytes).pages()].flatMap(({ contents, fonts }) =>
    contents.flatMap((content) => readPrintedFacts(content, fonts).facts),
  );
  return Object.fromEntries(facts.map(({ name, text }) => [name, text]));
}

async function run(kind: 'reminder' | 'payout', date: string) {
  const order = { kind: runKindsByName[kind], client: 'toyworks', businessDate: isoDate(date), who: 'anna' };
  const executed = await executeRun(inner.house, { ...order, trigger: 'command' });
  const [trouble] = await advance(inner.house, new AbortController().signal);
  if (trouble) throw trouble;
  return executed;
}

async function balances(): Promise<Readonly<Record<string, bigint>>> {
  const found = await inner.rows<{ account: string; amount: bigint }>(
    `select account, sum(amount)::bigint as amount from posting where client_id = 'toyworks' group by account having sum(amount) <> 0`,
  );
  return Object.fromEntries(found.map(({ account: name, amount }) => [name, amount]));
}

/** A notification of the Toy Bank, in the bank format that the house has, of one payment to the client's account. */
const paid = (amount: string, reference: string): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn>',
    '<GrpHdr><MsgId>TOY-26</MsgId><CreDtTm>2026-10-26T06:00:00Z</CreDtTm></GrpHdr>',
    `<Ntfctn><Id>TOY-26-1</Id><CreDtTm>2026-10-26T06:00:00Z</CreDtTm><Acct><Id><IBAN>${IBAN}</IBAN></Id><Ccy>EUR</Ccy></Acct>`,
    `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-10-26</Dt></BookgDt>`,
    '<ValDt><Dt>2026-10-26</Dt></ValDt><AcctSvcrRef>TOY-26-E</AcctSvcrRef>',
    '<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ATXN</SubFmlyCd></Fmly></Domn></BkTxCd>',
    `<NtryDtls><TxDtls><Refs><AcctSvcrRef>TOY-26-T</AcctSvcrRef></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls>`,
    '<RltdPties><Dbtr><Nm>Emperor</Nm></Dbtr><CdtrAcct><Id><Othr><Id>24680134</Id><SchmeNm><Prtry>TOYB</Prtry></SchmeNm></Othr></Id></CdtrAcct>',
    `</RltdPties><RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>${reference}</Ref></CdtrRefInf></Strd></RmtInf>`,
    '</TxDtls></NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>\n',
  ].join('');
