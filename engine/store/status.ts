import type { Minor } from '../money.ts';
import { clientIn, type Scope } from '../scope.ts';
import type { Tx } from './database.ts';
import { CANNOT_BE_PRINTED } from './withdraw-letters.ts';

/** The house at a glance: what came, what waits, and for whom. Counts are digits: every `bigint` of an answer is money. */
export interface HouseStatus {
  readonly files: readonly FileCount[];
  readonly heldFiles: readonly HeldFile[];
  /** Files that could not be decided: something of ours failed when they were tried, as they will be again. */
  readonly troubledFiles: readonly TroubledFile[];
  readonly waiting: readonly WaitingCount[];
  readonly outbound: readonly OutboundCount[];
  readonly refusedLetters: readonly RefusedLetter[];
  readonly ledger: readonly LedgerBalance[];
}

export interface FileCount {
  readonly client: string;
  readonly state: string;
  readonly files: string;
  readonly accepted: string;
  readonly rejected: string;
  readonly duplicate: string;
  readonly held: string;
  readonly latest: Date;
}

export interface HeldFile {
  readonly client: string;
  readonly number: number;
  readonly name: string;
  readonly receivedAt: Date;
  readonly code: string | null;
}

export interface TroubledFile {
  readonly client: string;
  readonly number: number;
  readonly name: string;
  readonly receivedAt: Date;
  readonly trouble: string;
}

export interface WaitingCount {
  readonly client: string;
  /** Id of the channel by which they are not yet made, or `spool`: planned and not yet released. */
  readonly what: string;
  readonly documents: string;
}

export interface OutboundCount {
  readonly remote: string;
  readonly kind: string;
  readonly waiting: string;
  /** Attempts ended with an error that a person must look at. */
  readonly parked: string;
  readonly lastError: string | null;
}

export interface RefusedLetter {
  readonly client: string;
  /** Of an invoice its number; of a demand its kind and number. */
  readonly invoice: string;
  readonly reason: string;
}

export interface LedgerBalance {
  readonly client: string;
  readonly currency: string;
  readonly invoices: string;
  readonly openAmount: Minor;
}

const MAX_LISTED = 50;

export async function loadStatus(tx: Tx, scope: Scope): Promise<HouseStatus> {
  const client = clientIn(scope);
  const files = await tx.query<FileCount>(
    `select client_id as client, state, count(*)::text as files, sum(documents_accepted)::text as accepted,
       sum(documents_rejected)::text as rejected, sum(documents_duplicate)::text as duplicate, sum(documents_held)::text as held, max(received_at) as latest
     from file where ($1::text is null or client_id = $1) group by 1, 2 order by 1, 2`,
    [client],
  );
  const heldFiles = await tx.query<HeldFile>(
    `select f.client_id as client, f.number, f.name, f.received_at as "receivedAt",
       (select code from file_finding where file_id = f.id and severity = 'error' order by sequence limit 1) as code
     from file f where state = 'held' and ($2::text is null or f.client_id = $2) order by f.received_at limit $1`,
    [MAX_LISTED, client],
  );
  const troubledFiles = await tx.query<TroubledFile>(
    `select client_id as client, number, name, received_at as "receivedAt", trouble from file
     where trouble is not null and ($2::text is null or client_id = $2) order by received_at limit $1`,
    [MAX_LISTED, client],
  );
  const waiting = await tx.query<WaitingCount>(
    `select client_id as client, case state when 'spooled' then 'spool' else channel end as what, count(*)::text as documents
     from document where state in ('waiting', 'spooled') and ($1::text is null or client_id = $1) group by 1, 2 order by 1, 2`,
    [client],
  );
  const outbound = await tx.query<OutboundCount>(
    `select remote, kind, count(*)::text as waiting, count(*) filter (where parked)::text as parked,
       (array_agg(last_error order by id) filter (where last_error is not null))[1] as "lastError"
     from outbound where remote is not null and state <> 'sent' and ($1::text is null or client_id = $1) group by 1, 2 order by 1, 2`,
    [client],
  );
  const refusedLetters = await tx.query<RefusedLetter>(
    `select d.client_id as client, i.number as invoice, d.refusal as reason from document d join invoice i on i.id = d.invoice_id
     where d.state = 'refused' and ($3::text is null or d.client_id = $3) and not exists (select from document o where o.invoice_id = d.invoice_id and o.state <> 'refused')
     union all
     (select distinct on (d.client_id, d.debtor_id) d.client_id, d.kind || ' ' || (d.content ->> 'number'), d.withdrawn_because
     from document d where d.state = 'withdrawn' and d.withdrawn_because like $2 || '%' and ($3::text is null or d.client_id = $3) and not exists (
       select from document o where o.debtor_id = d.debtor_id and o.kind = d.kind and o.state = 'released' and o.decided_at > d.decided_at)
      order by d.client_id, d.debtor_id, d.decided_at desc)
     order by 1, 2 limit $1`,
    [MAX_LISTED, CANNOT_BE_PRINTED, client],
  );
  const ledger = await tx.query<LedgerBalance>(
    `select r.client_id as client, r.currency, count(*)::text as invoices, coalesce(sum(b.open), 0)::bigint as "openAmount"
     from receivable r left join lateral (select sum(amount) as open from posting p where p.receivable_id = r.id) b on true
     where ($1::text is null or r.client_id = $1) group by 1, 2 order by 1, 2`,
    [client],
  );
  return {
    files: files.rows,
    heldFiles: heldFiles.rows,
    troubledFiles: troubledFiles.rows,
    waiting: waiting.rows,
    outbound: outbound.rows,
    refusedLetters: refusedLetters.rows,
    ledger: ledger.rows,
  };
}

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

const MAX_MONEY_LISTED = 50;

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
    [MAX_MONEY_LISTED, clientIn(scope)],
  );
  return found.rows;
}

/** How much a queue holds at this moment; failed jobs have used up their retries. Counts are digits. */
export interface QueueDepth {
  readonly queue: string;
  readonly ready: string;
  readonly active: string;
  readonly failed: string;
}

/** Counts pg-boss's jobs by state. Its own counts may be an hour old, or a minute when forced; an operator asks about now. */
export async function loadQueueDepths(tx: Tx, queues: readonly string[]): Promise<readonly QueueDepth[]> {
  const found = await tx.query<QueueDepth>(
    `select q.name as queue, count(j.id) filter (where j.state in ('created', 'retry'))::text as ready,
       count(j.id) filter (where j.state = 'active')::text as active, count(j.id) filter (where j.state = 'failed')::text as failed
     from unnest($1::text[]) with ordinality as q (name, place) left join pgboss.job j on j.name = q.name
     group by q.name, q.place order by q.place`,
    [queues],
  );
  return found.rows;
}

/** A released print job: sent = acknowledged + outstanding (ID4). Counts are digits: every `bigint` of an answer is money. */
export interface DispatchCount {
  readonly client: string;
  readonly jobNumber: number;
  readonly releasedAt: Date;
  readonly sent: string;
  readonly acknowledged: string;
  readonly outstanding: string;
  readonly returned: string;
  /** Whether so much time has passed that somebody should ask the print house. */
  readonly overdue: boolean;
}

const MAX_DISPATCHES_LISTED = 50;

/** Print jobs with letters whose dispatch nobody has confirmed, the oldest first; those released before an instant are overdue. */
export async function loadOutstandingJobs(
  tx: Tx,
  { scope, overdueBefore }: { readonly scope: Scope; readonly overdueBefore: Date },
): Promise<readonly DispatchCount[]> {
  const found = await tx.query<DispatchCount>(
    `select s.client_id as client, s.job_number as "jobNumber", s.released_at as "releasedAt", count(*)::text as sent,
       count(d.dispatched_on)::text as acknowledged, count(*) filter (where d.dispatched_on is null)::text as outstanding,
       count(d.returned_on)::text as returned, s.released_at < $1 as overdue
     from spool s join document d on d.job_number = s.job_number and d.state = 'released'
     where ($3::text is null or s.client_id = $3) and s.job_number in (select o.job_number from document o where o.state = 'released' and o.dispatched_on is null)
     group by s.job_number order by s.released_at, s.job_number limit $2`,
    [overdueBefore, MAX_DISPATCHES_LISTED, clientIn(scope)],
  );
  return found.rows;
}
