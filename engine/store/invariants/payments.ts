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
