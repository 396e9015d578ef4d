import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { modulus10CheckDigit } from '#engine/check-digits.ts';
import { isoDate } from '#engine/iso-date.ts';
import { inTransaction, type Tx } from '#engine/store/database.ts';
import { camt054Chunks } from '#jobs/demo/files/bank-file.ts';
import { readCamt } from '#formats/iso20022/read-camt.ts';
import { openInnerHouse, type InnerHouse } from '../house/inner-house.ts';

const PAYMENTS = 200_000;
const AMOUNT = 125_000n;
const GIRO = '8888885';
const SAMPLE_MILLISECONDS = 20;

/** Ten digits of a serial with their check digit. */
const referenceOf = (serial: number): string => {
  const digits = `20${String(serial).padStart(8, '0')}`;
  return digits + modulus10CheckDigit(digits);
};

/**
 * One camt.054 with a payment for each of as many invoices, against the same rows posted by bare SQL: they lie in a table already, are joined
 * with the references, and become payments and postings in as few statements as can be, with the ledger's own guards and keys.
 */
test(`payments: ${PAYMENTS} in one camt.054`, async () => {
  const inner = await openInnerHouse();
  const folder = await mkdtemp(join(tmpdir(), 'kuvert-bench-'));
  try {
    await fillLedger(inner, 2 * PAYMENTS);
    const path = join(folder, 'payments.xml');
    await pipeline(Readable.from(camt054Chunks(fileOf(PAYMENTS))), createWriteStream(path));
    const megabytes = (await stat(path)).size / 1e6;
    const parse = await secondsOf(async () => {
      for await (const item of readCamt(createReadStream(path), { encoding: 'utf-8', allowNoNamespace: false }))
        if (item.kind === 'broken') throw new Error(JSON.stringify(item));
    });
    const id = await inner.receive('bank', 'payments.xml', createReadStream(path));
    const memory = watchMemory();
    let state = '';
    const ours = await secondsOf(async () => {
      state = (await inner.settle(id)).file.state;
    });
    const { before, peak } = memory.stop();
    const posted = await inner.rows<{ n: bigint }>(
      `select count(*) as n from payment p where exists (select from posting t where t.payment_id = p.id)`,
    );
    expect([state, posted[0]?.n]).toEqual(['booked', BigInt(PAYMENTS)]);
    const bare = await inTransaction(inner.house.database, (tx) => postBare(tx, id));
    console.log(
      [
        `${PAYMENTS} payments, ${megabytes.toFixed(0)} MB: read, checked, matched, booked and receipted in ${ours.toFixed(1)} s (reading alone ${parse.toFixed(1)} s)`,
        `  bare SQL posting of as many rows: ${bare.toFixed(1)} s; ratio 1 : ${(ours / bare).toFixed(2)}`,
        `  memory: ${Math.round(before / 1e6)} MB before, ${Math.round(peak / 1e6)} MB at most`,
      ].join('\n'),
    );
  } finally {
    await inner.close();
    await rm(folder, { recursive: true, force: true });
  }
});

const fileOf = (payments: number) => ({
  messageId: 'BENCH',
  account: { iban: 'SE4400000000099999900033', currency: 'SEK' as const },
  bookingDate: isoDate('2026-11-20'),
  createdAt: '2026-11-20T17:05:00+01:00',
  payments: Array.from({ length: payments }, (_, index) => ({
    amount: AMOUNT,
    ocr: referenceOf(index + 1),
    payerName: 'Skenfirman AB',
    payerAccount: '9912346',
    bankgiro: GIRO,
    servicerReference: `B${index + 1}`,
  })),
});

/** Invoices as they stand after their files were booked, written by SQL: making them is not what is measured. */
async function fillLedger(inner: InnerHouse, invoices: number): Promise<void> {
  const references = Array.from({ length: invoices }, (_, index) => referenceOf(index + 1));
  await inTransaction(inner.house.database, async (tx) => {
    await tx.query(`insert into file (client_id, number, claim_id, name, sha256, bytes, received_at, state, settled_at, settlement, receipted)
      values ('provet', 1, 'bench', 'bench.csv', repeat('0', 64), 1, now(), 'booked', now(), 1, 1)`);
    await tx.query(
      `insert into file_document (file_id, sequence, line, last_line, outcome, amount, amount_known)
       select f.id, n, n, n, 'accepted', $1, true from file f, generate_series(1, $2::int) as n`,
      [AMOUNT, invoices],
    );
    await tx.query(`insert into debtor (client_id, number, latest_version) values ('provet', 'D', 1)`);
    await tx.query(`insert into debtor_version (debtor_id, version, class, content, content_sha256, file_id, recorded_at, digest_version)
      select d.id, 1, 'business', '{"name": "Skenfirman AB"}', '', f.id, now(), 1 from debtor d, file f`);
    await tx.query(
      `insert into invoice (client_id, number, kind, file_id, file_sequence, agreement_version, debtor_id, debtor_version, mode, issue_date, due_date,
         currency, net, vat, payable, language, content_sha256, content, digest_version)
       select 'provet', 'B-' || n, 'invoice', f.id, n, 1, d.id, 1, 'full', '2026-10-20', '2026-11-20', 'SEK', 100000, 25000, $1, 'sv', '', '{}', 1
       from file f, debtor d, generate_series(1, $2::int) as n`,
      [AMOUNT, invoices],
    );
    await tx.query(
      `insert into receivable (client_id, invoice_id, debtor_id, currency, principal, due_date)
       select client_id, id, debtor_id, currency, payable, due_date from invoice order by id`,
    );
    await tx.query(
      `insert into payment_reference (scheme, account, reference, invoice_id) select 'bankgiro', $1, r.reference, i.id
       from unnest($2::text[]) with ordinality as r (reference, n) join invoice i on i.file_sequence = r.n`,
      [GIRO, references],
    );
    await tx.query(
      `insert into ledger_transaction (client_id, sequence, kind, effect_key, entry_date, booked_at, invoice_id, previous_hash, hash)
       select 'provet', row_number() over (order by id), 'issue', 'issue:' || number, issue_date, now(), id, '', '' from invoice`,
    );
    await tx.query(`insert into ledger_account (account, book) values ('vat:25', 'client')`);
    await tx.query(
      `insert into posting (transaction_id, line, client_id, account, amount, currency, receivable_id)
       select t.id, v.line, 'provet', v.account, v.amount, 'SEK', case v.line when 1 then r.id end
       from ledger_transaction t join receivable r on r.invoice_id = t.invoice_id,
         (values (1, 'receivable', 125000), (2, 'sales', -100000), (3, 'vat:25', -25000)) as v (line, account, amount)`,
    );
    await tx.query(
      `insert into ledger_head (client_id, next_sequence, hash) select 'provet', count(*) + 1, '' from ledger_transaction`,
    );
  });
  // Neither way is to pay for the first look at freshly written rows, or for a vacuum beside it.
  await inner.rows('vacuum analyze');
}

/** Posts the other half of the invoices; gives the seconds of the two statements. */
async function postBare(tx: Tx, file: bigint): Promise<number> {
  await tx.query(
    `create temp table bare on commit drop as select row_number() over (order by reference) as n, reference from payment_reference pr
       where not exists (select from receivable r join posting p on p.receivable_id = r.id and p.payment_id is not null where r.invoice_id = pr.invoice_id)`,
  );
  await tx.query('analyze bare');
  const began = performance.now();
  await tx.query(
    `insert into payment (account, fingerprint, file_id, block_id, line, amount, currency, booking_date, value_date, kind, client_id, payer_name,
       payer_account, receiver_account, references_found, text, ids, recorded_at)
     select 'provkonto', 'bare' || n, $1, b.id, n, $2, 'SEK', '2026-11-20', '2026-11-20', 'receipt', 'provet', 'Skenfirman AB', 'BANKGIRO 9912346',
       $3, array[reference], '', '{"servicerReference": "B1"}', now() from bare, (select id from bank_block where file_id = $1 limit 1) as b`,
    [file, AMOUNT, GIRO],
  );
  await tx.query(
    `with head as (update ledger_head set next_sequence = next_sequence + (select (count(*) + 4999) / 5000 from bare) where client_id = 'provet'
         returning next_sequence - (select (count(*) + 4999) / 5000 from bare) as first),
       booked as (insert into ledger_transaction (client_id, sequence, kind, effect_key, entry_date, booked_at, previous_hash, hash)
         select 'provet', head.first + c, 'payment', 'bare:' || c, '2026-11-20', now(), '', '' from head, generate_series(0, (select (count(*) - 1) / 5000 from bare)) as c
         returning id, effect_key)
     insert into posting (transaction_id, line, client_id, account, amount, currency, receivable_id, payment_id)
     select b.id, l.line, 'provet', l.account, l.amount, 'SEK', l.receivable, l.payment from booked b join (
       select (bare.n - 1) / 5000 as c, ((bare.n - 1) % 5000)::int + 4 as line, 'receivable' as account, -p.amount as amount, r.id as receivable, p.id as payment
         from bare join payment_reference pr on pr.reference = bare.reference join receivable r on r.invoice_id = pr.invoice_id
           join payment p on p.fingerprint = 'bare' || bare.n and p.account = 'provkonto'
       union all select c, v.line, v.account, v.sign * $1 * rows, null, null from (
         select (n - 1) / 5000 as c, count(*) as rows from bare group by 1) as s,
         (values (1, 'clientFunds', 1), (2, 'clientLiability', -1), (3, 'withBureau', 1)) as v (line, account, sign)) as l on b.effect_key = 'bare:' || l.c`,
    [AMOUNT],
  );
  return (performance.now() - began) / 1000;
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

function watchMemory() {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), SAMPLE_MILLISECONDS);
  return {
    stop: () => {
      clearInterval(timer);
      return { before, peak };
    },
  };
}
