import type { Tx } from './database.ts';

/** Takes a turn at something that only one program may do at a time, until the transaction ends; false if another has it. */
export async function takeTurn(tx: Tx, what: string): Promise<boolean> {
  const found = await tx.query<{ taken: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken', [what]);
  return found.rows[0]?.taken === true;
}
