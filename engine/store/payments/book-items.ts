import type { Candidate, SuspenseReason } from '../../matching/decide-payment.ts';
import type { LedgerKind } from '../../ledger.ts';
import { BUREAU } from '../../sender.ts';
import type { Tx } from '../database.ts';
import { withLedger, type LedgerHead } from '../ledger.ts';

/** Payments whose lines stand in one ledger transaction. */
const MAX_PAYMENTS_PER_TRANSACTION = 5_000;

/** A share of a payment as it goes into the ledger: credit negative. */
export interface ShareRow {
  readonly item: bigint;
  readonly client: string;
  readonly product: string;
  readonly account: string;
  readonly amount: bigint;
  readonly receivable: bigint | null;
  readonly debtor: bigint | null;
}

export async function storeShares(tx: Tx, shares: readonly ShareRow[]): Promise<void> {
  if (shares.length === 0) return;
  await tx.query(
    `insert into bank_share select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])`,
    (['item', 'client', 'product', 'account', 'amount', 'receivable', 'debtor'] as const).map((key) =>
      shares.map((share) => share[key]),
    ),
  );
}

/** Money that stays in suspense, and why. */
export interface SuspenseRow {
  readonly item: bigint;
  readonly reason: SuspenseReason;
  readonly candidates: readonly Candidate[];
}

export async function storeSuspense(tx: Tx, rows: readonly SuspenseRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into bank_suspense (item, reason, candidates) select * from unnest($1::bigint[], $2::text[], $3::jsonb[])`,
    [rows.map((row) => row.item), rows.map((row) => row.reason), rows.map((row) => candidatesJson(row.candidates))],
  );
}

export const candidatesJson = (candidates: readonly Candidate[]): string =>
  JSON.stringify(
    candidates.map(({ receivable, amount, ...rest }) => ({ ...rest, receivable: String(receivable), amount: String(amount) })),
  );

/**
 * Adds what no rule decided: unclear movements and suspected repetitions; and gives every item in suspense its ledger: the client's that
 * alone is meant or alone is paid on the giro or account, else the bureau's own.
 */
export async function completeSuspense(tx: Tx): Promise<void> {
  await tx.query(`
    insert into bank_suspense (item, reason, candidates)
    select i.id, coalesce(i.reason, i.unclear), case when i.known_payment is null then '[]'::jsonb
      else jsonb_build_array(jsonb_build_object('payment', i.known_payment::text, 'because', 'repeated')) end
      || coalesce((select jsonb_agg(distinct jsonb_build_object('receivable', m.receivable_id::text, 'invoice', v.number, 'because', m.by))
        from bank_match m join receivable r on r.id = m.receivable_id join invoice v on v.id = r.invoice_id where m.item = i.id), '[]')
    from bank_item i where i.fate = 'suspect' or (i.fate = 'new' and i.kind = 'unclear')`);
  await tx.query(
    `with only_one as (
       select s.item, coalesce(
         (select min(m.client_id) from bank_match m where m.item = s.item having count(distinct m.client_id) = 1),
         (select min(g.client) from bank_giro g where g.giro = i.receiver having count(g.client) = 1),
         case when not exists (select from bank_giro g where g.giro = i.receiver)
           then (select min(g.client) from bank_giro g where g.account = i.account having count(distinct g.client) = 1) end) as client
       from bank_suspense s join bank_item i on i.id = s.item where i.amount > 0)
     update bank_suspense s set client_id = coalesce(o.client, $1) from bank_suspense t left join only_one o on o.item = t.item where t.item = s.item`,
    [BUREAU],
  );
  await tx.query(`
    insert into bank_share (item, client_id, product, account, amount)
    select s.item, s.client_id, 'service', 'suspense', -i.amount from bank_suspense s join bank_item i on i.id = s.item`);
}

/** Stores the items as payments: each in the ledger that its shares are in; `owners` says whose orders of ours are. Reversals come later: what they take back must be there. */
export async function storePayments(
  tx: Tx,
  {
    file,
    at,
    owners,
  }: { readonly file: bigint; readonly at: Date; readonly owners: readonly { readonly item: bigint; readonly client: string }[] },
): Promise<void> {
  await tx.query(
    `insert into payment (id, account, fingerprint, file_id, block_id, line, amount, currency, booking_date, value_date, paid_date, kind, client_id,
       payer_name, payer_account, receiver_account, references_found, parts, text, ids, recorded_at)
     overriding system value
     select i.id, i.account, case when i.fate = 'suspect' then i.fingerprint || '~' || p.row_id else i.fingerprint end, $1, p.row_id, l.line,
       i.amount, i.currency, i.booking_date, l.value_date, l.paid_date, case when i.fate = 'suspect' then 'unclear' else i.kind end,
       coalesce(s.client_id, o.client_id, $3), l.payer_name, l.payer_account, i.receiver,
       case when l.candidates = '' then '{}' else string_to_array(l.candidates, E'\\n') end, l.parts, l.text, l.ids, $2
     from bank_item i join bank_line l on l.id = i.id join bank_part p on p.block = i.block
       left join (select distinct on (item) item, client_id from bank_share) as s on s.item = i.id
       left join unnest($4::bigint[], $5::text[]) as o (item, client_id) on o.item = i.id
     where i.fate in ('new', 'suspect') and not (i.fate = 'new' and i.kind = 'reversal')`,
    [file, at, BUREAU, owners.map(({ item }) => item), owners.map(({ client }) => client)],
  );
  await tx.query(
    `insert into suspense_item (payment_id, reason, candidates, recorded_at) select item, reason, candidates, $1 from bank_suspense`,
    [at],
  );
}

/**
 * Books the shares: one ledger transaction per block, client, booking date, product and at most MAX_PAYMENTS_PER_TRANSACTION payments; the
 * money and what the client is owed as one summed line each, the rest per payment (engine/ledger-contra.ts says the other sides).
 * One statement per transaction, hashed as `hashTransaction` does; the ledgers are locked.
 */
export async function bookShares(tx: Tx, at: Date): Promise<void> {
  await tx.query(partiesSql);
  await tx.query(linesSql);
  await tx.query('create index on bank_posting (party, part); analyze bank_posting (party, part)');
  const chunks = await tx.query<Omit<Chunk, 'at'>>(
    `select c.party, c.part, t.client_id as client, 'payment:' || t.row_id || ':' || t.booking_date || ':' || t.product || ':' || c.part as "effectKey",
       t.booking_date as "entryDate"
     from (select distinct party, part from bank_posting) as c join bank_party t using (party) order by c.party, c.part`,
  );
  for (const chunk of chunks.rows)
    await withLedger(tx, { client: chunk.client, at }, async (ledger) => bookChunk(tx, { ...chunk, at }, await ledger.end()));
}

/** Whose shares may stand in one ledger transaction; numbered, so that the many shares are sorted by numbers. */
const partiesSql = `create temp table bank_party on commit drop as
  select row_number() over (order by client_id, row_id, booking_date, product) as party, p.*
  from (select distinct s.client_id, s.product, i.booking_date, i.block, b.row_id, b.money
    from bank_share s join bank_item i on i.id = s.item join bank_part b on b.block = i.block) as p;
  analyze bank_party`;

const linesSql = `create temp table bank_posting on commit drop as
  with line as (
    select t.party, (dense_rank() over (partition by t.party order by s.item) - 1) / ${MAX_PAYMENTS_PER_TRANSACTION} + 1 as part, s.account, s.amount,
      i.currency, s.receivable_id, s.item as payment_id, s.debtor_id
    from bank_share s join bank_item i on i.id = s.item join bank_party t on t.client_id = s.client_id and t.product = s.product
      and t.booking_date = i.booking_date and t.block = i.block),
  total as (
    select party, part, currency, coalesce(sum(amount) filter (where book = 'client'), 0)::bigint as tied,
      coalesce(sum(amount) filter (where book = 'bureau'), 0)::bigint as kept from line join ledger_account using (account) group by 1, 2, 3),
  summed as (
    select party, part, v.account, v.amount, currency from total join bank_party using (party), lateral (values
      (money, -(tied + kept)),
      (case product when 'purchase' then 'purchasedReceivables' else 'clientLiability' end, tied),
      (case product when 'purchase' then 'soldReceivables' else 'withBureau' end, -tied)) as v (account, amount) where v.amount <> 0)
  select party, part, row_number() over (partition by party, part order by payment_id nulls first, account collate "C", receivable_id)::int as line,
    account, amount, currency, receivable_id, payment_id, debtor_id
  from (select party, part, account, amount, currency, null::bigint as receivable_id, null::bigint as payment_id, null::bigint as debtor_id from summed
    union all select party, part, account, amount, currency, receivable_id, payment_id, debtor_id from line) as l`;

interface Chunk {
  readonly party: bigint;
  /** 1, 2, 3 … of a party's payments. */
  readonly part: bigint;
  readonly client: string;
  readonly effectKey: string;
  readonly entryDate: string;
  readonly at: Date;
}

const KIND: LedgerKind = 'payment';

async function bookChunk(tx: Tx, { party, part, client, effectKey, entryDate, at }: Chunk, head: LedgerHead): Promise<void> {
  const text = [head.hash, client, head.nextSequence.toString(), KIND, effectKey, entryDate].join('\n');
  await tx.query({
    name: 'bank-chunk',
    text: `with booked as (
        insert into ledger_transaction (client_id, sequence, kind, effect_key, entry_date, booked_at, previous_hash, hash)
        select $2, $3, $4, $5, $6, $7, $8, encode(sha256(convert_to($9 || string_agg(E'\\n' || account || ' ' || amount || ' ' || currency
          || coalesce(' receivable ' || receivable_id, '') || coalesce(' payment ' || payment_id, '') || coalesce(' debtor ' || debtor_id, ''), ''
          order by line), 'UTF8')), 'hex')
        from bank_posting where party = $1 and part = $10 returning id, hash),
      lines as (
        insert into posting (transaction_id, line, client_id, account, amount, currency, receivable_id, payment_id, debtor_id)
        select b.id, p.line, $2, p.account, p.amount, p.currency, p.receivable_id, p.payment_id, p.debtor_id
        from bank_posting p, booked b where p.party = $1 and p.part = $10)
      update ledger_head set next_sequence = $3::bigint + 1, hash = booked.hash from booked where client_id = $2`,
    values: [party, client, head.nextSequence, KIND, effectKey, entryDate, at, head.hash, text, part],
  });
}
