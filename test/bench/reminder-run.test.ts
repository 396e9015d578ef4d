import { afterAll, beforeAll, expect, test } from 'vitest';
import { rehearse } from '#engine/store/database.ts';
import { isoDate } from '#engine/iso-date.ts';
import { executeRun, runKind } from '#jobs/runs/execute-run.ts';
import { consumerTerms, openRunHouse, type RunHouse } from '../db/runs/run-house.ts';

const RECEIVABLES = 200_000;
/** Every fifth debtor has two invoices, so that letters are merged too. */
const DEBTORS = Math.floor((RECEIVABLES * 5) / 6);
const MILLISECONDS = 1000;
const DAY = '2026-09-07';

let house: RunHouse;
beforeAll(async () => {
  house = await openRunHouse(consumerTerms, { printing: false });
  await house.on('2026-08-03');
  await house.invoices({ Number: 'MALL', Issued: '2026-08-03', Due: '2026-09-01' });
  await seed();
  await house.on(DAY);
}, 600_000);
afterAll(() => house.close());

/** As many invoices as their intake would have left, copies of one: each with debtor, document, reference and ledger transaction. */
async function seed(): Promise<void> {
  const { rows } = house.inner;
  await rows(
    `insert into debtor (client_id, number, latest_version) select 'provet', 'G' || n, 1 from generate_series(1, ${DEBTORS}) as n`,
  );
  await rows(`insert into debtor_version select d.id, 1, v.class, v.content, v.content_sha256, v.file_id, v.recorded_at, v.digest_version
    from debtor d, debtor_version v join debtor o on o.id = v.debtor_id and o.number = 'D1' where d.number like 'G%'`);
  await rows(`insert into file_document (file_id, sequence, line, last_line, number, outcome, amount, amount_known)
    select file_id, 1 + n, 1 + n, 1 + n, 'G-' || n, 'accepted', 125000, true from invoice, generate_series(1, ${RECEIVABLES}) as n where number = 'MALL'`);
  await rows(`insert into invoice (client_id, number, kind, file_id, file_sequence, agreement_version, debtor_id, debtor_version, mode, issue_date,
      due_date, nominal_due_date, currency, net, vat, payable, language, content_sha256, content, digest_version)
    select i.client_id, 'G-' || n, i.kind, i.file_id, 1 + n, i.agreement_version, d.id, 1, i.mode, i.issue_date, i.due_date, i.nominal_due_date,
      i.currency, i.net, i.vat, i.payable, i.language, i.content_sha256, i.content, i.digest_version
    from generate_series(1, ${RECEIVABLES}) as n join debtor d on d.number = 'G' || 1 + (n - 1) % ${DEBTORS}, invoice i where i.number = 'MALL'`);
  await rows(
    `insert into payment_reference (scheme, account, reference, invoice_id) select 'bankgiro', '8888885', (10000000000 + id)::text, id from invoice where number like 'G-%'`,
  );
  await rows(`insert into receivable (client_id, invoice_id, debtor_id, currency, principal, due_date)
    select client_id, id, debtor_id, currency, payable, due_date from invoice where number like 'G-%'`);
  await rows(`insert into document (id, client_id, invoice_id, channel, channel_reason, channel_facts, layout, state, decided_at, released_at, dispatched_on)
    select md5(i.number), i.client_id, i.id, 'print', 'only', '{}', 'standard/1', 'released', now(), now(), '2026-08-04' from invoice i where number like 'G-%'`);
  await rows(`insert into ledger_account (account, book) values ('vat:25', 'client')`);
  await rows(`with booked as (insert into ledger_transaction (client_id, sequence, kind, effect_key, entry_date, booked_at, invoice_id, previous_hash, hash)
      select client_id, 1000 + id, 'issue', 'issue:' || number, issue_date, now(), id, '', md5(number) from invoice where number like 'G-%' returning id, invoice_id)
    insert into posting (transaction_id, line, client_id, account, amount, currency, receivable_id)
    select b.id, l.line, 'provet', l.account, l.amount, 'SEK', case l.line when 1 then r.id end from booked b join receivable r on r.invoice_id = b.invoice_id,
      (values (1, 'receivable', 125000), (2, 'sales', -100000), (3, 'vat:25', -25000)) as l (line, account, amount)`);
  await rows(
    `update ledger_head set next_sequence = (select max(sequence) + 1 from ledger_transaction) where client_id = 'provet'`,
  );
  await rows(`update document set dispatched_on = '2026-08-04'`);
  // Neither way is to pay for the first look at freshly written rows.
  await rows('vacuum analyze');
}

/** The same rows, selected and inserted by bare SQL: nothing is decided, nothing worked out, each letter carries one ready-made text. */
const BARE = [
  `insert into run (kind, client_id, business_date, state, trigger, who, started_at) values ('reminder', 'provet', '${DAY}', 'applied', 'command', 'bare', now())`,
  `create temp table due on commit drop as
   select r.id, r.debtor_id, i.number, i.agreement_version, pr.reference, sum(p.amount) as open, d.dispatched_on, v.content ->> 'name' as name,
     i.content #>> '{lines,0,name}' as ground, i.issue_date, i.payable,
     row_number() over (partition by r.debtor_id order by r.id) = 1 as bears_fee
   from receivable r join invoice i on i.id = r.invoice_id join payment_reference pr on pr.invoice_id = i.id
     join debtor_version v on v.debtor_id = i.debtor_id and v.version = i.debtor_version join document d on d.invoice_id = i.id
     join posting p on p.receivable_id = r.id join ledger_transaction t on t.id = p.transaction_id and t.entry_date <= '${DAY}'
   where r.client_id = 'provet' and r.due_date < '${DAY}' group by r.id, i.id, pr.reference, d.dispatched_on, v.content having sum(p.amount) > 0`,
  `insert into run_item select (select id from run where who = 'bare'), id, 'step', 'reminder',
     '[{"rule": "due", "facts": {"dueDate": "2026-09-01", "daysLate": "6", "principal": "1250.00"}}, {"rule": "step-date", "facts": {"trigger": "2026-09-06", "date": "2026-09-07"}}, {"rule": "reminder-fee", "facts": {"amount": "60.00"}}, {"rule": "interest", "facts": {"accrued": "2.05", "through": "2026-09-07", "from": "2026-09-02", "due": "2.05"}}, {"rule": "deadline", "facts": {"deadline": "2026-09-17", "dispatch": "2026-09-07", "days": "10"}}]' from due`,
  `insert into document (client_id, run_id, agreement_version, layout, state, channel, channel_reason, channel_facts, decided_at, id, kind, debtor_id, content)
   select 'provet', (select id from run where who = 'bare'), 1, 'standard/1', 'waiting', 'print', 'demand', '{}', now(), md5('bare' || debtor_id), 'reminder', debtor_id,
     json_build_object('kind', 'reminder', 'number', debtor_id::text, 'date', '${DAY}', 'language', 'sv', 'creditor', s.seller, 'agent', s.seller,
       'debtor', json_build_object('number', debtor_id, 'name', min(name), 'class', 'consumer', 'address', s.seller -> 'address'),
       'currency', 'SEK', 'claims', json_agg(json_build_object('invoiceNumber', number, 'issueDate', issue_date, 'dueDate', '2026-09-01', 'ground', ground,
         'originalAmount', payable, 'principalAmount', open, 'interestAmount', '2.05', 'interest', '{"rate": "10", "basis": "statutory", "from": "2026-09-02", "to": "2026-09-07", "baseAmount": "1250.00"}'::json,
         'reminderFeeAmount', '60.00', 'collectionFeeAmount', '0.00', 'compensationAmount', '0.00')),
       'payableAmount', sum(open), 'deadline', '2026-09-17', 'account', '{"id": "8888885"}'::json, 'paymentReference', min(reference), 'nextStep', 'demand')
   from due, (select content -> 'seller' as seller from agreement where client_id = 'provet') as s group by debtor_id, s.seller`,
  `insert into demand_step (run_id, business_date, state, receivable_id, level, kind, document_id, principal, interest, reminder_fee, collection_fee, compensation, deadline, policy)
   select (select id from run where who = 'bare'), '${DAY}', 'taken', id, 1, 'reminder', md5('bare' || debtor_id), open, 205, case when bears_fee then 6000 else 0 end, 0, 0, '2026-09-17', '{"step": 1}' from due`,
  `with booked as (insert into ledger_transaction (client_id, sequence, kind, effect_key, entry_date, booked_at, previous_hash, hash)
     select 'provet', 10000000 + row_number() over (), 'claim', 'claim:' || md5('bare' || debtor_id), '${DAY}', now(), md5('a' || debtor_id), encode(sha256(('h' || debtor_id)::bytea), 'hex')
     from due group by debtor_id returning id, effect_key)
   insert into posting (transaction_id, line, client_id, account, amount, currency, receivable_id)
   select b.id, row_number() over (partition by b.id), 'provet', l.account, l.amount, 'SEK', case when l.amount > 0 then due.id end
   from due join booked b on b.effect_key = 'claim:' || md5('bare' || due.debtor_id),
     (values ('receivable:interest', 205), ('income:interest', -205), ('receivable:reminderFee', 6000), ('income:reminderFee', -6000)) as l (account, amount)
   where bears_fee or l.account like '%:interest'`,
];

test(`a reminder run over ${RECEIVABLES} receivables against bare SQL that writes the same rows`, async () => {
  const bareParts: string[] = [];
  const bare = await secondsOf(() =>
    rehearse(house.inner.house.database, async (tx) => {
      for (const sql of BARE) {
        const seconds = await secondsOf(() => tx.query(sql));
        bareParts.push(seconds.toFixed(1));
      }
    }),
  );
  await house.inner.rows('vacuum analyze');
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 100);
  const run = await secondsOf(async () => {
    const executed = await executeRun(house.inner.house, {
      kind: runKind('reminder'),
      client: 'provet',
      businessDate: isoDate(DAY),
      trigger: 'command',
      who: 'bench',
    });
    expect(executed).toMatchObject({ outcome: 'applied', runs: [{ steps: RECEIVABLES + 1 }] });
  });
  clearInterval(timer);
  const [letters] = await house.inner.rows<{ readonly count: bigint }>(`select count(*) from document where kind = 'reminder'`);
  console.log(
    [
      `reminder run: ${RECEIVABLES} receivables, ${letters?.count} letters: ${run.toFixed(1)} s; bare SQL ${bare.toFixed(1)} s (${bareParts.join(' + ')}); ratio ${(run / bare).toFixed(2)}`,
      `  memory: ${Math.round(before / 1e6)} MB before, ${Math.round(peak / 1e6)} MB at most`,
    ].join('\n'),
  );
});

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / MILLISECONDS;
}
