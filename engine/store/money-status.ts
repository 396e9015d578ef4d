import type { Minor } from '../money.ts';
import { clientIn, type Scope } from '../scope.ts';
import type { Tx } from './database.ts';

/** The money of each ledger and what of it waits for a person. */
export interface MoneyStatus {
  readonly balances: readonly MoneyBalance[];
  readonly tasks: readonly OpenTask[];
  readonly runs: readonly LatestRun[];
}

/** One ledger in one currency; the bureau's own holds money of which nobody knows yet whose it is. */
export interface MoneyBalance {
  readonly client: string;
  readonly currency: string;
  readonly principalAmount: Minor;
  /** Fees, interest and compensation that debtors owe. */
  readonly extrasAmount: Minor;
  /** On the client-funds account. */
  readonly fundsAmount: Minor;
  readonly liabilityAmount: Minor;
  readonly suspenseAmount: Minor;
  readonly overpaidAmount: Minor;
}

/** Something only a person can decide, and the command that decides it. */
export interface OpenTask {
  readonly what: string;
  readonly which: string;
  readonly why: string;
  readonly command: string;
}

export interface LatestRun {
  readonly client: string;
  readonly kind: string;
  readonly businessDate: string;
  readonly steps: number;
  readonly skips: number;
}

const MAX_LISTED = 50;

export async function loadMoneyStatus(tx: Tx, scope: Scope): Promise<MoneyStatus> {
  const balances = await tx.query<MoneyBalance>(
    `select client_id as client, currency,
       coalesce(sum(amount) filter (where component = 'principal'), 0)::bigint as "principalAmount",
       coalesce(sum(amount) filter (where component <> 'principal'), 0)::bigint as "extrasAmount",
       coalesce(sum(amount) filter (where account = 'clientFunds'), 0)::bigint as "fundsAmount",
       coalesce(-sum(amount) filter (where account = 'clientLiability'), 0)::bigint as "liabilityAmount",
       coalesce(-sum(amount) filter (where account = 'suspense'), 0)::bigint as "suspenseAmount",
       coalesce(-sum(amount) filter (where account = 'overpayment'), 0)::bigint as "overpaidAmount"
     from posting join ledger_account using (account)
     where ($1::text is null or client_id = $1) group by 1, 2 order by 1, 2`,
    [clientIn(scope)],
  );
  const runs = await tx.query<LatestRun>(
    `select distinct on (client_id, kind) client_id as client, kind, business_date as "businessDate", steps, skips
     from run where state = 'applied' and ($1::text is null or client_id = $1) order by client_id, kind, business_date desc`,
    [clientIn(scope)],
  );
  return { balances: balances.rows, tasks: await loadTasks(tx, scope), runs: runs.rows };
}

async function loadTasks(tx: Tx, scope: Scope): Promise<OpenTask[]> {
  const found = await tx.query<OpenTask>(
    `(select 'payment in suspense' as what, format('%s %s %s, %s', p.id, (p.amount / 100.0)::numeric(20, 2), p.currency, coalesce(p.payer_name, 'unknown payer')) as which,
        s.reason as why, format('kuvert payment show %s', p.id) as command
      from suspense_item s join payment p on p.id = s.payment_id where s.resolved_at is null and ($2::text is null or p.client_id = $2) order by p.id limit $1)
     union all (select 'held bank account', format('file bank/%s, account %s', f.number, b.bank_account), b.reason, format('kuvert file retry bank %s', f.number)
      from bank_block b join file f on f.id = b.file_id where b.state = 'held' and f.state <> 'held' and $2::text is null order by b.id limit $1)
     union all (select 'payout to approve', format('%s %s %s to %s', o.id, (o.amount / 100.0)::numeric(20, 2), o.currency, o.client_id),
        format('planned by %s', o.planned_by), format('kuvert payout approve %s --who NAME', o.id)
      from payout o where o.state = 'planned' and ($2::text is null or o.client_id = $2) order by o.id limit $1)
     union all (select 'payout not sent', format('%s %s %s to %s', o.id, (o.amount / 100.0)::numeric(20, 2), o.currency, o.client_id),
        format('approved by %s, but its account was changed or would be refused', o.approved_by), format('kuvert payout cancel %s --reason TEXT', o.id)
      from payout o where o.state = 'approved' and ($2::text is null or o.client_id = $2) order by o.id limit $1)
     union all (select 'payout not debited', format('%s %s %s to %s', o.id, (o.amount / 100.0)::numeric(20, 2), o.currency, o.client_id),
        format('%s, for %s, and the bank has reported later days', o.state, o.execution_date), format('kuvert payout show %s', o.id)
      from payout o where o.state in ('frozen', 'sent', 'accepted') and ($2::text is null or o.client_id = $2) and exists (select from bank_block b where b.account = o.from_account
        and b.to_date > o.execution_date and b.state <> 'held') order by o.id limit $1)
     union all (select 'assessment to confirm', format('%s %s: %s', a.id, i.number, a.outcome), format('rule %s', a.rule),
        format('kuvert assessment confirm %s --who NAME', a.id)
      from assessment a join receivable r on r.id = a.receivable_id join invoice i on i.id = r.invoice_id
      where a.decision is null and ($2::text is null or r.client_id = $2) order by a.id limit $1)
     union all (select 'task', format('%s %s', t.client_id, t.subject), t.kind || coalesce(', until ' || t.due_on, ''), ''
      from task t where t.done_at is null and ($2::text is null or t.client_id = $2) order by t.due_on nulls last, t.id limit $1)`,
    [MAX_LISTED, clientIn(scope)],
  );
  return found.rows;
}
