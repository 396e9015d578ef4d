-- Whose shares may stand in one ledger transaction; numbered, so that the many shares are sorted by numbers.
create temp table bank_party on commit drop as
  select row_number() over (order by client_id, row_id, booking_date, product) as party, p.*
  from (select distinct s.client_id, s.product, i.booking_date, i.block, b.row_id, b.money
    from bank_share s join bank_item i on i.id = s.item join bank_part b on b.block = i.block) as p;
  analyze bank_party;
