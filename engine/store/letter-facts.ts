import type { Buyer } from '../invoice.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Language } from '../language.ts';
import type { Minor } from '../money.ts';
import type { DebtorClass } from '../submission.ts';
import type { Tx } from './database.ts';

/** What a letter needs to know of a claim's invoice. */
export interface ClaimedInvoice {
  readonly receivable: bigint;
  readonly number: string;
  readonly issueDate: IsoDate;
  readonly originalAmount: Minor;
  readonly language: Language;
  /** Given out for the invoice alone; null: it has none. */
  readonly reference: string | null;
  /** Names of the first lines, and the period where the document has one: its ground, to be recognised by. */
  readonly lineNames: readonly string[];
  readonly lineCount: number;
  readonly periodStart: string | null;
  readonly periodEnd: string | null;
}

const LINES_NAMED = 3;

/** The invoices of some receivables. What stands in the document is taken out of it by the database, which has it already. */
export async function loadClaimedInvoices(tx: Tx, receivables: readonly bigint[]): Promise<ClaimedInvoice[]> {
  const found = await tx.query<ClaimedInvoice>(
    `select r.id as receivable, i.number, i.issue_date as "issueDate", i.payable as "originalAmount", i.language, pr.reference,
       c.names as "lineNames", c.lines as "lineCount", c.period ->> 'start' as "periodStart", c.period ->> 'end' as "periodEnd"
     from receivable r join invoice i on i.id = r.invoice_id
       left join lateral (select min(reference) as reference from payment_reference where invoice_id = i.id) as pr on true,
       lateral (select i.content -> 'lines' as all_lines, i.content -> 'period' as period offset 0) as o,
       lateral (select o.period, json_array_length(o.all_lines) as lines,
         array(select o.all_lines -> n ->> 'name' from generate_series(0, least(json_array_length(o.all_lines), ${LINES_NAMED}) - 1) as n)
           as names) as c
     where r.id = any($1)`,
    [receivables],
  );
  return found.rows;
}

/** A debtor as a letter addresses them: as last told of. */
export interface AddressedDebtor {
  readonly id: bigint;
  readonly number: string;
  readonly class: DebtorClass;
  readonly party: Buyer;
}

export async function loadAddressedDebtors(tx: Tx, debtors: readonly bigint[]): Promise<AddressedDebtor[]> {
  const found = await tx.query<AddressedDebtor>(
    `select d.id, d.number, v.class, v.content as party from debtor d join debtor_version v on v.debtor_id = d.id and v.version = d.latest_version
     where d.id = any($1)`,
    [debtors],
  );
  return found.rows;
}

/** Languages of the invoices of some receivables: a debtor is written to in the language of the invoice. */
export async function loadLanguages(tx: Tx, receivables: readonly bigint[]): Promise<ReadonlyMap<bigint, Language>> {
  const found = await tx.query<{ id: bigint; language: Language }>(
    'select r.id, i.language from receivable r join invoice i on i.id = r.invoice_id where r.id = any($1)',
    [receivables],
  );
  return new Map(found.rows.map((row) => [row.id, row.language]));
}
