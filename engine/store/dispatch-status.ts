import { clientIn, type Scope } from '../scope.ts';
import type { Tx } from './database.ts';

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

const MAX_LISTED = 50;

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
    [overdueBefore, MAX_LISTED, clientIn(scope)],
  );
  return found.rows;
}
