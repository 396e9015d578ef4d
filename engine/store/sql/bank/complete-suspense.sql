-- Adds what no rule decided: unclear movements and suspected repetitions; and gives every item in suspense its ledger: the client's that
-- alone is meant or alone is paid on the giro or account, else the bureau's own (engine/sender.ts).
insert into bank_suspense (item, reason, candidates)
select i.id, coalesce(i.reason, i.unclear), case when i.known_payment is null then '[]'::jsonb
  else jsonb_build_array(jsonb_build_object('payment', i.known_payment::text, 'because', 'repeated')) end
  || coalesce((select jsonb_agg(distinct jsonb_build_object('receivable', m.receivable_id::text, 'invoice', v.number, 'because', m.by))
    from bank_match m join receivable r on r.id = m.receivable_id join invoice v on v.id = r.invoice_id where m.item = i.id), '[]')
from bank_item i where i.fate = 'suspect' or (i.fate = 'new' and i.kind = 'unclear');
with only_one as (
  select s.item, coalesce(
    (select min(m.client_id) from bank_match m where m.item = s.item having count(distinct m.client_id) = 1),
    (select min(g.client) from bank_giro g where g.giro = i.receiver having count(g.client) = 1),
    case when not exists (select from bank_giro g where g.giro = i.receiver)
      then (select min(g.client) from bank_giro g where g.account = i.account having count(distinct g.client) = 1) end) as client
  from bank_suspense s join bank_item i on i.id = s.item where i.amount > 0)
update bank_suspense s set client_id = coalesce(o.client, 'bureau') from bank_suspense t left join only_one o on o.item = t.item where t.item = s.item;
insert into bank_share (item, client_id, product, account, amount)
select s.item, s.client_id, 'service', 'suspense', -i.amount from bank_suspense s join bank_item i on i.id = s.item;
