import {
  type AgedSum,
  makeStatement,
  type Statement,
  type StatementDocument,
  type StatementEntry,
} from '../claims/receivable.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Component } from '../amounts.ts';
import type { LedgerKind } from '../ledger.ts';
import type { Currency } from '../money.ts';
import type { Tx } from './database.ts';

export interface StatementQuestion {
  readonly client: string;
  /** The client's number of the debtor. */
  readonly debtor: string;
  readonly asOf: IsoDate;
}

interface EntryRow {
  readonly date: IsoDate;
  readonly kind: LedgerKind;
  readonly invoice: string | null;
  readonly component: Component | null;
  readonly amount: bigint;
  readonly currency: Currency;
  readonly payment: bigint | null;
  readonly value_date: IsoDate | null;
  readonly other: string | null;
}

/** A debtor's statements at the end of a date, one per currency; null if the client has no such debtor. */
export async function loadStatements(tx: Tx, question: StatementQuestion): Promise<readonly Statement[] | null> {
  const { client, debtor: number, asOf } = question;
  const found = await tx.query<{ id: bigint; name: string }>(
    `select b.id, v.content ->> 'name' as name from debtor b
       join debtor_version v on v.debtor_id = b.id and v.version = b.latest_version where b.client_id = $1 and b.number = $2`,
    [client, number],
  );
  const debtor = found.rows[0];
  if (!debtor) return null;
  const entries = await loadEntries(tx, { client, asOf, debtor: debtor.id });
  const documents = await loadDocuments(tx, debtor.id, asOf);
  const currencies = [...new Set([...documents, ...entries].map((item) => item.currency))].toSorted();
  return currencies.map((currency) =>
    makeStatement({
      client,
      debtor: { number, name: debtor.name },
      asOf,
      currency,
      entries: entries.filter((entry) => entry.currency === currency).map(entryOf),
      documents: documents.filter((document) => document.currency === currency).map(documentOf),
    }),
  );
}

/** Postings on one receivable up to a date, as lines of an account. */
export async function loadReceivableEntries(
  tx: Tx,
  question: { readonly client: string; readonly receivable: bigint; readonly asOf: IsoDate },
): Promise<StatementEntry[]> {
  return (await loadEntries(tx, question)).map(entryOf);
}

/** On a debtor's receivables, and what is held to the debtor's credit. */
async function loadEntries(
  tx: Tx,
  about: { readonly client: string; readonly asOf: IsoDate; readonly debtor?: bigint; readonly receivable?: bigint },
): Promise<EntryRow[]> {
  const found = await tx.query<EntryRow>(
    `select t.entry_date as date, t.kind, i.number as invoice, a.component, p.amount, p.currency, p.payment_id as payment,
       coalesce(y.value_date, t.value_date) as value_date,
       case when t.kind = 'allocation' then (select min(oi.number) from posting q join receivable o on o.id = q.receivable_id
          join invoice oi on oi.id = o.invoice_id where q.transaction_id = t.id and q.receivable_id <> p.receivable_id
            and q.payment_id is not distinct from p.payment_id) end as other
     from posting p join ledger_account a using (account) join ledger_transaction t on t.id = p.transaction_id left join payment y on y.id = p.payment_id
       left join receivable r on r.id = p.receivable_id left join invoice i on i.id = r.invoice_id
     where p.client_id = $1 and t.entry_date <= $2
       and (p.receivable_id = $3 or p.receivable_id in (select id from receivable where debtor_id = $4) or p.debtor_id = $4)
       and (a.component is not null or p.account = 'overpayment' and p.receivable_id is null)
     order by t.entry_date, t.sequence, p.line`,
    [about.client, about.asOf, about.receivable ?? null, about.debtor ?? null],
  );
  return found.rows;
}

const entryOf = (row: EntryRow): StatementEntry => ({
  date: row.date,
  kind: row.kind,
  component: row.component ?? 'credit',
  amount: row.amount,
  ...(row.invoice === null ? {} : { invoice: row.invoice }),
  ...(row.payment === null ? {} : { payment: row.payment }),
  ...(row.value_date === null ? {} : { valueDate: row.value_date }),
  ...(row.other === null ? {} : { other: row.other }),
});

interface DocumentRow {
  readonly invoice: string;
  readonly kind: StatementDocument['kind'];
  readonly currency: Currency;
  readonly issue_date: IsoDate;
  readonly due_date: IsoDate | null;
}

const documentOf = ({ invoice, kind, issue_date: issueDate, due_date: dueDate }: DocumentRow): StatementDocument => ({
  invoice,
  kind,
  issueDate,
  ...(dueDate === null ? {} : { dueDate }),
});

async function loadDocuments(tx: Tx, debtor: bigint, asOf: IsoDate): Promise<DocumentRow[]> {
  const found = await tx.query<DocumentRow>(
    `select i.number as invoice, i.kind, r.currency, i.issue_date, r.due_date
     from receivable r join invoice i on i.id = r.invoice_id
     where r.debtor_id = $1 and i.issue_date <= $2 order by i.issue_date, r.id`,
    [debtor, asOf],
  );
  return found.rows;
}

/** What is open of a client's documents at the end of a date, by debtor and due date; credits that are not used stand apart. */
export async function loadAgedSums(tx: Tx, client: string, asOf: IsoDate): Promise<AgedSum[]> {
  const found = await tx.query<{
    debtor: string;
    name: string;
    currency: Currency;
    due_date: IsoDate | null;
    amount: bigint;
  }>(
    `with open as (
       select p.receivable_id, sum(p.amount) as amount from receivable_line p join ledger_transaction t on t.id = p.transaction_id
       where p.client_id = $1 and t.entry_date <= $2 group by p.receivable_id having sum(p.amount) <> 0
     )
     select b.number as debtor, v.content ->> 'name' as name, r.currency, r.due_date, sum(o.amount)::bigint as amount
     from open o join receivable r on r.id = o.receivable_id join debtor b on b.id = r.debtor_id
       join debtor_version v on v.debtor_id = b.id and v.version = b.latest_version
     group by b.id, v.content ->> 'name', r.currency, r.due_date, o.amount < 0 order by b.number, r.due_date`,
    [client, asOf],
  );
  return found.rows.map(({ due_date: dueDate, ...row }) => ({ ...row, ...(dueDate === null ? {} : { dueDate }) }));
}
