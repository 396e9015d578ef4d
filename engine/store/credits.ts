import type { Agreement } from '../agreement.ts';
import type { CreditPair } from '../plan-postings.ts';
import type { IsoDate } from '../iso-date.ts';
import type { ExtraComponent } from '../amounts.ts';
import type { Currency, Minor } from '../money.ts';
import type { Tx } from './database.ts';

/** Notes which invoices the credit notes of a file say they credit. */
export async function storeCreditedInvoices(tx: Tx, file: bigint): Promise<void> {
  await tx.query(
    `insert into credited_invoice (credit_id, position, client_id, number)
     select i.id, p.ordinality, i.client_id, p.value ->> 'number'
     from invoice i, json_array_elements(i.content -> 'precedingInvoices') with ordinality as p
     where i.file_id = $1 and i.kind = 'creditNote' on conflict do nothing`,
    [file],
  );
}

/** Which credits to look for: those that a file brings or waits for, or those that wait for some receivables. */
export type CreditScope = { readonly file: bigint } | { readonly receivables: readonly bigint[] };

/**
 * Credit notes with something left, each with an invoice that it names, of the same debtor and currency and with something open: oldest
 * credit first, in the order that it names them.
 */
export async function loadCreditPairs(
  tx: Tx,
  {
    client,
    on,
    scope,
    consent,
  }: { readonly client: string; readonly on: IsoDate; readonly scope: CreditScope; readonly consent: boolean },
): Promise<CreditPair[]> {
  const found = await tx.query<PairRow>(
    `with named as (
       select * from credited_invoice where credit_id in (select id from invoice where file_id = $2 and kind = 'creditNote')
       union select c.* from invoice i join credited_invoice c on c.client_id = i.client_id and c.number = i.number where i.file_id = $2
       union select c.* from receivable r join invoice i on i.id = r.invoice_id
         join credited_invoice c on c.client_id = i.client_id and c.number = i.number where r.id = any($3)
     ), pair as (
       select c.position, ic.number as credit_number, ic.issue_date as credit_date, rc.id as credit, io.number as invoice_number,
         io.agreement_version, ro.id as invoice, ro.currency, greatest(ic.issue_date, io.issue_date) as not_before
       from named c join invoice ic on ic.id = c.credit_id join receivable rc on rc.invoice_id = ic.id
         join invoice io on io.client_id = c.client_id and io.number = c.number and io.kind = 'invoice'
         join receivable ro on ro.invoice_id = io.id and ro.debtor_id = rc.debtor_id and ro.currency = rc.currency
       where c.client_id = $1
     )
     select p.*, -credit_open as credit_amount, invoice_open as open_amount, coalesce(a.product, 'service') as product,
       case when $4 then 0 else least(invoice_open, disputed.amount) end as disputed_amount,
       (select count(*) from posting x join ledger_transaction t on t.id = x.transaction_id
        where x.receivable_id = p.credit and t.kind = 'allocation' and t.effect_key like 'credit:%'
          and exists (select from posting y where y.transaction_id = t.id and y.receivable_id = p.invoice))::int as earlier
     from pair p left join agreement_terms a on a.client_id = $1 and a.version = p.agreement_version,
       lateral (select coalesce((select o.principal from open_item o where o.receivable_id = p.credit), 0) as credit_open) as co,
       lateral (select coalesce((select o.principal from open_item o where o.receivable_id = p.invoice), 0) as invoice_open) as io,
       lateral (select coalesce(sum(coalesce(h.amount, invoice_open)), 0)::bigint as amount from hold h
         where h.receivable_id = p.invoice and h.kind = 'dispute' and h.category is distinct from 'FEE'
           and h.from_date <= $5 and h.released_on is null) as disputed
     where credit_open < 0 and invoice_open > 0
     order by p.credit_date, p.credit, p.position`,
    [client, 'file' in scope ? scope.file : null, 'receivables' in scope ? scope.receivables : null, consent, on],
  );
  return found.rows.map(pairOf);
}

interface PairRow {
  readonly credit: bigint;
  readonly credit_number: string;
  readonly credit_amount: bigint;
  readonly invoice: bigint;
  readonly invoice_number: string;
  readonly open_amount: bigint;
  readonly disputed_amount: bigint;
  readonly currency: Currency;
  readonly product: Agreement['product'];
  readonly earlier: number;
  readonly not_before: IsoDate;
}

const pairOf = (row: PairRow): CreditPair => ({
  credit: row.credit,
  creditNumber: row.credit_number,
  creditAmount: row.credit_amount,
  invoice: row.invoice,
  invoiceNumber: row.invoice_number,
  openAmount: row.open_amount,
  disputedAmount: row.disputed_amount,
  currency: row.currency,
  product: row.product,
  earlier: row.earlier,
  notBefore: row.not_before,
});

/** What was ever claimed of a receivable beside its principal, less what was taken back; of those with any. */
export interface ClaimedExtras {
  readonly receivable: bigint;
  readonly claimed: Readonly<Partial<Record<ExtraComponent, Minor>>>;
  /** The latest ledger transaction that claimed something. */
  readonly lastClaim: bigint;
}

export async function loadClaimedExtras(tx: Tx, receivables: readonly bigint[]): Promise<ClaimedExtras[]> {
  const found = await tx.query<{ receivable_id: bigint; component: ExtraComponent; amount: bigint; last_claim: bigint }>(
    `select p.receivable_id, p.component, sum(p.amount)::bigint as amount,
       max(t.id) filter (where t.kind = 'claim') as last_claim
     from receivable_line p join ledger_transaction t on t.id = p.transaction_id
     where p.receivable_id = any($1) and p.component <> 'principal' and t.kind in ('claim', 'withdrawal')
     group by 1, 2 having sum(p.amount) > 0 order by 1, 2`,
    [receivables],
  );
  const grouped = Map.groupBy(found.rows, (row) => row.receivable_id);
  return [...grouped].map(([receivable, rows]) => ({
    receivable,
    claimed: Object.fromEntries(rows.map((row) => [row.component, row.amount])),
    lastClaim: rows.reduce((latest, row) => (row.last_claim > latest ? row.last_claim : latest), 0n),
  }));
}

/** Tells the agency of what was credited, written off or paid elsewhere of claims that it has; `keys` are those of the ledger transactions. */
export async function storeCaseChanges(
  tx: Tx,
  {
    client,
    keys,
    kind,
  }: { readonly client: string; readonly keys: readonly string[]; readonly kind: 'credit' | 'payment' | 'correction' },
): Promise<void> {
  await tx.query(
    `insert into collection_change (case_id, kind, transaction_id, amount, on_date)
     select c.id, $3, t.id, -sum(p.amount), t.entry_date
     from ledger_transaction t join receivable_line p on p.transaction_id = t.id
       join collection_case c on c.receivable_id = p.receivable_id and c.state not in ('rejected', 'closed')
     where t.client_id = $1 and t.effect_key = any($2) group by c.id, t.id having sum(p.amount) <> 0
     on conflict (case_id, transaction_id, kind) do nothing`,
    [client, keys, kind],
  );
}
