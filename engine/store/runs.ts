import { type IsoDate, addDays } from '../iso-date.ts';
import { toJson } from '../invoice-json.ts';
import type { Reason } from '../claims/decision.ts';
import { clientIn, type Scope } from '../scope.ts';
import type { Tx } from './database.ts';
import type { Minor } from '../money.ts';
import type { BankAccount } from '../bank-account.ts';
import { isBankDay, type BankCalendar } from '../bank-days.ts';

export const runKinds = ['reminder', 'collection', 'payout'] as const;
export type RunKindName = (typeof runKinds)[number];

export interface NewRun {
  readonly kind: RunKindName;
  readonly client: string;
  readonly businessDate: IsoDate;
  readonly trigger: 'schedule' | 'command' | 'catch-up';
  readonly who: string;
  readonly at: Date;
  /** Somebody opened the gate, by name and reason (IR2). */
  readonly override?: { readonly who: string; readonly reason: string };
}

/**
 * Begins the one run of a kind, client and business date (IR1); null if there is one. Waits for another that is being made just now: its
 * row decides, so schedule and command at once make one run (fault XT3).
 */
export async function startRun(tx: Tx, run: NewRun): Promise<bigint | null> {
  const found = await tx.query<{ id: bigint }>(
    `insert into run (kind, client_id, business_date, state, trigger, who, started_at, override_by, override_reason)
     values ($1, $2, $3, 'applied', $4, $5, $6, $7, $8)
     on conflict (kind, client_id, business_date) where state = 'applied' do nothing returning id`,
    [
      run.kind,
      run.client,
      run.businessDate,
      run.trigger,
      run.who,
      run.at,
      run.override?.who ?? null,
      run.override?.reason ?? null,
    ],
  );
  return found.rows[0]?.id ?? null;
}

export interface RunOutcome {
  readonly steps: number;
  readonly skips: number;
  /** Amounts as decimal text and counts, by name. */
  readonly totals: Readonly<Record<string, string>>;
}

export async function finishRun(tx: Tx, run: bigint, { steps, skips, totals }: RunOutcome): Promise<void> {
  await tx.query('update run set steps = $2, skips = $3, totals = $4 where id = $1', [run, steps, skips, toJson(totals)]);
}

/** What a run did with a receivable and why. */
export interface RunItem {
  readonly receivable: bigint;
  readonly outcome: 'step' | 'skip';
  readonly rule: string;
  readonly because: readonly Reason[];
}

export async function storeRunItems(tx: Tx, run: bigint, items: readonly RunItem[]): Promise<void> {
  if (items.length === 0) return;
  await tx.query(
    `insert into run_item (run_id, receivable_id, outcome, rule, because)
     select $1, i.* from unnest($2::bigint[], $3::text[], $4::text[], $5::json[]) as i`,
    [
      run,
      items.map((item) => item.receivable),
      items.map((item) => item.outcome),
      items.map((item) => item.rule),
      items.map((item) => JSON.stringify(item.because)),
    ],
  );
}

export interface RunRow {
  readonly id: bigint;
  readonly kind: RunKindName;
  readonly client: string;
  readonly businessDate: IsoDate;
  readonly state: 'applied' | 'undone';
  readonly trigger: NewRun['trigger'];
  readonly who: string;
  readonly startedAt: Date;
  readonly overrideBy: string | null;
  readonly overrideReason: string | null;
  readonly steps: number;
  readonly skips: number;
  readonly totals: Readonly<Record<string, string>>;
  readonly undoneBy: string | null;
  readonly undoneReason: string | null;
}

const columns = `id, kind, client_id as client, business_date as "businessDate", state, trigger, who, started_at as "startedAt",
  override_by as "overrideBy", override_reason as "overrideReason", steps, skips, totals, undone_by as "undoneBy",
  undone_reason as "undoneReason"`;

export interface RunsQuestion {
  readonly kind?: RunKindName | undefined;
  readonly scope: Scope;
  readonly from?: IsoDate | undefined;
  readonly limit: number;
}

/** Runs, the latest business date first. */
export async function loadRuns(tx: Tx, { kind, scope, from, limit }: RunsQuestion): Promise<RunRow[]> {
  const found = await tx.query<RunRow>(
    `select ${columns} from run where ($1::text is null or kind = $1) and ($2::text is null or client_id = $2)
       and ($3::date is null or business_date >= $3) order by business_date desc, id desc limit $4`,
    [kind ?? null, clientIn(scope), from ?? null, limit],
  );
  return found.rows;
}

/** Undefined if the scope has no such run. */
export async function loadRun(tx: Tx, id: bigint, scope: Scope): Promise<RunRow | undefined> {
  const found = await tx.query<RunRow>(`select ${columns} from run where id = $1 and ($2::text is null or client_id = $2)`, [
    id,
    clientIn(scope),
  ]);
  return found.rows[0];
}

/** The applied run of a kind, client and date. */
export async function findRun(
  tx: Tx,
  { kind, client, businessDate }: Pick<NewRun, 'kind' | 'client' | 'businessDate'>,
): Promise<RunRow | undefined> {
  const found = await tx.query<RunRow>(
    `select ${columns} from run where kind = $1 and client_id = $2 and business_date = $3 and state = 'applied'`,
    [kind, client, businessDate],
  );
  return found.rows[0];
}

/** Takes an applied run until the transaction ends; undefined if the scope has none, or it was undone. */
export async function lockRun(tx: Tx, id: bigint, scope: Scope): Promise<RunRow | undefined> {
  const found = await tx.query<RunRow>(
    `select ${columns} from run where id = $1 and state = 'applied' and ($2::text is null or client_id = $2) for update`,
    [id, clientIn(scope)],
  );
  return found.rows[0];
}

/** Business dates of all runs of a kind and client, undone ones too: a date that was undone by a person is not missing. */
export async function loadRunDates(tx: Tx, kind: RunKindName, client: string): Promise<IsoDate[]> {
  const found = await tx.query<{ business_date: IsoDate }>(
    'select distinct business_date from run where kind = $1 and client_id = $2 order by 1',
    [kind, client],
  );
  return found.rows.map((row) => row.business_date);
}

export interface ShownRunItem {
  readonly invoice: string;
  readonly outcome: 'step' | 'skip';
  readonly rule: string;
  readonly because: readonly Reason[];
}

/** What a run did with each receivable, in order of invoice number. */
export async function loadRunItems(tx: Tx, run: bigint, limit: number): Promise<ShownRunItem[]> {
  const found = await tx.query<ShownRunItem>(
    `select i.number as invoice, x.outcome, x.rule, x.because from run_item x join receivable r on r.id = x.receivable_id
       join invoice i on i.id = r.invoice_id where x.run_id = $1 order by i.number limit $2`,
    [run, limit],
  );
  return found.rows;
}

/** What the runs of a date did with one receivable. */
export async function loadItemsOn(
  tx: Tx,
  receivable: bigint,
  date: IsoDate,
): Promise<readonly (RunItem & { readonly run: bigint; readonly kind: RunKindName; readonly state: RunRow['state'] })[]> {
  const found = await tx.query<RunItem & { run: bigint; kind: RunKindName; state: RunRow['state'] }>(
    `select x.run_id as run, u.kind, u.state, x.receivable_id as receivable, x.outcome, x.rule, x.because
     from run_item x join run u on u.id = x.run_id where x.receivable_id = $1 and u.business_date = $2 order by u.id`,
    [receivable, date],
  );
  return found.rows;
}

export async function setRunUndone(
  tx: Tx,
  run: bigint,
  undone: { readonly who: string; readonly reason: string; readonly at: Date },
): Promise<void> {
  await tx.query(`update run set state = 'undone', undone_by = $2, undone_reason = $3, undone_at = $4 where id = $1`, [
    run,
    undone.who,
    undone.reason,
    undone.at,
  ]);
}

/** What a run has done that would have to be taken back. */
export interface RunEffects {
  /** Letters with any of its steps, that have not left the house. */
  readonly letters: readonly string[];
  /** Steps that are not withdrawn. */
  readonly steps: number;
  /** Why it cannot be taken back: something of it is out of the house, or later work builds upon it. Null: it can. */
  readonly gone: string | null;
}

export async function loadRunEffects(tx: Tx, run: bigint): Promise<RunEffects> {
  const found = await tx.query<{ letters: string[]; steps: bigint; gone: string | null }>(
    `select coalesce(array_agg(distinct s.document_id) filter (where d.state in ('waiting', 'spooled')), '{}') as letters,
       count(s.id) as steps,
       case when bool_or(d.state = 'released') then format('%s of its letters have left the house', count(distinct d.id) filter (where d.state = 'released'))
            when bool_or(o.state is not null and o.state <> 'planned') then 'its cases have left for the collection agency'
            when bool_or(s.kind = 'write-off') then 'claims were written off by it: book them again by hand'
            when bool_or(later.id is not null) then 'later steps build upon it: undo their runs first'
            when bool_or(a.decision is not null) then 'a person has decided on one of its assessments' end as gone
     from demand_step s left join document d on d.id = s.document_id
       left join collection_case c on c.run_id = s.run_id and c.receivable_id = s.receivable_id left join outbound o on o.id = c.outbound_id
       left join assessment a on a.run_id = s.run_id and a.receivable_id = s.receivable_id
       left join demand_step later on later.receivable_id = s.receivable_id and later.level > s.level and later.state = 'taken'
     where s.run_id = $1 and s.state = 'taken'`,
    [run],
  );
  const row = found.rows[0];
  return { letters: row?.letters ?? [], steps: Number(row?.steps ?? 0n), gone: row?.gone ?? null };
}

/** Withdraws what is left of a run's steps: those without a letter. */
export async function withdrawSteps(
  tx: Tx,
  run: bigint,
  { at, because }: { readonly at: Date; readonly because: string },
): Promise<void> {
  await tx.query(
    `update demand_step set state = 'withdrawn', withdrawn_at = $2, withdrawn_because = $3 where run_id = $1 and state = 'taken'`,
    [run, at, because],
  );
}

/** Closes the cases a run opened, so that their claims can be handed over again. */
export async function withdrawCases(tx: Tx, run: bigint, on: IsoDate): Promise<void> {
  await tx.query(
    `update collection_case set state = 'closed', closed_on = $2 where run_id = $1 and state not in ('rejected', 'closed')`,
    [run, on],
  );
}

/** One letter or e-invoice about a receivable: by which channel and why, and what became of it. */
export interface DeliveryFacts {
  readonly document: string;
  readonly kind: string;
  readonly channel: string;
  readonly because: string;
  readonly state: string;
  readonly releasedOn: IsoDate | null;
  readonly dispatchedOn: IsoDate | null;
  readonly withdrawnBecause: string | null;
}

/** The invoice's own delivery and the demands of a receivable that were decided by the end of a date. */
export async function loadDelivery(tx: Tx, receivable: bigint, date: IsoDate): Promise<DeliveryFacts[]> {
  const found = await tx.query<DeliveryFacts>(
    `select d.id as document, d.kind, d.channel, d.channel_reason as because, d.state, d.released_at::date as "releasedOn",
       d.dispatched_on as "dispatchedOn", d.withdrawn_because as "withdrawnBecause"
     from receivable r join document d on d.invoice_id = r.invoice_id and d.decided_at < $2::date + 1
       or d.id in (select s.document_id from demand_step s where s.receivable_id = r.id and s.business_date <= $2)
     where r.id = $1 order by d.decided_at, d.id`,
    [receivable, date],
  );
  return found.rows;
}

/** Money or credit that was tied to a receivable. */
export interface MatchedPayment {
  readonly date: IsoDate;
  readonly kind: string;
  readonly payment: string | null;
  readonly amount: Minor;
}

export async function loadMatched(tx: Tx, receivable: bigint, date: IsoDate): Promise<MatchedPayment[]> {
  const found = await tx.query<MatchedPayment>(
    `select t.entry_date as date, t.kind, p.payment_id::text as payment, -sum(p.amount)::bigint as amount
     from posting p join ledger_transaction t on t.id = p.transaction_id
     where p.receivable_id = $1 and t.entry_date <= $2 and t.kind in ('payment', 'reversal', 'allocation')
     group by t.id, t.entry_date, t.kind, p.payment_id order by t.id`,
    [receivable, date],
  );
  return found.rows;
}

/** A bank's file that should have come and been posted, and has not. */
export interface MissingBankFile {
  readonly account: string;
  readonly day: IsoDate;
  readonly kind: 'notification' | 'statement';
  /** It came, and is held: for this reason. */
  readonly held?: string;
}

/**
 * The expected bank files of days up to `through` that are not posted: before they are, nobody knows who has paid, so no demand and no
 * payout goes out (IR2). A day is there when a block of the expected kind that tells of it is posted, known already or, where the account
 * posts from another kind, reconciled. Throws a MissingBankCalendarError outside the calendar.
 */
export async function loadMissingBankFiles(
  tx: Tx,
  {
    accounts,
    through,
    calendarOf,
  }: {
    readonly accounts: Iterable<BankAccount>;
    readonly through: IsoDate;
    /** Of an account by its id. */
    readonly calendarOf: (account: string) => BankCalendar;
  },
): Promise<readonly MissingBankFile[]> {
  const expected = [...accounts].flatMap(({ id, expects }) =>
    expects === undefined
      ? []
      : bankDays(calendarOf(id), expects.from, through).map((day) => ({ account: id, day, kind: expects.kind })),
  );
  if (expected.length === 0) return [];
  const found = await tx.query<{ account: string; day: IsoDate; kind: MissingBankFile['kind']; held: string | null }>(
    `select e.account, e.day, e.kind, (select b.reason from bank_block b where b.account = e.account and b.message_kind = e.kind and b.state = 'held'
         and e.day between b.from_date and b.to_date order by b.id limit 1) as held
     from unnest($1::text[], $2::date[], $3::text[]) as e (account, day, kind)
     where not exists (select from bank_block b where b.account = e.account and b.message_kind = e.kind and b.state <> 'held'
       and e.day between b.from_date and b.to_date)
     order by e.day, e.account`,
    [expected.map(({ account }) => account), expected.map(({ day }) => day), expected.map(({ kind }) => kind)],
  );
  return found.rows.map(({ held, ...missing }) => ({ ...missing, ...(held === null ? {} : { held }) }));
}

function bankDays(calendar: BankCalendar, from: IsoDate, through: IsoDate): readonly IsoDate[] {
  const days: IsoDate[] = [];
  for (let day = from; day <= through; day = addDays(day, 1)) if (isBankDay(calendar, day)) days.push(day);
  return days;
}
