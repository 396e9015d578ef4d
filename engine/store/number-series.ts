import type { Tx } from './database.ts';

/**
 * Takes `count` consecutive numbers from a gapless series and gives the first. The counter row stays locked until the transaction
 * ends, so a rollback gives the numbers back; take it as late as possible.
 */
export async function takeNumbers(tx: Tx, series: string, count: number): Promise<bigint> {
  const taken = await tx.query<{ first: bigint }>(
    `insert into number_series (series, next) values ($1, $2::bigint + 1)
     on conflict (series) do update set next = number_series.next + $2
     returning next - $2 as first`,
    [series, count],
  );
  const first = taken.rows[0]?.first;
  if (first === undefined) throw new Error(`series ${series} gave no number`);
  return first;
}

/** Takes a turn at something that only one program may do at a time, until the transaction ends; false if another has it. */
export async function takeTurn(tx: Tx, what: string): Promise<boolean> {
  const found = await tx.query<{ taken: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken', [what]);
  return found.rows[0]?.taken === true;
}
