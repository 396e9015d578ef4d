-- Stores the items as payments: each in the ledger that its shares are in. Reversals come later: what they take back must be there.
-- $1 file, $2 time, $3 the bureau, $4 and $5 items that are orders of ours and whose they are.
insert into payment (id, account, fingerprint, file_id, block_id, line, amount, currency, booking_date, value_date, paid_date, kind, client_id,
  payer_name, payer_account, receiver_account, references_found, parts, text, ids, recorded_at)
overriding system value
select i.id, i.account, case when i.fate = 'suspect' then i.fingerprint || '~' || p.row_id else i.fingerprint end, $1, p.row_id, l.line,
  i.amount, i.currency, i.booking_date, l.value_date, l.paid_date, case when i.fate = 'suspect' then 'unclear' else i.kind end,
  coalesce(s.client_id, o.client_id, $3), l.payer_name, l.payer_account, i.receiver,
  case when l.candidates = '' then '{}' else string_to_array(l.candidates, E'\n') end, l.parts, l.text, l.ids, $2
from bank_item i join bank_line l on l.id = i.id join bank_part p on p.block = i.block
  left join (select distinct on (item) item, client_id from bank_share) as s on s.item = i.id
  left join unnest($4::bigint[], $5::text[]) as o (item, client_id) on o.item = i.id
where i.fate in ('new', 'suspect') and not (i.fate = 'new' and i.kind = 'reversal');
