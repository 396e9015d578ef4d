import type { RemittancePart } from '../../matching/bank-file.ts';
import type { IsoDate } from '../../iso-date.ts';
import { amountsOf, type Component, type ExtraComponent } from '../../amounts.ts';
import type { Match, PaymentFacts } from '../../matching/decide-payment.ts';
import { referenceSources } from '../../matching/reference-keys.ts';
import type { Currency } from '../../money.ts';
import type { DebtorClass } from '../../submission.ts';
import type { Tx } from '../database.ts';
import type { OpenReceivable } from '../../matching/allocate-payment.ts';

interface UndecidedRow {
  readonly id: bigint;
  readonly amount: bigint;
  readonly currency: Currency;
  readonly booking_date: IsoDate;
  readonly value_date: IsoDate;
  readonly payer_name: string | null;
  readonly charges: bigint;
  readonly parts:
    | readonly { readonly kind: RemittancePart['kind']; readonly reference: string; readonly amount?: string }[]
    | null;
  readonly matches: readonly MatchRow[] | null;
}

interface MatchRow {
  readonly by: Match['by'];
  readonly source: number;
  readonly value: string;
  readonly standing: Match['standing'];
  readonly receivables: readonly string[];
}

/** What is stored of a payment; what interest was owed is for the law to say. */
export type StoredFacts = Omit<PaymentFacts, 'interestOwed'>;

/** The next receipts that the plain rule did not tie, in file order, with all that was found about them. */
export async function loadUndecided(tx: Tx, after: bigint, limit: number): Promise<readonly StoredFacts[]> {
  const found = await tx.query<UndecidedRow>(
    `select i.id, i.amount, i.currency, i.booking_date, i.value_date, i.payer_name, i.charges, i.parts, (
       select jsonb_agg(to_jsonb(m) - 'n' order by m.by = 'payer', m.by = 'number', m.source, m.n) from (
         select m.by, m.source, m.value, m.standing, min(m.n) as n,
           coalesce(array_agg(distinct r.id::text) filter (where r.id is not null), '{}') as receivables
         from bank_match m left join receivable r on r.id = m.receivable_id where m.item = i.id group by 1, 2, 3, 4) as m) as matches
     from bank_rest i where i.id > $1 order by i.id limit $2`,
    [after, limit],
  );
  return found.rows.map((row) => ({
    id: row.id,
    amount: row.amount,
    currency: row.currency,
    bookingDate: row.booking_date,
    valueDate: row.value_date,
    payerName: row.payer_name,
    chargesAmount: row.charges,
    parts: (row.parts ?? []).map(({ amount, ...part }) => ({
      ...part,
      ...(amount === undefined ? {} : { amount: BigInt(amount) }),
    })),
    matches: (row.matches ?? []).map(({ source, receivables, ...match }) => ({
      ...match,
      source: referenceSources[source] ?? 'additional-text',
      receivables: receivables.map(BigInt),
    })),
  }));
}

/** A receivable as stored; what was agreed about it comes from the configuration. */
export interface StoredReceivable extends Omit<OpenReceivable, 'toleranceAmount' | 'order' | 'product'> {
  readonly agreementVersion: number;
  readonly debtorClass: DebtorClass;
}

interface OpenRow {
  readonly id: bigint;
  readonly client_id: string;
  readonly debtor_id: bigint;
  readonly debtor_name: string;
  readonly class: DebtorClass;
  readonly number: string;
  readonly kind: 'invoice' | 'creditNote';
  readonly agreement_version: number;
  readonly currency: Currency;
  readonly due_date: IsoDate | null;
  readonly open: Readonly<Partial<Record<Component, string>>> | null;
  readonly paid: bigint;
  readonly written_off: bigint;
  readonly claims:
    | readonly {
        readonly step: string;
        readonly date: IsoDate;
        readonly amounts: Readonly<Record<ExtraComponent, string>>;
      }[]
    | null;
}

const claimsSql = `select jsonb_agg(jsonb_build_object('step', s.id::text, 'date', s.business_date, 'amounts', jsonb_build_object(
    'reminderFee', s.reminder_fee::text, 'collectionFee', s.collection_fee::text, 'compensation', s.compensation::text,
    'interest', s.interest::text)) order by s.level)
  from demand_step s where s.receivable_id = r.id and s.state = 'taken'`;

/**
 * Receivables by id with what is open of them now; `counting` adds what this file has tied already but not booked. Oldest due date first.
 */
export async function loadOpenReceivables(
  tx: Tx,
  ids: readonly bigint[],
  { counting }: { readonly counting: 'ledger' | 'ledger-and-file' },
): Promise<readonly StoredReceivable[]> {
  const tied =
    counting === 'ledger'
      ? ''
      : `union all select a.component, s.amount, true, 'payment' from bank_share s join ledger_account a using (account)
            where s.receivable_id = r.id and a.component is not null`;
  const found = await tx.query<OpenRow>(
    `select r.id, r.client_id, r.debtor_id, v.number, v.kind, v.agreement_version, r.currency, r.due_date,
       coalesce(d.content ->> 'name', '') as debtor_name, d.class, o.open, o.paid::bigint, o.written_off::bigint, (${claimsSql}) as claims
     from receivable r join invoice v on v.id = r.invoice_id
       join debtor_version d on d.debtor_id = v.debtor_id and d.version = v.debtor_version
       cross join lateral (
         select jsonb_object_agg(component, amount::text) as open, coalesce(sum(paid), 0) as paid, coalesce(sum(written_off), 0) as written_off
         from (select component, sum(amount) as amount, -sum(amount) filter (where of_payment) as paid,
             -sum(amount) filter (where kind = 'write-off') as written_off
           from (select p.component, p.amount, p.payment_id is not null as of_payment, t.kind from receivable_line p
             join ledger_transaction t on t.id = p.transaction_id where p.receivable_id = r.id ${tied}) as p
           group by component) as a) as o
     where r.id = any($1) order by r.due_date nulls last, r.id`,
    [ids],
  );
  return found.rows.map(receivableOf);
}

const receivableOf = (row: OpenRow): StoredReceivable => ({
  id: row.id,
  client: row.client_id,
  debtor: row.debtor_id,
  debtorName: row.debtor_name,
  debtorClass: row.class,
  invoiceNumber: row.number,
  kind: row.kind === 'creditNote' ? 'credit' : 'invoice',
  agreementVersion: row.agreement_version,
  currency: row.currency,
  dueDate: row.due_date,
  open: amountsOf((component) => BigInt(row.open?.[component] ?? 0)),
  paidAmount: row.paid,
  writtenOffAmount: row.written_off,
  claims: (row.claims ?? []).map(({ step, date, amounts }) => ({
    step: BigInt(step),
    letterDate: date,
    amounts: {
      interest: BigInt(amounts.interest),
      reminderFee: BigInt(amounts.reminderFee),
      collectionFee: BigInt(amounts.collectionFee),
      compensation: BigInt(amounts.compensation),
    },
  })),
});
