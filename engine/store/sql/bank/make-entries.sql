-- An entry that its transactions do not make up stands for them; what the bank's charges explain of an entry is a line of its own.
insert into bank_line (block, account, entry, ordinal, line, part_count, amount, currency, booking_date, value_date, kind, charges, candidates, reference_keys,
  number_keys, text, ids, entry_reference, about, unclear)
select e.block, p.account, e.number, 0, e.line, 0, case when e.usable then e.charges else e.amount end, e.currency, e.booking_date, e.value_date,
  case when e.usable then 'cost' else 'unclear' end, 0, '', '', '', case when e.usable then '' else coalesce(l.text, '') end,
  case when e.usable then '{}' else coalesce(l.ids, '{}') end, l.entry_reference, case when e.usable then 'charges' else coalesce(l.text, '') end,
  'entry-differs'
from bank_entry e join bank_part p on p.block = e.block left join lateral (
  select string_agg(o.text, ' / ' order by o.ordinal) as text, min(o.entry_reference) as entry_reference, (array_agg(o.ids order by o.ordinal))[1] as ids
  from bank_line o where o.block = e.block and o.entry = e.number and (not e.usable or o.ordinal = 1)) as l on true
where not e.usable or e.charges <> 0;
delete from bank_line l where l.amount is null or l.amount = 0
  or (l.ordinal > 0 and exists (select from bank_entry e where e.block = l.block and e.number = l.entry and not e.usable));
analyze bank_line (id, block, entry, servicer_reference); analyze bank_entry; analyze bank_part;
