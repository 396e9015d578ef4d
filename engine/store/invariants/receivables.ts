import { bySql, type Invariant } from './invariant.ts';

/** What must hold of receivables as people work with them: credits set against invoices, holds, and orders. */
export const receivableInvariants: readonly Invariant[] = [
  bySql(
    'IL5',
    'no part of a claim is less than nothing, and no credit note is used for more than it is',
    `select format('%s %s: %s on %s', i.kind, i.number, sum(p.amount), p.component) as violation
     from receivable_line p join receivable r on r.id = p.receivable_id join invoice i on i.id = r.invoice_id
     group by i.id, p.component, r.principal having sign(sum(p.amount)) = case when r.principal < 0 then 1 else -1 end`,
  ),
  bySql(
    'IL5',
    'a credit moves what is owed between a credit note and an invoice that it names, of one debtor, and makes nothing',
    `select format('%s of %s: %s', t.effect_key, t.client_id, s.problem) as violation
     from ledger_transaction t, lateral (
       select case when sum(p.amount) <> 0 then 'it does not add up'
         when count(distinct r.debtor_id) <> 1 then 'it goes to another debtor'
         when count(distinct i.kind) <> 2 then 'it is not between a credit note and an invoice'
         when not exists (select from credited_invoice c
           where c.credit_id = min(i.id) filter (where i.kind = 'creditNote') and c.number = min(i.number) filter (where i.kind = 'invoice'))
           then 'the credit note does not name the invoice' end as problem
       from posting p left join receivable r on r.id = p.receivable_id left join invoice i on i.id = r.invoice_id
       where p.transaction_id = t.id) as s
     where t.kind = 'allocation' and t.effect_key like 'credit:%' and s.problem is not null`,
  ),
  bySql(
    'IL6',
    'credit notes of the house are numbered without gaps',
    `select format('%s: %s notes, the highest is %s, the series stands at %s', n.series, count(i.id), max(i.serial), n.next - 1) as violation
     from number_series n left join lateral (
       select id, substr(number, length('KREDIT-') + 1)::bigint as serial from invoice
       where client_id = substr(n.series, length('credit:') + 1) and number ~ '^KREDIT-[0-9]+$') as i on true
     where n.series like 'credit:%' group by n.series, n.next having count(i.id) <> n.next - 1 or max(i.serial) <> n.next - 1`,
  ),
  bySql(
    'IF3',
    'every credit note that was ordered is there, and nothing that was not',
    `select format('row %s of file %s is %s, credit note %s', d.sequence, d.file_id, d.outcome, i.number) as violation
     from file_document d left join invoice i on i.file_id = d.file_id and i.file_sequence = d.sequence
     where d.kind = 'order'
       and (d.outcome = 'accepted' and coalesce(d.content -> 'act' ->> 'action', '') = 'credit') is distinct from (i.id is not null)`,
  ),
  bySql(
    'IR3',
    'a hold says all that its kind needs, within what is owed and in order of time',
    `select format('hold %s (%s) on %s: %s', h.id, h.kind, i.number, s.problem) as violation
     from hold h join receivable r on r.id = h.receivable_id join invoice i on i.id = r.invoice_id, lateral (
       select case when h.kind in ('deferment', 'promise') and h.until_date is null then 'it has no last day'
         when h.until_date < h.from_date then 'it ends before it begins'
         when h.kind in ('dispute', 'block') and h.category is null then 'it does not say why'
         when h.amount > r.principal then 'it is for more than the invoice'
         when h.released_on < h.placed_on then 'it was released before it was placed'
         when h.outcome is not null and (h.kind <> 'dispute' or h.released_on is null) then 'it has an outcome' end as problem) as s
     where s.problem is not null`,
  ),
  bySql(
    'IR3',
    'an invoice has one open objection at most, and its client a task to answer it',
    `select format('invoice %s has %s open objections', i.number, count(*)) as violation
     from hold h join receivable r on r.id = h.receivable_id join invoice i on i.id = r.invoice_id
     where h.kind = 'dispute' and h.released_on is null group by i.id having count(*) > 1
     union all
     select format('objection %s to %s: %s', h.id, i.number, case when h.released_on is null then 'no open task' else 'a task that is open' end)
     from hold h join receivable r on r.id = h.receivable_id join invoice i on i.id = r.invoice_id
       left join task k on k.client_id = r.client_id and k.kind = 'dispute' and k.subject = format('%s (%s)', i.number, h.id)
     where h.kind = 'dispute' and (h.released_on is null) is distinct from (k.id is not null and k.done_at is null)`,
  ),
  bySql(
    'IR3',
    'no letter that is still in the house demands what was held after it was decided',
    `select format('letter %s demands %s, held since %s (%s)', d.id, i.number, h.from_date, h.kind) as violation
     from hold h join demand_step s on s.receivable_id = h.receivable_id and s.state = 'taken'
       join document d on d.id = s.document_id and d.state in ('waiting', 'spooled')
       join receivable r on r.id = h.receivable_id join invoice i on i.id = r.invoice_id
     where h.released_on is null and h.placed_at >= d.decided_at and (h.until_date is null or h.until_date >= s.business_date)`,
  ),
];
