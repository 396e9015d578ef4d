import { bookOf, type LedgerAccount } from '#engine/ledger.ts';
import { sum, type Minor } from '#engine/money.ts';
import type { Tx } from '#engine/store/database.ts';

/** The closing balances of every ledger, account by account: each column of a book sums to zero. */
export interface DemoFigures {
  /** All of its clients' agreements are in it. */
  readonly currency: 'SEK';
  readonly ledgers: readonly string[];
  readonly rows: readonly { readonly book: 'client' | 'bureau'; readonly account: string; readonly amounts: readonly Minor[] }[];
  readonly sums: readonly { readonly book: 'client' | 'bureau'; readonly amounts: readonly Minor[] }[];
}

export async function loadDemoFigures(tx: Tx): Promise<DemoFigures> {
  const found = await tx.query<{ client: string; account: LedgerAccount; amount: Minor }>(
    `select client_id as client, account, sum(amount)::bigint as amount from posting group by 1, 2 having sum(amount) <> 0 order by 1, 2`,
  );
  const ledgers = [...new Set(found.rows.map((row) => row.client))].toSorted();
  const accounts = [...new Set(found.rows.map((row) => row.account))].toSorted();
  const amountOf = (client: string, account: string): Minor =>
    found.rows.find((row) => row.client === client && row.account === account)?.amount ?? 0n;
  const books = ['client', 'bureau'] as const;
  const rows = books.flatMap((book) =>
    accounts
      .filter((account) => bookOf(account) === book)
      .map((account) => ({ book, account, amounts: ledgers.map((client) => amountOf(client, account)) })),
  );
  const sums = books.map((book) => ({
    book,
    amounts: ledgers.map((_, column) => sum(rows.filter((row) => row.book === book).map((row) => row.amounts[column] ?? 0n))),
  }));
  return { currency: 'SEK', ledgers, rows, sums };
}
