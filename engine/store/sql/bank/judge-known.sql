-- Known by its looks only: it is the same if this is the same block again, a statement, which tells all of its days, or holds all of a
-- block that had two payments or more; else it is suspected. A transaction in the place of one that is missing now is a change.
update bank_item i set fate = 'repeated' from (
  select i.block, i.known_block from bank_item i join bank_part n on n.block = i.block join bank_block o on o.id = i.known_block
  where i.fate in ('weak', 'repeated') group by 1, 2
  having bool_or(n.kind = 'statement') or bool_or(o.block_id = n.block_id and o.message_kind = n.kind)
    or (count(*) > 1 and count(*) >= (select count(*) from payment p where p.block_id = i.known_block))) as same
where i.fate = 'weak' and i.block = same.block and i.known_block = same.known_block;
update bank_item set fate = 'suspect', reason = 'suspected-duplicate' where fate = 'weak';
with told as (
  select distinct i.block, i.known_block as old from bank_item i where i.fate = 'repeated' and i.known_block is not null
  union select n.block, o.id from bank_part n join bank_block o on o.account = n.account and o.message_kind = n.kind
    and o.block_id = n.block_id and o.state = 'posted' where n.fate = 'posted'
  union select i.block, p.block_id from (select distinct i.block, i.account, i.booking_date, l.entry_reference
      from bank_item i join bank_line l on l.id = i.id where i.class = 2 and i.fate = 'new') as i
    join payment p on p.account = i.account and p.booking_date = i.booking_date and p.ids ->> 'entryServicerReference' = i.entry_reference),
missing as (
  select t.block, p.* from told t join payment p on p.block_id = t.old
  where not exists (select from bank_item i where i.block = t.block and i.known_payment = p.id))
update bank_item i set fate = 'suspect', reason = 'changed' from missing m, bank_line l
where i.fate = 'new' and l.id = i.id and m.block = i.block and m.account = i.account and (
  m.ids ->> 'servicerReference' = l.servicer_reference
  or (i.class = 2 and m.ids ->> 'entryServicerReference' = l.entry_reference)
  or (m.references_found[1] = split_part(l.candidates, E'\n', 1) and coalesce(m.payer_account, m.payer_name) = coalesce(l.payer_account, l.payer_name)));
