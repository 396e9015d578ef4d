import { planReversal, type PostedLine } from '../../matching/allocate-payment.ts';
import type { IsoDate } from '../../iso-date.ts';
import { BUREAU } from '../../sender.ts';
import { sum, type Currency, type Minor } from '../../money.ts';
import type { Tx } from '../database.ts';
import { withLedger } from '../ledger.ts';
import { noteCollectionChangesOf } from './collection-changes.ts';

interface ReversalRow {
  readonly item: bigint;
  readonly original: bigint;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly booking_date: IsoDate;
  readonly money: 'clientFunds' | 'ownBank';
  readonly lines: readonly {
    readonly client: string;
    readonly account: string;
    readonly amount: string;
    readonly receivable: string | null;
    readonly debtor: string | null;
    readonly product: string;
  }[];
}

/** Takes the receipts back: what each is tied to now is turned, so that its receivables are open again as they were (§8.2). */
export async function bookReversals(tx: Tx, { file, at }: { readonly file: bigint; readonly at: Date }): Promise<void> {
  const found = await tx.query<ReversalRow>(
    `select r.item, r.original, i.amount, i.currency, i.booking_date, b.money, coalesce((
       select jsonb_agg(l) from (
         select p.client_id as client, p.account, sum(p.amount)::text as amount, p.receivable_id::text as receivable, p.debtor_id::text as debtor,
           p.product
         from payment_line p where p.payment_id = r0.original
         group by p.client_id, p.account, p.receivable_id, p.debtor_id, p.product having sum(p.amount) <> 0) as l), '[]') as lines
     from bank_reversal r join bank_item i on i.id = r.item join bank_part b on b.block = i.block cross join lateral (select r.original) as r0
     order by r.item`,
  );
  for (const row of found.rows) await bookReversal(tx, row, { file, at });
}

async function bookReversal(tx: Tx, row: ReversalRow, { file, at }: { readonly file: bigint; readonly at: Date }): Promise<void> {
  const lines = row.lines.map((line): PostedLine => ({
    client: line.client,
    account: line.account as PostedLine['account'],
    amount: BigInt(line.amount),
    receivable: line.receivable === null ? undefined : BigInt(line.receivable),
    debtor: line.debtor === null ? undefined : BigInt(line.debtor),
    product: line.product === 'purchase' ? 'purchase' : 'service',
  }));
  const clients = [...new Set(lines.map(({ client }) => client))].sort();
  const home = clients[0] ?? BUREAU;
  await storeReversal(tx, row, { file, at, home });
  const missing = row.amount - sum(lines.map(({ amount }) => amount));
  for (const client of clients.length === 0 ? [home] : clients) {
    const planned = planReversal({
      payment: row.item,
      currency: row.currency,
      entryDate: row.booking_date,
      money: row.money,
      lines: lines.filter((line) => line.client === client),
      available: await loadLiability(tx, client),
      missing: client === home ? -missing : 0n,
    });
    await withLedger(tx, { client, at }, (ledger) => ledger.book([planned]));
  }
  if (missing !== 0n) await noteMissing(tx, row, at);
  await noteCollectionChangesOf(tx, `reversal:${row.item}`);
}

const storeReversal = (
  tx: Tx,
  row: ReversalRow,
  { file, at, home }: { readonly file: bigint; readonly at: Date; readonly home: string },
): Promise<unknown> =>
  tx.query(
    `insert into payment (id, account, fingerprint, file_id, block_id, line, amount, currency, booking_date, value_date, paid_date, kind, client_id,
       payer_name, payer_account, receiver_account, references_found, parts, text, ids, reverses, recorded_at)
     overriding system value
     select i.id, i.account, i.fingerprint, $2, p.row_id, l.line, i.amount, i.currency, i.booking_date, l.value_date, l.paid_date, i.kind, $3, l.payer_name,
       l.payer_account, i.receiver, case when l.candidates = '' then '{}' else string_to_array(l.candidates, E'\\n') end, l.parts, l.text, l.ids, $4, $5
     from bank_item i join bank_line l on l.id = i.id join bank_part p on p.block = i.block where i.id = $1`,
    [row.item, file, home, row.original, at],
  );

/** What is held for a client now, in the ledger that the caller has locked. */
export async function loadLiability(tx: Tx, client: string): Promise<Minor> {
  const found = await tx.query<{ amount: bigint }>(
    `select coalesce(-sum(amount), 0)::bigint as amount from posting where client_id = $1 and account = 'clientLiability'`,
    [client],
  );
  return found.rows[0]?.amount ?? 0n;
}

/** Part of the money had been paid back to the payer already: it is owed by them, and a person has to ask for it. */
const noteMissing = (tx: Tx, row: ReversalRow, at: Date): Promise<unknown> =>
  tx.query(
    `insert into suspense_item (payment_id, reason, candidates, recorded_at)
     values ($1, 'refunded-before', jsonb_build_array(jsonb_build_object('payment', $2::text, 'because', 'reversed')), $3)`,
    [row.item, row.original, at],
  );
