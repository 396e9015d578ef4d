import type { Candidate, SuspenseReason } from '../../matching/decide-payment.ts';
import type { LedgerKind } from '../../ledger.ts';
import { BUREAU } from '../../sender.ts';
import type { Tx } from '../database.ts';
import { statement } from '../sql.ts';
import { withLedger, type LedgerHead } from '../ledger.ts';

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

const paymentsSql = statement('bank/store-payments');

/** Stores the items as payments: each in the ledger that its shares are in; `owners` says whose orders of ours are. Reversals come later: what they take back must be there. */
export async function storePayments(
  tx: Tx,
  {
    file,
    at,
    owners,
  }: { readonly file: bigint; readonly at: Date; readonly owners: readonly { readonly item: bigint; readonly client: string }[] },
): Promise<void> {
  await tx.query(paymentsSql, [file, at, BUREAU, owners.map(({ item }) => item), owners.map(({ client }) => client)]);
  await tx.query(
    `insert into suspense_item (payment_id, reason, candidates, recorded_at) select item, reason, candidates, $1 from bank_suspense`,
    [at],
  );
}

/**
 * Books the shares: one ledger transaction per block, client, booking date, product and at most so many payments as `bank/make-postings` says,
 * by one statement, hashed as `hashTransaction` does.
 */
export async function bookShares(tx: Tx, at: Date): Promise<void> {
  const chunks = await tx.query<Omit<Chunk, 'at'>>(
    `select c.party, c.part, t.client_id as client, 'payment:' || t.row_id || ':' || t.booking_date || ':' || t.product || ':' || c.part as "effectKey",
       t.booking_date as "entryDate"
     from (select distinct party, part from bank_posting) as c join bank_party t using (party) order by c.party, c.part`,
  );
  for (const chunk of chunks.rows)
    await withLedger(tx, { client: chunk.client, at }, async (ledger) => bookChunk(tx, { ...chunk, at }, await ledger.end()));
}

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
