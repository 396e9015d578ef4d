import type { IsoDate } from '../iso-date.ts';
import { toJson } from '../invoice-json.ts';
import type { Reason } from '../runs/reason.ts';
import { clientIn, type Scope } from '../scope.ts';
import type { Tx } from './database.ts';

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
