-- Finds the receipt that each reversal takes back: the same amount on the same account, not taken back before, known by the bank's or the
-- payer's id or by its reference, the latest first; earlier in the same file counts too. One that is not found is unclear.
create temp table bank_reversal on commit drop as
with receipt as (
  select i.id as item, l.servicer_reference = r.servicer_reference or l.uetr = r.uetr as surely, r.id as original, r.booking_date
  from bank_item i join bank_line l on l.id = i.id cross join lateral (
    select p.id, p.booking_date, p.ids ->> 'servicerReference' as servicer_reference, p.ids ->> 'uetr' as uetr, p.ids ->> 'endToEndId' as end_to_end,
      p.references_found as candidates from payment p
    where p.account = i.account and p.amount = -i.amount and p.currency = i.currency and p.kind = 'receipt' and p.booking_date <= i.booking_date
      and not exists (select from payment t where t.reverses = p.id)
    union all
    select o.id, o.booking_date, ol.servicer_reference, ol.uetr, ol.ids ->> 'endToEndId', string_to_array(ol.candidates, E'\n')
    from bank_item o join bank_line ol on ol.id = o.id
    where o.account = i.account and o.amount = -i.amount and o.currency = i.currency and o.kind = 'receipt' and o.fate = 'new' and o.id < i.id) as r
  where i.fate = 'new' and i.kind = 'reversal' and (l.servicer_reference = r.servicer_reference or l.uetr = r.uetr
    or (l.ids ->> 'endToEndId' = r.end_to_end and r.end_to_end not in ('NOTPROVIDED', 'NOT PROVIDED'))
    or (l.candidates <> '' and string_to_array(l.candidates, E'\n') && r.candidates))),
best as (select distinct on (item) item, original from receipt order by item, surely desc nulls last, booking_date desc, original desc)
select distinct on (original) item, original from best order by original, item;
update bank_item i set kind = 'unclear', unclear = 'unknown-reversal'
where i.fate = 'new' and i.kind = 'reversal' and not exists (select from bank_reversal r where r.item = i.id);
