-- Lines of the ledger transactions to be booked: the money and what the client is owed as one summed line each, the rest per payment
-- (engine/ledger.ts says the other sides). At most 5,000 payments stand in one transaction.
create temp table bank_posting on commit drop as
  with line as (
    select t.party, (dense_rank() over (partition by t.party order by s.item) - 1) / 5000 + 1 as part, s.account, s.amount,
      i.currency, s.receivable_id, s.item as payment_id, s.debtor_id
    from bank_share s join bank_item i on i.id = s.item join bank_party t on t.client_id = s.client_id and t.product = s.product
      and t.booking_date = i.booking_date and t.block = i.block),
  total as (
    select party, part, currency, coalesce(sum(amount) filter (where book = 'client'), 0)::bigint as tied,
      coalesce(sum(amount) filter (where book = 'bureau'), 0)::bigint as kept from line join ledger_account using (account) group by 1, 2, 3),
  summed as (
    select party, part, v.account, v.amount, currency from total join bank_party using (party), lateral (values
      (money, -(tied + kept)),
      (case product when 'purchase' then 'purchasedReceivables' else 'clientLiability' end, tied),
      (case product when 'purchase' then 'soldReceivables' else 'withBureau' end, -tied)) as v (account, amount) where v.amount <> 0)
  select party, part, row_number() over (partition by party, part order by payment_id nulls first, account collate "C", receivable_id)::int as line,
    account, amount, currency, receivable_id, payment_id, debtor_id
  from (select party, part, account, amount, currency, null::bigint as receivable_id, null::bigint as payment_id, null::bigint as debtor_id from summed
    union all select party, part, account, amount, currency, receivable_id, payment_id, debtor_id from line) as l;
create index on bank_posting (party, part);
analyze bank_posting (party, part);
