import type { Minor } from '../money.ts';
import type { Tx } from './database.ts';

/** Something that happened to a receivable after its invoice was issued. */
export interface ReceivableEvent {
  readonly client: string;
  readonly invoice: string;
  readonly at: Date;
  /** `payment`, `allocation`, … as in the ledger; `deferment`, `dispute`, …; `reminder`, `demand`, `handover`, … */
  readonly step: string;
  readonly businessDate: string;
  /** What it did to the open amount, where it did anything; of a step what was claimed. */
  readonly amount: Minor | null;
  readonly detail: string;
  readonly hash: string | null;
}

const MAX_EVENTS = 500;

/** Payments, credits, claims, holds, demands and cases of the receivables of some invoices, in order of time, at most MAX_EVENTS. */
export async function loadReceivableEvents(tx: Tx, invoices: readonly bigint[]): Promise<ReceivableEvent[]> {
  const found = await tx.query<ReceivableEvent>(
    `with wanted as (select r.id, i.client_id, i.number, i.currency from receivable r join invoice i on i.id = r.invoice_id where i.id = any($1))
     select * from (
       select w.client_id as client, w.number as invoice, t.booked_at as at, t.kind as step, t.entry_date as "businessDate",
         sum(p.amount)::bigint as amount,
         format('ledger transaction %s', t.sequence)
           || coalesce(', payment ' || string_agg(distinct p.payment_id::text, ', '), '') as detail, t.hash
       from wanted w join posting p on p.receivable_id = w.id join ledger_transaction t on t.id = p.transaction_id
       where t.kind <> 'issue' group by w.client_id, w.number, t.id
       union all
       select w.client_id, w.number, h.placed_at, h.kind, h.from_date, h.amount,
         concat_ws(', ', 'until ' || h.until_date, h.category, h.reason, 'by ' || h.placed_by), null
       from wanted w join hold h on h.receivable_id = w.id
       union all
       select w.client_id, w.number, h.released_at, h.kind || ' released', h.released_on, null,
         concat_ws(', ', h.outcome, 'by ' || h.released_by), null
       from wanted w join hold h on h.receivable_id = w.id where h.released_at is not null
       union all
       select w.client_id, w.number, u.started_at, s.kind, s.business_date,
         s.principal + s.interest + s.reminder_fee + s.collection_fee + s.compensation,
         concat_ws(', ', 'level ' || s.level, 'run ' || u.id, 'document ' || s.document_id, 'pay by ' || s.deadline,
           'withdrawn: ' || s.withdrawn_because), null
       from wanted w join demand_step s on s.receivable_id = w.id join run u on u.id = s.run_id
       union all
       select w.client_id, w.number, u.started_at, 'case ' || c.state, c.opened_on, null,
         concat_ws(', ', 'case ' || c.number, c.agency_reference, c.rejection), null
       from wanted w join collection_case c on c.receivable_id = w.id join run u on u.id = c.run_id
       union all
       select w.client_id, w.number, u.started_at, 'assessment', a.proposed_on, null,
         concat_ws(', ', a.outcome, 'rule ' || a.rule, a.decision, 'by ' || a.decided_by), null
       from wanted w join assessment a on a.receivable_id = w.id join run u on u.id = a.run_id
     ) as events order by at, step limit $2`,
    [invoices, MAX_EVENTS],
  );
  return found.rows;
}
