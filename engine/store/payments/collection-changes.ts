import type { Tx } from '../database.ts';

const changesSql = (which: string): string => `
  insert into collection_change (case_id, kind, transaction_id, amount, on_date)
  select c.id, case when sum(p.amount) < 0 then 'payment' else 'correction' end, p.transaction_id, -sum(p.amount), t.entry_date
  from receivable_line p join ledger_transaction t on t.id = p.transaction_id
    join collection_case c on c.receivable_id = p.receivable_id and c.state not in ('rejected', 'closed')
  where ${which}
  group by c.id, p.transaction_id, t.entry_date having sum(p.amount) <> 0 on conflict do nothing`;

/** Receivables that are with a collection agency: what a file's payments changed of them has to be told. */
export const noteCollectionChanges = (tx: Tx): Promise<unknown> =>
  tx.query(changesSql(`p.payment_id in (select item from bank_share) and t.kind = 'payment'`));

/** The same for one act on a payment, by its effect key. */
export const noteCollectionChangesOf = (tx: Tx, effectKey: string): Promise<unknown> =>
  tx.query(changesSql('t.effect_key = $1'), [effectKey]);
