-- Receipts with one reference of one receivable that nothing else in the file names: they need no other sign. All others are searched for more.
create temp table bank_plain on commit drop as
  select m.item, m.receivable_id, m.client_id, m.agreement_version, i.amount, m.currency = i.currency as same_currency
  from (select item, receivable_id, client_id, agreement_version, currency, standing, count(*) over (partition by item) as of_item,
      count(*) over (partition by receivable_id) as of_receivable from bank_match) as m
    join bank_item i on i.id = m.item and m.of_item = 1 and m.of_receivable = 1 and m.standing = 'right'
  where i.fate = 'new' and i.part_count < 2;
analyze bank_plain;
create temp table bank_search on commit drop as
  select i.id, i.account, i.amount, i.currency, i.receiver, l.number_keys, l.payer_account from bank_item i join bank_line l on l.id = i.id
  where i.fate = 'new' and i.kind = 'receipt' and not exists (select from bank_plain p where p.item = i.id);
analyze bank_search;
