import type { ActId } from '../claims/policy.ts';
import type { FeeKind, MovementLine, ClientBalances } from '../settlement/statement.ts';
import type { IsoDate } from '../iso-date.ts';
import { toJson } from '../invoice-json.ts';
import type { Currency, Minor } from '../money.ts';
import type { Tx } from './database.ts';

/** Up to where a settlement goes: a receipt booked after `clearedThrough` waits, whatever its sequence. */
export interface SettlementBound {
  readonly throughSequence: bigint;
  readonly clearedThrough: IsoDate;
  readonly businessDate: IsoDate;
}

export interface PreviousSettlement extends SettlementBound {
  readonly number: number;
  readonly closing: Minor;
}

/** The client's latest settlement; undefined before the first. */
export async function loadPreviousSettlement(tx: Tx, client: string): Promise<PreviousSettlement | undefined> {
  const found = await tx.query<PreviousSettlement>(
    `select number, closing, through_sequence as "throughSequence", cleared_through as "clearedThrough", business_date as "businessDate"
     from settlement where client_id = $1 order by number desc limit 1`,
    [client],
  );
  return found.rows[0];
}

export interface SettlementQuestion {
  readonly client: string;
  readonly bound: SettlementBound;
  readonly previous: PreviousSettlement | undefined;
}

/**
 * When a movement counts: what lowers the client's balance at once; a payer's money when it is cleared; all else on its entry date. What
 * once counts always does, since none of the three bounds goes back; so each movement is in exactly one settlement.
 */
const counts = (bound: { readonly sequence: string; readonly cleared: string; readonly business: string }): string =>
  `(sequence <= ${bound.sequence} and (moved < 0 or case when kind in ('payment', 'allocation') then entry_date <= ${bound.cleared}
     else entry_date <= ${bound.business} end))`;

const NEVER = '0001-01-01';

/** $1 client; $2–$4 the bound of this settlement; $5–$7 of the one before. */
const movements = `
  moved as materialized (
    select t.id, t.kind, t.entry_date, t.sequence, t.invoice_id, t.effect_key, -sum(p.amount)::bigint as moved
    from ledger_transaction t join posting p on p.transaction_id = t.id
    where t.client_id = $1 and (t.sequence > $5 or t.entry_date > $6) and t.kind not in ('settlement', 'payout')
      and p.account in ('clientLiability', 'clientDeficit')
    group by t.id having sum(p.amount) <> 0
  ), fresh as materialized (
    select *, ${counts({ sequence: '$2', cleared: '$3', business: '$4' })} as counted
    from moved where not ${counts({ sequence: '$5', cleared: '$6', business: '$7' })}
  )`;

const boundValues = ({ client, bound, previous }: SettlementQuestion): readonly unknown[] => [
  client,
  bound.throughSequence,
  bound.clearedThrough,
  bound.businessDate,
  previous?.throughSequence ?? 0n,
  previous?.clearedThrough ?? NEVER,
  previous?.businessDate ?? NEVER,
];

/** What has changed the client's balance since the settlement before, line by line in order of the ledger; a change without lines is one. */
export async function loadMovements(tx: Tx, question: SettlementQuestion): Promise<MovementLine[]> {
  const found = await tx.query<MovementLine>(
    `with ${movements}
     select f.id as transaction, f.kind, f.entry_date as "entryDate", f.moved, p.payment_id as payment, p.account,
       coalesce(i.number, j.number) as invoice, v.content ->> 'name' as "debtorName", s.number as settlement, sum(p.amount)::bigint as amount
     from fresh f
     left join (posting p join ledger_account a using (account)) on p.transaction_id = f.id and (
       f.kind in ('payment', 'allocation', 'reversal') and (a.component is not null or p.account in ('rounding', 'loss'))
       or f.kind = 'purchase' and p.account in ('purchasedReceivables', 'feeIncome', 'feeVat'))
     left join receivable r on r.id = p.receivable_id
     left join invoice i on i.id = r.invoice_id
     left join invoice j on j.id = f.invoice_id
     left join debtor_version v on v.debtor_id = coalesce(i.debtor_id, j.debtor_id)
       and v.version = coalesce(i.debtor_version, j.debtor_version)
     left join payout o on f.kind = 'payout-returned' and o.client_id = $1 and f.effect_key = 'payout-returned:' || o.id
     left join settlement s on s.id = o.settlement_id
     where f.counted
     group by f.id, f.kind, f.entry_date, f.moved, f.sequence, p.payment_id, p.account, i.number, j.number, v.content, s.number
     order by f.sequence, i.number, p.account`,
    [...boundValues(question)],
  );
  return found.rows;
}

/** The bureau's book of the client now, and what of its liability no settlement up to the bound may use. */
export async function loadClientBalances(tx: Tx, question: SettlementQuestion): Promise<ClientBalances> {
  const found = await tx.query<ClientBalances>(
    `with ${movements}
     select coalesce(-sum(amount) filter (where account = 'clientLiability'), 0)::bigint as "liabilityAmount",
       coalesce(sum(amount) filter (where account = 'clientDeficit'), 0)::bigint as "deficitAmount",
       coalesce(sum(amount) filter (where account = 'feeReceivable'), 0)::bigint as "feeReceivableAmount",
       (select coalesce(sum(moved), 0)::bigint from fresh where not counted) as "unclearedAmount"
     from posting where client_id = $1 and account in ('clientLiability', 'clientDeficit', 'feeReceivable')`,
    [...boundValues(question)],
  );
  const balances = found.rows[0];
  if (!balances) throw new Error('a sum without a row');
  return balances;
}

/** Delivered documents that were not charged yet, by kind and by the agreement they were made under. */
export interface UnchargedDocuments {
  readonly agreementVersion: number;
  /** What is charged for an invoice, by its channel; null: it is a letter. */
  readonly feeKind: FeeKind | null;
  /** The letter's kind, one of its country's acts; null: it is an invoice. */
  readonly letter: ActId | null;
  readonly documents: readonly string[];
}

interface UnchargedQuestion {
  readonly client: string;
  readonly through: IsoDate;
  readonly timeZone: string;
  /** What is charged for an invoice, by the channel it went. */
  readonly fees: readonly { readonly channel: string; readonly feeKind: FeeKind }[];
}

export async function loadUncharged(
  tx: Tx,
  { client, through, timeZone, fees }: UnchargedQuestion,
): Promise<UnchargedDocuments[]> {
  const found = await tx.query<UnchargedDocuments>(
    `select coalesce(d.agreement_version, i.agreement_version) as "agreementVersion", array_agg(d.id order by d.id) as documents,
       case when d.kind = 'invoice' then f.fee end as "feeKind", nullif(d.kind, 'invoice') as letter
     from document d left join invoice i on i.id = d.invoice_id join unnest($4::text[], $5::text[]) as f (channel, fee) using (channel)
     where d.client_id = $1 and d.state = 'released' and d.settlement_id is null
       and (d.released_at at time zone $3)::date <= $2
     group by 1, 3, 4 order by 1, coalesce(min(d.kind) filter (where d.kind <> 'invoice'), min(f.fee))`,
    [client, through, timeZone, fees.map(({ channel }) => channel), fees.map(({ feeKind }) => feeKind)],
  );
  return found.rows;
}

/** Payments that were tied to an invoice for the first time by what the settlement counts. */
export async function countNewlyTied(tx: Tx, question: SettlementQuestion): Promise<number> {
  const found = await tx.query<{ count: number }>(
    `with ${movements}
     select count(distinct p.payment_id)::int as count
     from fresh f join receivable_line p on p.transaction_id = f.id
     where f.counted and f.moved > 0 and f.kind in ('payment', 'allocation') and not exists (
       select from receivable_line q join ledger_transaction u on u.id = q.transaction_id
       where q.payment_id = p.payment_id and u.client_id = $1 and u.sequence < f.sequence
         and u.kind in ('payment', 'allocation'))`,
    [...boundValues(question)],
  );
  return found.rows[0]?.count ?? 0;
}

export interface NewSettlement extends SettlementBound {
  readonly client: string;
  readonly number: number;
  readonly run: bigint;
  readonly opening: Minor;
  readonly received: Minor;
  readonly returned: Minor;
  readonly restored: Minor;
  readonly fees: Minor;
  readonly feesVat: Minor;
  readonly paidOut: Minor;
  readonly closing: Minor;
  readonly currency: Currency;
  readonly rule: string;
  /** The statement as the client gets it. */
  readonly content: unknown;
}

export async function storeSettlement(tx: Tx, settlement: NewSettlement): Promise<bigint> {
  const stored = await tx.query<{ id: bigint }>(
    `insert into settlement (client_id, number, run_id, business_date, through_sequence, cleared_through, opening, received, returned,
       restored, fees, fees_vat, paid_out, closing, currency, rule, content)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) returning id`,
    [
      settlement.client,
      settlement.number,
      settlement.run,
      settlement.businessDate,
      settlement.throughSequence,
      settlement.clearedThrough,
      settlement.opening,
      settlement.received,
      settlement.returned,
      settlement.restored,
      settlement.fees,
      settlement.feesVat,
      settlement.paidOut,
      settlement.closing,
      settlement.currency,
      settlement.rule,
      toJson(settlement.content),
    ],
  );
  const id = stored.rows[0]?.id;
  if (id === undefined) throw new Error('a settlement got no id');
  return id;
}

/** Marks delivered documents as charged; throws if one was charged in the meantime. */
export async function setCharged(tx: Tx, documents: readonly string[], settlement: bigint): Promise<void> {
  const charged = await tx.query('update document set settlement_id = $2 where id = any($1) and settlement_id is null', [
    documents,
    settlement,
  ]);
  if (charged.rowCount !== documents.length) throw new Error('a document was charged twice');
}
