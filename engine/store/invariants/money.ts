import { bySql, type Invariant } from './invariant.ts';

/** What must hold of bank files and the money in them (IB1–IB3), and of the money the house holds. */
export const paymentInvariants: readonly Invariant[] = [
  bySql(
    'IB1',
    'each block: booked + known before + held = credits − debits of the file',
    `select format('block %s of file %s: %s of %s', b.number, b.file_id, s.total, b.credit - b.debit) as violation from bank_block b, lateral (
       select coalesce(sum(p.amount), 0) + b.repeated_amount + b.held_amount + case b.state when 'reconciled' then b.accepted_amount else 0 end as total,
         count(p.id) + case b.state when 'reconciled' then b.accepted else 0 end as items
       from payment p where p.block_id = b.id) as s where s.total <> b.credit - b.debit or s.items <> b.accepted`,
  ),
  bySql(
    'IB1',
    'each receipt, reversal and unclear movement is in the ledger with its amount, and no cost is',
    `select format('payment %s (%s) of %s: booked %s', y.id, y.kind, y.amount, -coalesce(s.booked, 0)) as violation from payment y left join (
       select p.payment_id, sum(p.amount) as booked from payment_line p join ledger_transaction t on t.id = p.transaction_id
       where t.kind in ('payment', 'reversal')
       group by 1) as s on s.payment_id = y.id
     where coalesce(s.booked, 0) <> case when y.kind in ('receipt', 'reversal', 'unclear') then -y.amount else 0 end`,
  ),
  bySql(
    'IB1',
    'money in suspense is listed with its reason until none is left, and only then resolved',
    `select format('payment %s: %s in suspense, item %s', coalesce(s.payment_id, i.payment_id), coalesce(s.amount, 0),
         case when i.payment_id is null then 'missing' when i.resolved_at is null then 'open' else 'resolved' end) as violation
     from (select payment_id, -suspense as amount from payment_balance where suspense <> 0) as s
       full join suspense_item i on i.payment_id = s.payment_id
     where (s.payment_id is not null) <> (i.payment_id is not null and i.resolved_at is null)`,
  ),
  bySql(
    'IB2',
    'a transaction of the bank is known once by its fingerprint, and taken back once',
    `select format('account %s: fingerprint %s is payment %s', account, fingerprint, string_agg(id::text, ', ')) as violation
       from payment group by account, fingerprint having count(*) > 1
     union all select format('payment %s is taken back by %s', reverses, string_agg(id::text, ', ')) from payment
       where reverses is not null group by reverses having count(*) > 1`,
  ),
  bySql(
    'IB3',
    'each statement: opening + movements = closing',
    `select format('statement %s of file %s: %s + %s <> %s', number, file_id, opening, credit - debit, closing) as violation
     from bank_block where message_kind = 'statement' and state in ('posted', 'repeated') and opening + credit - debit <> closing`,
  ),
  bySql(
    'IB3',
    'each statement that is posted begins where another ended',
    `select format('statement %s of file %s begins with %s', b.number, b.file_id, b.opening) as violation
     from bank_block b where b.message_kind = 'statement' and b.state = 'posted' and b.opening is not null
       and exists (select from bank_block f where f.account = b.account and f.message_kind = 'statement' and f.state <> 'held' and f.id < b.id)
       and not exists (select from bank_block o where o.account = b.account and o.message_kind = 'statement' and o.state <> 'held' and o.id <> b.id
         and (o.closing = b.opening or o.opening = b.opening))`,
  ),
  bySql(
    'IB1',
    'what the client books as held by the bureau is what the bureau owes them',
    `select format('%s: with the bureau %s, owed %s %s', client_id, held, owed, currency) as violation from (
       select client_id, currency, coalesce(sum(amount) filter (where account = 'withBureau'), 0) as held,
         -coalesce(sum(amount) filter (where account in ('clientLiability', 'clientDeficit', 'feeReceivable')), 0) as owed
       from posting group by client_id, currency) as s where held <> owed`,
  ),
];

/** Ledgers of clients whose claims the bureau buys: their money is the bureau's own, and so is what they are owed of it. */
const bought = `(select distinct client_id from posting where account = 'purchasedReceivables')`;

/** What must hold of money that leaves: it is never more than is owed, never twice, and its files say what the ledger says (IL9, IB4). */
export const payoutInvariants: readonly Invariant[] = [
  bySql(
    'IL9',
    'the client-funds accounts hold at least what is owed to clients and payers',
    `select format('%s held, %s owed in %s', held, owed, currency) as violation from (
       select currency, coalesce(sum(amount) filter (where account = 'clientFunds'), 0) as held,
         -coalesce(sum(amount) filter (where account in ('clientLiability', 'suspense', 'overpayment', 'payoutInTransit')), 0) as owed
       from posting where client_id not in ${bought} group by currency) as s where held < owed`,
  ),
  bySql(
    'IL9',
    'no client has a negative balance with the bureau: what they owe is a claim on them',
    `select format('%s: %s %s', client_id, -sum(amount), currency) as violation from posting where account = 'clientLiability'
     group by client_id, currency having sum(amount) > 0`,
  ),
  bySql(
    'IL9',
    'settlements form a chain: opening is the closing before, and the movements make the closing',
    `select format('settlement %s of %s: opens with %s after %s, closes with %s', number, client_id, opening, before, closing) as violation from (
       select *, lag(closing, 1, 0::bigint) over (partition by client_id order by number) as before,
         lag(business_date) over (partition by client_id order by number) as date_before,
         lag(through_sequence, 1, 0::bigint) over (partition by client_id order by number) as through_before,
         lag(cleared_through) over (partition by client_id order by number) as cleared_before from settlement) as s
     where opening <> before or opening + received + restored - returned - fees - fees_vat - paid_out <> closing
       or business_date < date_before or through_sequence < through_before or cleared_through < cleared_before`,
  ),
  bySql(
    'IL9',
    'the latest settlement closes with what the ledger owes the client and has cleared',
    `select format('settlement %s of %s closes with %s, the ledger with %s', s.number, s.client_id, s.closing, b.owed) as violation
     from (select distinct on (client_id) * from settlement order by client_id, number desc) as s, lateral (
       select coalesce(-sum(m.amount), 0) as owed from (
         select t.kind, t.effect_key, t.sequence, t.entry_date, sum(p.amount) as amount
         from ledger_transaction t join posting p on p.transaction_id = t.id
         where t.client_id = s.client_id and p.account in ('clientLiability', 'clientDeficit', 'feeReceivable') group by t.id) as m
       where m.sequence <= s.through_sequence and (m.kind in ('settlement', 'payout') or m.amount > 0
           or m.entry_date <= case when m.kind in ('payment', 'allocation') then s.cleared_through else s.business_date end)
         or m.effect_key = 'settlement:' || upper(s.client_id) || '-' || s.number
         or m.effect_key in (select 'payout:' || o.id from payout o where o.settlement_id = s.id)) as b
     where s.closing <> b.owed`,
  ),
  bySql(
    'IB4',
    'a settlement pays its amount in one payout, and none without one',
    `select format('settlement %s of %s pays %s, its payouts %s', s.number, s.client_id, s.paid_out, p.amount) as violation
     from settlement s, lateral (select coalesce(sum(amount), 0) as amount, count(*) as payouts from payout where settlement_id = s.id) as p
     where s.paid_out <> p.amount or p.payouts > 1`,
  ),
  bySql(
    'IB4',
    'a payment file comes to what its payouts come to, all from its account',
    `select format('payment file %s: %s payments of %s, its payouts %s of %s', f.message_id, f.payments, f.amount, p.payments, p.amount) as violation
     from payment_file f, lateral (select count(*) as payments, coalesce(sum(amount), 0) as amount,
         count(*) filter (where from_account <> f.from_account or instruction_id is null or payment_information_id is null) as strange
       from payout where payment_file_id = f.id) as p
     where f.payments <> p.payments or f.amount <> p.amount or p.strange > 0`,
  ),
  bySql(
    'IB4',
    'what is in transit is what is ordered and has not ended: a rejected payout is owed again',
    `select format('payout %s of %s is %s, in transit %s', o.id, o.client_id, o.state, b.transit) as violation from payout o, lateral (
       select -coalesce(sum(p.amount), 0) as transit, count(distinct t.id) as booked
       from ledger_transaction t join posting p on p.transaction_id = t.id and p.account = 'payoutInTransit'
       where t.client_id = o.client_id and t.effect_key in ('payout:' || o.id, 'payout-settled:' || o.id, 'payout-returned:' || o.id)) as b
     where b.transit <> case when o.state in ('planned', 'approved', 'frozen', 'sent', 'accepted') then o.amount else 0 end or b.booked = 0`,
  ),
  bySql(
    'IB4',
    'nobody approves what they planned, and nothing leaves unapproved',
    `select format('payout %s is %s, planned by %s, approved by %s', id, state, planned_by, coalesce(approved_by, 'nobody')) as violation
     from payout where approved_by = planned_by or approved_by is null and state not in ('planned', 'cancelled')`,
  ),
  bySql(
    'IB4',
    'numbers of settlements and payment files have no gaps',
    `select format('settlements of %s: %s, the highest is %s', client_id, count(*), max(number)) as violation
       from settlement group by client_id having count(*) <> max(number)
     union all select format('payment files: %s, the series stands at %s', (select count(*) from payment_file), next - 1)
       from number_series where series = 'payment-file' and next - 1 <> (select count(*) from payment_file)`,
  ),
];

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
