import { bySql, type Invariant } from './invariant.ts';

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
