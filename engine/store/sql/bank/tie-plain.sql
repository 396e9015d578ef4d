-- Ties the plain receipts whose amount is all that is open, principal only. Every other receipt is decided by decidePayment, which would
-- say the same of these; they stand in bank_rest afterwards.
insert into bank_share (item, client_id, product, account, amount, receivable_id)
with open as (
  select p.receivable_id, sum(p.amount) as amount, bool_and(p.component = 'principal') as principal_only
  from receivable_line p join bank_plain using (receivable_id) group by 1),
agreed as materialized (select client_id, version, product from agreement_terms)
select plain.item, plain.client_id, a.product, 'receivable', -plain.amount, plain.receivable_id
from bank_plain plain join open o on o.receivable_id = plain.receivable_id and o.amount = plain.amount and o.principal_only
  join agreed a on a.client_id = plain.client_id and a.version = plain.agreement_version
where plain.same_currency;
create index on bank_share (item); create index on bank_share (receivable_id); analyze bank_share (item, receivable_id);
create temp table bank_rest on commit drop as
  select i.id, i.amount, i.currency, i.booking_date, l.value_date, l.payer_name, l.charges, l.parts
  from bank_item i join bank_line l on l.id = i.id
  where i.fate = 'new' and i.kind = 'receipt' and not exists (select from bank_share s where s.item = i.id);
create index on bank_rest (id); analyze bank_rest;
