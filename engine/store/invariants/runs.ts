import { feesOnly } from '../holds.ts';
import { bySql, type Invariant } from './invariant.ts';
import { extraComponents } from '../../amounts.ts';
import { incomeAccount } from '../../ledger.ts';

/** Letters and hand-overs: the steps that press the debtor. */
const pressing = `(s.document_id is not null or s.kind = 'handover')`;

/** What must hold of runs and the steps they took (IR1–IR6), and of the numbers of letters and cases. */
export const runInvariants: readonly Invariant[] = [
  bySql(
    'IR1',
    'one applied run per kind, client and business date',
    `select format('%s run of %s for %s: %s times', kind, client_id, business_date, count(*)) as violation
     from run where state = 'applied' group by kind, client_id, business_date having count(*) > 1`,
  ),
  bySql(
    'IR2',
    'a gate that was opened by a person is in the audit with name and reason',
    `select format('run %s was let through by %s: %s', r.id, r.override_by, r.override_reason) as violation from run r
     where r.override_by is not null and not exists (select from audit a where a.act = 'run gate override' and a.who = r.override_by
       and a.reason = r.override_reason and a.at = r.started_at)`,
  ),
  bySql(
    'IR3',
    'nobody is pressed while a hold of the whole claim stands',
    `select format('%s of %s on %s although hold %s stands', s.kind, s.receivable_id, s.business_date, h.id) as violation
     from demand_step s join run u on u.id = s.run_id join hold h on h.receivable_id = s.receivable_id
     where s.state = 'taken' and ${pressing} and h.amount is null and not ${feesOnly('h')} and h.from_date <= s.business_date
       and (h.until_date is null or h.until_date >= s.business_date) and h.placed_at <= u.started_at
       and (h.released_at is null or h.released_at > u.started_at)`,
  ),
  bySql(
    'IR3',
    'a step comes only after the one before was dispatched and its term has run out',
    `select format('level %s of %s on %s: before it %s, dispatched %s, term to %s', s.level, s.receivable_id, s.business_date, b.kind,
         d.dispatched_on, b.deadline) as violation
     from demand_step s join demand_step b on b.receivable_id = s.receivable_id and b.level = s.level - 1 and b.state = 'taken'
       left join document d on d.id = b.document_id
     where s.state = 'taken' and (b.deadline >= s.business_date
       or b.document_id is not null and (d.dispatched_on is null or d.dispatched_on > s.business_date))`,
  ),
  bySql(
    'IR4',
    'levels are 1, 2, 3 … in order of date, at most one on a date',
    `select format('receivable %s: level %s on %s after level %s on %s', receivable_id, level, business_date, before_level, before_date) as violation
     from (select receivable_id, level, business_date, lag(level, 1, 0) over w as before_level,
         lag(business_date) over w as before_date from demand_step where state = 'taken' window w as (partition by receivable_id order by level)) as s
     where level <> before_level + 1 or business_date <= before_date`,
  ),
  bySql(
    'IR4',
    'a fee is charged once, compensation once, and never both',
    `select format('receivable %s: %s reminder fees, %s collection fees, %s compensations', receivable_id, r, c, k) as violation
     from (select receivable_id, count(*) filter (where reminder_fee > 0) as r, count(*) filter (where collection_fee > 0) as c,
         count(*) filter (where compensation > 0) as k from demand_step where state = 'taken' group by 1) as s
     where r > 1 or c > 1 or k > 1 or k > 0 and r + c > 0`,
  ),
  bySql(
    'IR4',
    'a letter costs its fee once, however many claims are in it',
    `select format('letter %s: fees with %s of its claims', document_id, count(*)) as violation from demand_step
     where state = 'taken' and document_id is not null and reminder_fee + collection_fee > 0 group by document_id having count(*) > 1`,
  ),
  bySql(
    'IR5',
    'what a letter’s steps claim is in the ledger, component by component',
    `select format('letter %s: %s of %s claimed, %s booked', coalesce(c.document_id, b.document_id), coalesce(c.component, b.component),
         coalesce(c.amount, 0), coalesce(b.amount, 0)) as violation
     from (select s.document_id, a.component, sum(a.amount) as amount from demand_step s cross join lateral (values
         ('interest', s.interest), ('reminderFee', s.reminder_fee), ('collectionFee', s.collection_fee),
         ('compensation', s.compensation)) as a (component, amount)
       where s.document_id is not null and a.amount <> 0 group by 1, 2) as c
     full join (select substr(t.effect_key, 7) as document_id, p.component, sum(p.amount) as amount from ledger_transaction t
         join receivable_line p on p.transaction_id = t.id and p.component <> 'principal'
       where t.kind = 'claim' and t.effect_key like 'claim:%' group by 1, 2) as b on (b.document_id, b.component) = (c.document_id, c.component)
     where c.amount is distinct from b.amount`,
  ),
  bySql(
    'IR6',
    'each step has its chain of reasons, and a run counts what it did',
    `select format('run %s: %s steps and %s passed over by its row, %s and %s by its items', r.id, r.steps, r.skips, i.steps, i.skips) as violation
     from run r, lateral (select count(*) filter (where outcome = 'step') as steps, count(*) filter (where outcome = 'skip') as skips
       from run_item where run_id = r.id) as i
     where r.kind in ('reminder', 'collection') and (r.steps <> i.steps or r.skips <> i.skips)
     union all
     select format('level %s of %s has no reasons in run %s', s.level, s.receivable_id, s.run_id) from demand_step s
     where not exists (select from run_item i where i.run_id = s.run_id and i.receivable_id = s.receivable_id and i.outcome = 'step')`,
  ),
  bySql(
    'IL6',
    'letters and collection cases are numbered without gaps',
    `select format('%s: %s numbers, the highest is %s, the series stands at %s', series, used, highest, next - 1) as violation from (
       select n.series, count(d.id) as used, coalesce(max((d.content ->> 'number')::bigint), 0) as highest, n.next from number_series n
         left join document d on 'demand:' || d.client_id = n.series and d.kind <> 'invoice' where n.series like 'demand:%' group by 1, 4
       union all select n.series, count(c.id), coalesce(max(c.number), 0), n.next from number_series n
         left join collection_case c on 'case:' || c.client_id = n.series where n.series like 'case:%' group by 1, 4) as s
     where used <> highest or highest <> next - 1`,
  ),
];

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
