import type { Minor } from '../../money.ts';
import type { Tx } from '../database.ts';

export interface SuspenseTotal {
  readonly reason: string;
  readonly payments: number;
  readonly amount: Minor;
}

/** What of a file went to suspense, by reason. */
export async function loadSuspenseTotals(tx: Tx, file: bigint): Promise<readonly SuspenseTotal[]> {
  const found = await tx.query<{ reason: string; payments: bigint; amount: bigint }>(
    `select s.reason, count(*) as payments, sum(p.amount)::bigint as amount from suspense_item s join payment p on p.id = s.payment_id
     where p.file_id = $1 group by s.reason order by s.reason`,
    [file],
  );
  return found.rows.map((row) => ({ ...row, payments: Number(row.payments) }));
}
