import { extraComponents } from '../../amounts.ts';
import { incomeAccount } from '../../ledger.ts';
import { bySql, type Invariant } from './invariant.ts';

/** Where what is claimed beside the principal is credited: as the client's income, or the bureau's own. */
const incomeAccounts = [...extraComponents.map(incomeAccount), 'purchaseIncome'];

/** Amounts that a step claimed beside the principal. */
const claimed = 's.interest + s.reminder_fee + s.collection_fee + s.compensation';

/** What must hold of demands, print jobs and what is confirmed of their dispatch. */
export const documentInvariants: readonly Invariant[] = [
  bySql(
    'ID1',
    'a demand stands with a step for each of its invoices, and is withdrawn with all of them',
    `select format('%s %s (%s): %s invoices, %s steps taken', d.kind, d.id, d.state, c.claims, s.steps) as violation
     from document d cross join lateral (select json_array_length(d.content -> 'claims') as claims) as c
       cross join lateral (select count(*) as steps from demand_step where document_id = d.id and state = 'taken') as s
     where d.kind <> 'invoice' and s.steps <> case d.state when 'withdrawn' then 0 else c.claims end`,
  ),
  bySql(
    'IR5',
    'a demand’s claim is in the ledger with what its steps claim, and a withdrawn one is taken back',
    `select format('%s %s (%s): steps claim %s, the ledger %s', d.kind, d.id, d.state, s.amount, -l.amount) as violation
     from document d cross join lateral (select coalesce(sum(${claimed}), 0) as amount from demand_step s where s.document_id = d.id) as s
       cross join lateral (select coalesce(sum(p.amount) filter (where t.kind = 'claim'), 0) as amount,
           coalesce(sum(p.amount) filter (where t.kind = 'withdrawal'), 0) as back
         from ledger_transaction t join posting p on p.transaction_id = t.id
         where t.client_id = d.client_id and t.effect_key in ('claim:' || d.id, 'withdraw:' || d.id)
           and p.account = any('{${incomeAccounts.join()}}')) as l
     where d.kind <> 'invoice' and (-l.amount <> s.amount or l.back <> case d.state when 'withdrawn' then s.amount else 0 end)`,
  ),
  bySql(
    'ID3',
    'a cancelled print job holds no letter that stands',
    `select format('print job %s is cancelled, document %s is %s', s.job_number, d.id, d.state) as violation
     from spool s join document d on d.job_number = s.job_number where s.state = 'cancelled' and d.state <> 'withdrawn'`,
  ),
  bySql(
    'ID4',
    'what is withdrawn or refused has not left, and only what has left was dispatched or came back',
    `select format('document %s is %s, piece %s, dispatched %s, returned %s', id, state, piece, dispatched_on, returned_on) as violation
     from document where state <> 'released' and (outbound_id is not null or piece is not null or dispatched_on is not null or returned_on is not null)`,
  ),
  bySql(
    'ID4',
    'the day a print house reported is the day that counts',
    `select format('document %s: %s reported on %s, %s counts', d.id, p.status, p.on_date, case p.status when 'returned' then d.returned_on
         else d.dispatched_on end) as violation
     from print_status p join document d on d.id = p.document_id
     where p.status in ('dispatched', 'returned')
       and p.on_date is distinct from case p.status when 'returned' then d.returned_on else d.dispatched_on end`,
  ),
];
