-- Keeps the matches of what is to be tied. Suspected repetitions are among it: a person wants to know what they would be for.
delete from bank_match m where not exists (
  select from bank_item i where i.id = m.item and i.fate in ('new', 'suspect') and i.kind = 'receipt');
analyze bank_match (item, receivable_id);
