import type { Tx } from './database.ts';

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
