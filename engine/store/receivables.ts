import { type Component, amountsOf, components } from '../amounts.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Currency, Minor } from '../money.ts';
import type { Hold, Receivable, TakenStep } from '../claims/receivable.ts';
import type { DebtorClass } from '../submission.ts';
import type { Tx } from './database.ts';

export interface ReceivablesQuestion {
  readonly client: string;
  /** Facts as known at the end of this date. */
  readonly asOf: IsoDate;
  /** Of the bureau: tells on which date something happened that is stored as an instant. */
  readonly timeZone: string;
  /** Only receivables with a higher id: the last one of the page before. */
  readonly after?: bigint;
  readonly limit: number;
  /** Only those with a due date before this. */
  readonly dueBefore?: IsoDate;
  /** Only these, settled ones too; absent: all in which something is open. */
  readonly only?: { readonly ids: readonly bigint[] } | { readonly invoices: readonly string[] };
}

/**
 * A client's receivables as they were known at the end of a date, in order of id, at most `limit`: a shorter page is the last. Credit notes and
 * documents of zero are no receivables. A few statements however many there are.
 */
export async function loadReceivables(tx: Tx, question: ReceivablesQuestion): Promise<Receivable[]> {
  const { client, asOf, timeZone, limit, dueBefore, only } = question;
  const wanted = only === undefined ? null : 'ids' in only ? only.ids : only.invoices;
  const loaded: Receivable[] = [];
  let after = question.after ?? 0n;
  for (;;) {
    const found = await tx.query<ReceivableRow | SettledRow>(only && 'invoices' in only ? byNumberSql : byIdSql, [
      client,
      asOf,
      timeZone,
      after,
      limit,
      dueBefore ?? null,
      wanted,
    ]);
    for (const row of found.rows) if (row.id !== null && loaded.length < limit) loaded.push(receivableOf(client, row));
    const last = found.rows.at(-1);
    // Settled ones among the page's ids have left it short: the next ids fill it.
    if (last === undefined || found.rows.length < limit || loaded.length >= limit) return loaded;
    after = last.key;
  }
}

/** The receivable of an invoice, settled or not; undefined if the client has no such invoice in the ledger. */
export async function loadReceivable(
  tx: Tx,
  question: { readonly client: string; readonly invoice: string; readonly asOf: IsoDate; readonly timeZone: string },
): Promise<Receivable | undefined> {
  const { invoice, ...rest } = question;
  return (await loadReceivables(tx, { ...rest, limit: 1, only: { invoices: [invoice] } }))[0];
}

/** An id of the page in which nothing is open. */
interface SettledRow {
  readonly key: bigint;
  readonly id: null;
}

/** What is open of each component. */
type OpenColumns = { readonly [Part in Component as `open_${Part}`]: Minor };

interface ReceivableRow extends OpenColumns {
  readonly key: bigint;
  readonly id: bigint;
  readonly number: string;
  readonly agreement_version: number;
  readonly debtor_id: bigint;
  readonly debtor_number: string;
  readonly debtor_name: string;
  readonly debtor_class: DebtorClass;
  readonly currency: Currency;
  readonly principal: bigint;
  readonly issue_date: IsoDate;
  readonly due_date: IsoDate;
  readonly dispatched_on: IsoDate | null;
  readonly interest_claimed: bigint;
  /** Changes of the principal after the issue, as `date amount`, in any order. */
  readonly changes: readonly string[] | null;
  readonly holds: readonly HoldJson[] | null;
  readonly steps: readonly StepJson[] | null;
}

/**
 * What a change of the principal counts from: money from the day after its value date, whose own day still bears interest
 * (engine/claims/interest.ts); a receipt taken back from that receipt's own date, as if it had never come; a credit from the due date, as if
 * that part had never been owed (reference/collection-rules.md §8.2); all else, such as a write-off, from its entry.
 */
const changeDate = `case
  when y.id is not null then greatest(coalesce(o.value_date, y.value_date) + 1, i.issue_date)
  when t.value_date is not null then greatest(t.value_date + 1, i.issue_date)
  when t.kind = 'allocation' then greatest(r.due_date, i.issue_date)
  else t.entry_date end`;

/** The client sends invoices that are only monitored (F03): on their issue date, as far as we know. */
const dispatchDate = `case when g.mode = 'monitor-only' then g.issue_date else d.dispatched_on end`;

const openOf = (component: Component): string => `coalesce(sum(p.amount) filter (where p.component = '${component}'), 0)::bigint`;
const openColumns = components.map((component) => `${openOf(component)} as "open_${component}"`).join(', ');

/**
 * $1 client, $2 as of, $3 time zone, $4 after, $5 limit, $6 due before, $7 ids or invoice numbers. The page's ids are taken first: where the
 * limit stands beside the sums, the sums of all receivables are worked out for every page.
 */
const receivablesSql = (ids: string, shown: string): string => `
  with ids as materialized (${ids}),
  page as materialized (
    select r.id, r.invoice_id, r.currency, r.principal, r.due_date, i.number, i.agreement_version, i.debtor_id, i.debtor_version,
      i.issue_date, i.mode, o.*
    from ids k join receivable r on r.id = k.id join invoice i on i.id = r.invoice_id, lateral (
      select ${openColumns},
        coalesce(sum(p.amount) filter (where p.component = 'interest' and t.kind in ('claim', 'withdrawal')), 0)::bigint
          as interest_claimed,
        array_agg(${changeDate} || ' ' || p.amount) filter (where p.component = 'principal' and t.kind <> 'issue') as changes
      from receivable_line p join ledger_transaction t on t.id = p.transaction_id left join payment y on y.id = p.payment_id
        left join payment o on o.id = y.reverses
      where p.receivable_id = r.id and t.entry_date <= $2) as o
    where i.issue_date <= $2 and ${shown}
  )
  select k.id as key, g.*, b.number as debtor_number, v.content ->> 'name' as debtor_name, v.class as debtor_class,
    ${dispatchDate} as dispatched_on, h.holds, s.steps
  from ids k left join page g on g.id = k.id left join debtor b on b.id = g.debtor_id
    left join debtor_version v on v.debtor_id = g.debtor_id and v.version = g.debtor_version
    left join lateral (select min(d.dispatched_on) as dispatched_on from document d
      where d.invoice_id = g.invoice_id and d.kind = 'invoice' and d.dispatched_on <= $2) as d on true
    left join lateral (select json_agg(json_build_object('id', h.id::text, 'kind', h.kind, 'amount', h.amount::text, 'from', h.from_date,
        'until', h.until_date, 'interestRuns', h.interest_runs, 'category', h.category,
        'releasedOn', case when h.released_on <= $2 then h.released_on end, 'outcome', case when h.released_on <= $2 then h.outcome end)
        order by h.id) as holds
      from hold h where h.receivable_id = g.id and h.placed_on <= $2) as h on true
    left join lateral (select json_agg(json_build_object('level', s.level, 'kind', s.kind, 'businessDate', s.business_date,
        'dispatchedOn', case when s.dispatched_on <= $2 then s.dispatched_on end, 'deadline', s.deadline,
        'reminderFee', s.reminder_fee::text, 'collectionFee', s.collection_fee::text, 'compensation', s.compensation::text)
        order by s.level) as steps
      from (select s.*, case when s.kind = 'handover' then (select (coalesce(u.sent_at, u.written_at) at time zone $3)::date
            from collection_case c join outbound u on u.id = c.outbound_id where c.receivable_id = s.receivable_id and c.run_id = s.run_id)
          else (select d.dispatched_on from document d where d.id = s.document_id) end as dispatched_on
        from demand_step s where s.receivable_id = g.id and s.business_date <= $2
          and (s.withdrawn_at is null or (s.withdrawn_at at time zone $3)::date > $2)) as s) as s on true
  order by k.id`;

const somethingOpen = `(${components.map((component) => `o."open_${component}" <> 0`).join(' or ')})`;
const isReceivable = `r.client_id = $1 and r.id > $4 and r.principal > 0 and r.due_date is not null and ($6::date is null or r.due_date < $6)`;
const byIdSql = receivablesSql(
  `select r.id from receivable r where ${isReceivable} and ($7::bigint[] is null or r.id = any($7)) order by r.id limit $5`,
  `($7 is not null or ${somethingOpen})`,
);
const byNumberSql = receivablesSql(
  `select r.id from invoice i join receivable r on r.invoice_id = i.id
   where i.client_id = $1 and i.number = any($7::text[]) and ${isReceivable} order by r.id limit $5`,
  'true',
);

interface HoldJson {
  readonly id: string;
  readonly kind: Hold['kind'];
  readonly amount: string | null;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
  readonly interestRuns: boolean;
  readonly category: string | null;
  readonly releasedOn: IsoDate | null;
  readonly outcome: 'accepted' | 'rejected' | 'withdrawn' | null;
}

interface StepJson {
  readonly level: number;
  readonly kind: TakenStep['kind'];
  readonly businessDate: IsoDate;
  readonly dispatchedOn: IsoDate | null;
  readonly deadline: IsoDate | null;
  readonly reminderFee: string;
  readonly collectionFee: string;
  readonly compensation: string;
}

function receivableOf(client: string, row: ReceivableRow): Receivable {
  return {
    id: row.id,
    client,
    invoiceNumber: row.number,
    agreementVersion: row.agreement_version,
    debtor: { id: row.debtor_id, number: row.debtor_number, name: row.debtor_name, class: row.debtor_class },
    currency: row.currency,
    principalAmount: row.principal,
    issueDate: row.issue_date,
    dueDate: row.due_date,
    ...(row.dispatched_on === null ? {} : { dispatchedOn: row.dispatched_on }),
    open: amountsOf((component) => row[`open_${component}`]),
    principalHistory: historyOf(row),
    interestClaimedAmount: row.interest_claimed,
    holds: row.holds === null ? [] : row.holds.map(holdOf),
    steps: row.steps === null ? [] : row.steps.map(stepOf),
  };
}

function historyOf({ issue_date: issued, principal, changes }: ReceivableRow): Receivable['principalHistory'] {
  if (changes === null) return [{ from: issued, amount: principal }];
  const byDate = new Map<IsoDate, Minor>([[issued, principal]]);
  for (const change of changes) {
    const [date, amount] = change.split(' ') as [IsoDate, string];
    byDate.set(date, (byDate.get(date) ?? 0n) + BigInt(amount));
  }
  let amount = 0n;
  return [...byDate]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, change]) => ({ from, amount: (amount += change) }))
    .filter((item, index, all) => index === 0 || item.amount !== all[index - 1]?.amount);
}

const holdOf = ({ id, amount, until, category, releasedOn, outcome, ...rest }: HoldJson): Hold => ({
  id: BigInt(id),
  ...rest,
  ...(amount === null ? {} : { amount: BigInt(amount) }),
  ...(until === null ? {} : { until }),
  ...(category === null ? {} : { category }),
  ...(releasedOn === null ? {} : { releasedOn }),
  ...(outcome === null ? {} : { outcome }),
});

const stepOf = (step: StepJson): TakenStep => ({
  level: step.level,
  kind: step.kind,
  businessDate: step.businessDate,
  ...(step.dispatchedOn === null ? {} : { dispatchedOn: step.dispatchedOn }),
  ...(step.deadline === null ? {} : { deadline: step.deadline }),
  reminderFeeAmount: BigInt(step.reminderFee),
  collectionFeeAmount: BigInt(step.collectionFee),
  compensationAmount: BigInt(step.compensation),
});
