-- Occurrences are counted only of what occurs again: sorting a large file for a few would take longer than all else here.
create temp table bank_item on commit drop as
  with again as (select account, class, base from bank_key group by 1, 2, 3 having count(*) > 1),
  counted as (
    select id, row_number() over (partition by block, class, base order by id) as nth,
      row_number() over (partition by account, class, base order by id) as nth_in_file from bank_key join again using (account, class, base)),
  marked as materialized (
    select k.id, k.account, k.class, c.nth < c.nth_in_file as in_file,
      class || ':' || left(encode(sha256(base || convert_to(account || '|' || coalesce(c.nth, 1), 'UTF8')), 'hex'), 40) as fingerprint
    from bank_key k left join counted c using (id))
  select l.id, l.amount, k.id as known_payment, k.block_id as known_block, l.block, m.class, l.part_count, l.booking_date,
    case when p.fate <> 'posted' then p.fate
      when k.id is not null or m.in_file then case when m.class < 3 then 'repeated' else 'weak' end
      else 'new' end as fate,
    l.kind, m.account, l.currency, l.receiver, l.unclear, null::text as reason, m.fingerprint
  from bank_line l join marked m on m.id = l.id join bank_part p on p.block = l.block
    left join payment k on k.account = m.account and k.fingerprint = m.fingerprint;
create index on bank_item (id);
analyze bank_item (id, block, kind, fate, class, known_block);
