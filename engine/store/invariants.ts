import type { LedgerTransaction } from '../ledger.ts';
import type { Tx } from './database.ts';
import { bySql, MAX_VIOLATIONS, type Invariant } from './invariants/invariant.ts';
import { documentInvariants, runInvariants } from './invariants/runs.ts';
import { paymentInvariants, payoutInvariants, receivableInvariants } from './invariants/money.ts';
import { hashTransaction } from './ledger.ts';

/** The invariants that the database alone can answer. */
export const storeInvariants: readonly Invariant[] = [
  bySql(
    'IL1',
    'every ledger transaction sums to zero per currency and has postings',
    `select format('transaction %s of %s sums to %s %s', t.sequence, t.client_id, coalesce(sum(p.amount), 0), p.currency) as violation
     from ledger_transaction t left join posting p on p.transaction_id = t.id
     group by t.id, p.currency having coalesce(sum(p.amount), 0) <> 0 or count(p.line) = 0`,
  ),
  bySql(
    'IL2',
    'every client’s ledger sums to zero per currency',
    `select format('ledger of %s sums to %s %s', client_id, sum(amount), currency) as violation
     from posting group by client_id, currency having sum(amount) <> 0`,
  ),
  bySql(
    'IL3',
    'the ledger’s guards are in place',
    `select format('trigger %s on %s is missing or off', g.name, g.relation) as violation
     from (values ('append_only', 'ledger_transaction'), ('append_only', 'posting'), ('append_only', 'ledger_account'), ('postings_balance', 'posting'),
       ('transaction_has_postings', 'ledger_transaction')) as g (name, relation)
     where not exists (select from pg_trigger where tgname = g.name and tgrelid = ('kuvert.' || g.relation)::regclass and tgenabled = 'O')`,
  ),
  { id: 'IL3', title: 'every ledger transaction hashes the one before it and its own postings', find: findBrokenChain },
  bySql(
    'IL4',
    'the ledger heads are the ends of their chains',
    `select format('head of %s is %s, the chain ends with %s', h.client_id, h.next_sequence - 1, coalesce(t.sequence, 0)) as violation
     from ledger_head h left join lateral (select sequence, hash from ledger_transaction
       where client_id = h.client_id order by sequence desc limit 1) t on true
     where h.next_sequence - 1 <> coalesce(t.sequence, 0) or h.hash <> coalesce(t.hash, '')`,
  ),
  bySql(
    'IL5',
    'a receivable’s postings begin with its principal and never cross zero',
    `select format('receivable of invoice %s: principal %s, issued %s, open %s', i.number, r.principal, issued, open) as violation
     from receivable r join invoice i on i.id = r.invoice_id, lateral (
       select coalesce(sum(p.amount), 0) as open, coalesce(sum(p.amount) filter (where t.kind = 'issue'), 0) as issued
       from posting p join ledger_transaction t on t.id = p.transaction_id where p.receivable_id = r.id) as b
     where issued <> r.principal or sign(open) = -sign(r.principal) and r.principal <> 0`,
  ),
  bySql(
    'IL5',
    'every kept invoice is in the ledger with its payable amount, and no other is',
    `select format('invoice %s of %s (%s): payable %s, receivable %s', i.number, i.client_id, i.mode, i.payable, r.principal) as violation
     from invoice i left join receivable r on r.invoice_id = i.id
     where (i.mode = 'distribute-only') <> (r.id is null)
        or r.principal <> i.payable * case i.kind when 'creditNote' then -1 else 1 end`,
  ),
  bySql(
    'IL6',
    'number series have no gaps',
    `select format('%s: %s numbers, the highest is %s, the series stands at %s', series, used, highest, next - 1) as violation from (
       select 'ledger:' || client_id as series, count(*) as used, max(sequence) as highest, max(sequence) + 1 as next
         from ledger_transaction group by client_id
       union all select n.series, count(f.id), coalesce(max(f.number), 0), n.next from number_series n
         left join file f on 'file:' || f.client_id = n.series where n.series like 'file:%' group by n.series, n.next
       union all select n.series, count(s.job_number), coalesce(max(s.job_number), 0), n.next from number_series n
         left join spool s on true where n.series = 'spool' group by n.series, n.next) as s
     where used <> highest or highest <> next - 1`,
  ),
  bySql(
    'IL7',
    'a correction points back at an older transaction of its own ledger',
    `select format('transaction %s of %s corrects %s of %s', t.sequence, t.client_id, o.sequence, o.client_id) as violation
     from ledger_transaction t join ledger_transaction o on o.id = t.corrects
     where o.client_id <> t.client_id or o.sequence >= t.sequence or o.entry_date > t.entry_date`,
  ),
  bySql(
    'IL8',
    'no column holds floating-point numbers',
    `select format('%s.%s is %s', table_name, column_name, data_type) as violation
     from information_schema.columns where table_schema = 'kuvert' and data_type in ('real', 'double precision')`,
  ),
  bySql(
    'IF2',
    'a file’s state and times agree',
    `select format('file %s/%s is %s, settled %s, decided %s times', client_id, number, state, settled_at, settlement) as violation
     from file where (state = 'archived') <> (settled_at is null) or (settled_at is null) <> (settlement = 0) or settled_at < received_at`,
  ),
  bySql(
    'IF3',
    'in = accepted + rejected + duplicate + held, by count and amount',
    `select format('file %s/%s: counters say %s, content says %s', f.client_id, f.number, f.counters, d.counters) as violation from (
       select id, client_id, number, array[documents_accepted, documents_rejected, documents_duplicate, documents_held,
         amount_accepted, amount_rejected, amount_duplicate, amount_held]::bigint[] as counters from file where state <> 'duplicate') as f, lateral (
       select array[coalesce(sum(count) filter (where outcome = 'accepted'), 0), coalesce(sum(count) filter (where outcome = 'rejected'), 0),
         coalesce(sum(count) filter (where outcome = 'duplicate'), 0), coalesce(sum(count) filter (where outcome = 'held'), 0),
         coalesce(sum(amount) filter (where outcome = 'accepted'), 0), coalesce(sum(amount) filter (where outcome = 'rejected'), 0),
         coalesce(sum(amount) filter (where outcome = 'duplicate'), 0),
         coalesce(sum(amount) filter (where outcome = 'held'), 0)]::bigint[] as counters
       from file_tally where file_id = f.id) as d where f.counters <> d.counters`,
  ),
  bySql(
    'IF3',
    'every accepted document is an invoice, and every invoice an accepted document',
    `select format('document %s of file %s/%s is %s, invoice %s', d.sequence, f.client_id, f.number, d.outcome, i.number) as violation
     from file f join file_document d on d.file_id = f.id left join invoice i on i.file_id = d.file_id and i.file_sequence = d.sequence
     where d.kind = 'document' and (d.outcome = 'accepted') <> (i.id is not null)`,
  ),
  bySql(
    'IF4',
    'the same content is read once per client',
    `select format('%s: content %s is file %s', client_id, sha256, string_agg(number::text, ', ')) as violation
     from file where state not in ('duplicate', 'quarantined') group by client_id, sha256 having count(*) > 1`,
  ),
  bySql(
    'IF5',
    'every receipt that was written for a file is there, in both forms',
    `select format('file %s/%s has %s receipt files', f.client_id, f.number, count(o.id)) as violation
     from file f left join outbound o on o.file_id = f.id and o.kind = 'receipt'
     group by f.id having count(o.id) <> 2 * f.receipted or f.receipted > f.settlement`,
  ),
  bySql(
    'ID1',
    'every invoice to be delivered has exactly one delivery',
    `select format('invoice %s of %s (%s) has %s', i.number, i.client_id, i.mode, count(d.id)) as violation
     from invoice i left join document d on d.invoice_id = i.id and d.state <> 'refused'
     where not exists (select from document r where r.invoice_id = i.id and r.state = 'refused')
     group by i.id having count(d.id) <> case when i.mode = 'monitor-only' then 0 else 1 end`,
  ),
  bySql(
    'ID3',
    'a print job’s totals are those of its letters',
    `select format('print job %s: %s', s.job_number, s.counters || d.counters) as violation from (
       select job_number, array[letters, pages, sheets]::bigint[] as counters from spool where state = 'released') as s, lateral (
       select array[count(*), coalesce(sum(pages), 0), coalesce(sum(sheets), 0)]::bigint[] as counters
       from document where job_number = s.job_number and state = 'released') as d where s.counters <> d.counters`,
  ),
  bySql(
    'ID4',
    'what is released has left in a file, in pieces without gaps',
    `select format('print job %s: %s pieces, the highest is %s', job_number, count(*), max(piece)) as violation
     from document where state = 'released' and job_number is not null group by job_number having count(*) <> max(piece)
     union all select format('document %s is released in no file', id) from document where state = 'released' and outbound_id is null`,
  ),
  bySql(
    'IL6',
    'a payment reference belongs to one invoice that is to be paid',
    `select format('reference %s on %s: invoice %s', pr.reference, pr.account, i.number) as violation
     from payment_reference pr join invoice i on i.id = pr.invoice_id where i.kind <> 'invoice' or i.payable <= 0`,
  ),
  ...documentInvariants,
  ...paymentInvariants,
  ...payoutInvariants,
  ...runInvariants,
  ...receivableInvariants,
];

const CHAIN_CHUNK = 5_000;

type About = 'receivable' | 'payment' | 'debtor';

interface ChainRow {
  readonly client_id: string;
  readonly sequence: bigint;
  readonly kind: LedgerTransaction['kind'];
  readonly effect_key: string;
  readonly entry_date: LedgerTransaction['entryDate'];
  readonly value_date: LedgerTransaction['entryDate'] | null;
  readonly previous_hash: string;
  readonly hash: string;
  readonly postings: readonly Readonly<Record<'account' | 'amount' | 'currency', string> & Record<About, string | null>>[];
}

/** Walks every client's chain from its beginning and computes each hash again. */
async function findBrokenChain(tx: Tx): Promise<readonly string[]> {
  const violations: string[] = [];
  let client = '';
  let sequence = 0n;
  let previous = '';
  for (;;) {
    const found = await tx.query<ChainRow>(
      `select t.client_id, t.sequence, t.kind, t.effect_key, t.entry_date, t.value_date, t.previous_hash, t.hash, coalesce((
         select jsonb_agg(jsonb_build_object('account', p.account, 'amount', p.amount::text, 'currency', p.currency,
           'receivable', p.receivable_id::text, 'payment', p.payment_id::text, 'debtor', p.debtor_id::text) order by p.line)
         from posting p where p.transaction_id = t.id), '[]') as postings
       from ledger_transaction t where (t.client_id, t.sequence) > ($1, $2) order by t.client_id, t.sequence limit $3`,
      [client, sequence, CHAIN_CHUNK],
    );
    for (const row of found.rows) {
      if (row.client_id !== client) previous = '';
      ({ client_id: client, sequence } = row);
      const right = hashOf(row);
      if (row.previous_hash !== previous || row.hash !== right)
        violations.push(`transaction ${sequence} of ${client} is not what was hashed`);
      previous = row.hash;
      if (violations.length >= MAX_VIOLATIONS) return violations;
    }
    if (found.rows.length < CHAIN_CHUNK) return violations;
  }
}

const hashOf = (row: ChainRow): string =>
  hashTransaction({
    client: row.client_id,
    sequence: row.sequence,
    previousHash: row.previous_hash,
    transaction: {
      kind: row.kind,
      effectKey: row.effect_key,
      entryDate: row.entry_date,
      valueDate: row.value_date ?? undefined,
      postings: row.postings.map((posting) => ({
        account: posting.account as LedgerTransaction['postings'][number]['account'],
        amount: BigInt(posting.amount),
        currency: posting.currency as LedgerTransaction['postings'][number]['currency'],
        receivable: idOf(posting.receivable),
        payment: idOf(posting.payment),
        debtor: idOf(posting.debtor),
      })),
    },
  });

const idOf = (text: string | null): bigint | undefined => (text === null ? undefined : BigInt(text));
