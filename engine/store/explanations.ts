import type { IsoDate } from '../iso-date.ts';
import type { Minor } from '../money.ts';
import type { Tx } from './database.ts';

/** One letter or e-invoice about a receivable: by which channel and why, and what became of it. */
export interface DeliveryFacts {
  readonly document: string;
  readonly kind: string;
  readonly channel: string;
  readonly because: string;
  readonly state: string;
  readonly releasedOn: IsoDate | null;
  readonly dispatchedOn: IsoDate | null;
  readonly withdrawnBecause: string | null;
}

/** The invoice's own delivery and the demands of a receivable that were decided by the end of a date. */
export async function loadDelivery(tx: Tx, receivable: bigint, date: IsoDate): Promise<DeliveryFacts[]> {
  const found = await tx.query<DeliveryFacts>(
    `select d.id as document, d.kind, d.channel, d.channel_reason as because, d.state, d.released_at::date as "releasedOn",
       d.dispatched_on as "dispatchedOn", d.withdrawn_because as "withdrawnBecause"
     from receivable r join document d on d.invoice_id = r.invoice_id and d.decided_at < $2::date + 1
       or d.id in (select s.document_id from demand_step s where s.receivable_id = r.id and s.business_date <= $2)
     where r.id = $1 order by d.decided_at, d.id`,
    [receivable, date],
  );
  return found.rows;
}

/** Money or credit that was tied to a receivable. */
export interface MatchedPayment {
  readonly date: IsoDate;
  readonly kind: string;
  readonly payment: string | null;
  readonly amount: Minor;
}

export async function loadMatched(tx: Tx, receivable: bigint, date: IsoDate): Promise<MatchedPayment[]> {
  const found = await tx.query<MatchedPayment>(
    `select t.entry_date as date, t.kind, p.payment_id::text as payment, -sum(p.amount)::bigint as amount
     from posting p join ledger_transaction t on t.id = p.transaction_id
     where p.receivable_id = $1 and t.entry_date <= $2 and t.kind in ('payment', 'reversal', 'allocation')
     group by t.id, t.entry_date, t.kind, p.payment_id order by t.id`,
    [receivable, date],
  );
  return found.rows;
}
