-- What may help where one reference does not: invoice numbers of the account's clients, debts of whom the payer's account has paid before.
-- The payer's account is no reference at all: 9 is behind every source of one (engine/matching/reference-keys.ts).
insert into bank_match (item, by, source, n, value, receivable_id, client_id, standing)
with key as (
  select i.id, i.account, i.receiver, split_part(k.line, '|', 1)::int as source, k.n, substr(k.line, 3) as value
  from bank_search i, unnest(string_to_array(i.number_keys, E'\n')) with ordinality as k (line, n) where i.number_keys <> '')
select key.id, 'number', key.source, key.n, key.value, r.id, v.client_id, case when r.id is null then 'not-kept'
    when exists (select from bank_giro g where g.giro = key.receiver)
      and not exists (select from bank_giro g where g.giro = key.receiver and g.client = v.client_id) then 'other-client' else 'right' end
from key join (select distinct account, client from bank_giro where client is not null) as g on g.account = key.account
  join invoice v on v.client_id = g.client and v.number = key.value left join receivable r on r.invoice_id = v.id;
insert into bank_match (item, by, source, n, value, receivable_id, client_id, standing)
select distinct i.id, 'payer', 9, 1, i.payer_account, r.id, r.client_id, case when r.id is null then 'not-kept'
    when exists (select from bank_giro g where g.giro = i.receiver)
      and not exists (select from bank_giro g where g.giro = i.receiver and g.client = r.client_id) then 'other-client' else 'right' end
from bank_search i join (select distinct account, client from bank_giro where client is not null) as g on g.account = i.account
  join payment p on p.client_id = g.client and p.payer_account = i.payer_account
  join posting t on t.payment_id = p.id join receivable known on known.id = t.receivable_id
  join receivable r on r.debtor_id = known.debtor_id and r.currency = i.currency
where i.payer_account is not null and not exists (select from bank_match m where m.item = i.id)
  and (select o.amount from open_item o where o.receivable_id = r.id) = i.amount;
create index on bank_match (item);
analyze bank_match (item, receivable_id);
