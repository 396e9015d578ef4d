-- What makes a line the same again, but for its n-th occurrence. A reference that several lines of an entry bear is none of a line.
create temp table bank_key on commit drop as
  with shared as (
    select block, entry, servicer_reference from bank_line where servicer_reference is not null group by 1, 2, 3 having count(*) > 1)
  select l.id, l.block, l.account, k.class, sha256(convert_to(case k.class
      when 1 then concat_ws('|', sign(l.amount), l.booking_date, l.amount, coalesce(l.uetr, l.servicer_reference))
      when 2 then concat_ws('|', sign(l.amount), l.booking_date, e.amount, l.entry_reference, l.about, l.amount)
      else concat_ws('|', sign(l.amount), l.booking_date, l.value_date, l.amount, l.about, coalesce(l.payer_account, lower(l.payer_name)))
      end, 'UTF8')) as base
  from bank_line l join bank_entry e on e.block = l.block and e.number = l.entry
    left join shared s on s.block = l.block and s.entry = l.entry and s.servicer_reference = l.servicer_reference,
    lateral (select case when l.uetr is not null or (l.servicer_reference is not null and s.block is null) then 1
      when l.entry_reference is not null then 2 else 3 end) as k (class);
  analyze bank_key (id, account, class, base);
