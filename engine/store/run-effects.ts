import type { IsoDate } from '../iso-date.ts';
import type { Tx } from './database.ts';

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
