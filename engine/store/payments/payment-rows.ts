import type { IsoDate } from '../../iso-date.ts';
import type { LedgerAccount } from '../../ledger.ts';
import type { PostedLine } from '../../matching/allocate-payment.ts';
import type { PaymentKind } from '../../matching/decide-payment.ts';
import type { Currency, Minor } from '../../money.ts';
import { clientIn, type Scope } from '../../scope.ts';
import type { Tx } from '../database.ts';

/** A transaction on a bank account as people look at it. */
export interface PaymentRow {
  readonly id: bigint;
  readonly account: string;
  readonly client: string;
  readonly kind: PaymentKind;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly bookingDate: IsoDate;
  readonly valueDate: IsoDate;
  readonly payerName: string | null;
  readonly payerAccount: string | null;
  readonly receiverAccount: string | null;
  readonly references: readonly string[];
  readonly text: string;
  /** The bank's file it came in, by its number, and the line. */
  readonly file: number;
  readonly line: number;
  /** The reversal that took it back. */
  readonly reversedBy: bigint | null;
  readonly reverses: bigint | null;
  /** What lies in suspense of it, and what is the debtor's credit; positive is owed to somebody. */
  readonly suspenseAmount: Minor;
  readonly overpaidAmount: Minor;
  readonly suspense: {
    readonly reason: string;
    readonly candidates: readonly Readonly<Record<string, string>>[];
    readonly resolved: boolean;
  } | null;
}

export interface PaymentQuestion {
  readonly scope: Scope;
  readonly id?: bigint | undefined;
  readonly bookingDate?: IsoDate | undefined;
  /** Only what has money in suspense. */
  readonly suspense?: boolean | undefined;
  readonly limit: number;
}

interface PaymentColumns extends Omit<PaymentRow, 'bookingDate' | 'valueDate' | 'suspense'> {
  readonly booking_date: IsoDate;
  readonly value_date: IsoDate;
  readonly reason: string | null;
  readonly candidates: readonly Readonly<Record<string, string>>[] | null;
  readonly resolved_at: Date | null;
}

const paymentsSql = `select y.id, y.account, y.client_id as client, y.kind, y.amount, y.currency, y.booking_date, y.value_date,
    y.payer_name as "payerName", y.payer_account as "payerAccount", y.receiver_account as "receiverAccount", y.references_found as references, y.text,
    f.number as file, y.line, r.id as "reversedBy", y.reverses, b.suspense as "suspenseAmount", b.overpaid as "overpaidAmount", s.reason, s.candidates,
    s.resolved_at
  from payment y join file f on f.id = y.file_id left join payment r on r.reverses = y.id left join suspense_item s on s.payment_id = y.id
    cross join lateral (select coalesce(min(p.suspense), 0)::bigint as suspense, coalesce(min(p.overpaid), 0)::bigint as overpaid
      from payment_balance p where p.payment_id = y.id) as b
  where ($1::bigint is null or y.id = $1) and ($2::text is null or y.client_id = $2) and ($3::date is null or y.booking_date = $3)
    and (not $4 or (s.payment_id is not null and s.resolved_at is null)) order by y.id limit $5`;

/** Payments in the order in which they came. */
export async function loadPayments(
  tx: Tx,
  { scope, id, bookingDate, suspense, limit }: PaymentQuestion,
): Promise<readonly PaymentRow[]> {
  const values = [id ?? null, clientIn(scope), bookingDate ?? null, suspense ?? false, limit];
  const found = await tx.query<PaymentColumns>(paymentsSql, values);
  return found.rows.map(
    ({ booking_date: bookingDate, value_date: valueDate, reason, candidates, resolved_at: resolvedAt, ...row }) => ({
      ...row,
      bookingDate,
      valueDate,
      suspense: reason === null ? null : { reason, candidates: candidates ?? [], resolved: resolvedAt !== null },
    }),
  );
}

/** A payment held until the transaction ends, so that nobody else acts on it; null if the scope has none such. */
export async function lockPayment(tx: Tx, id: bigint, scope: Scope): Promise<PaymentRow | null> {
  await tx.query('select from payment where id = $1 for update', [id]);
  return (await loadPayments(tx, { scope, id, limit: 1 }))[0] ?? null;
}

/** What a payment is tied to now: by client, account, receivable and debtor, what is left of its postings. */
export async function loadPostedLines(tx: Tx, payment: bigint): Promise<readonly PostedLine[]> {
  const found = await tx.query<{
    client: string;
    account: LedgerAccount;
    amount: bigint;
    receivable: bigint | null;
    debtor: bigint | null;
    product: string;
  }>(
    `select client_id as client, account, sum(amount)::bigint as amount, receivable_id as receivable, debtor_id as debtor, product
     from payment_line where payment_id = $1
     group by 1, 2, 4, 5, 6 having sum(amount) <> 0 order by 1, 2, 4`,
    [payment],
  );
  return found.rows.map(({ receivable, debtor, product, ...line }) => ({
    ...line,
    receivable: receivable ?? undefined,
    debtor: debtor ?? undefined,
    product: product === 'purchase' ? 'purchase' : 'service',
  }));
}

/** One ledger transaction about a payment. */
export interface PaymentEvent {
  readonly client: string;
  readonly sequence: bigint;
  readonly kind: string;
  readonly entryDate: IsoDate;
  readonly account: LedgerAccount;
  readonly amount: Minor;
  readonly invoice: string | null;
}

/** Everything that was ever booked of a payment in the ledgers of the scope, line by line in order. */
export async function loadPaymentEvents(tx: Tx, payment: bigint, scope: Scope): Promise<readonly PaymentEvent[]> {
  const found = await tx.query<PaymentEvent>(
    `select t.client_id as client, t.sequence, t.kind, t.entry_date as "entryDate", p.account, p.amount, v.number as invoice
     from posting p join ledger_transaction t on t.id = p.transaction_id left join receivable r on r.id = p.receivable_id
       left join invoice v on v.id = r.invoice_id
     where p.payment_id = $1 and ($2::text is null or t.client_id = $2) order by t.id, p.line`,
    [payment, clientIn(scope)],
  );
  return found.rows;
}

/** The number of the next act of its kind on a payment. */
export async function nextActNumber(tx: Tx, act: string, payment: bigint): Promise<bigint> {
  const found = await tx.query<{ n: bigint }>(
    `select count(distinct effect_key) + 1 as n from ledger_transaction where effect_key like $1 || ':' || $2 || ':%'`,
    [act, payment],
  );
  return found.rows[0]?.n ?? 1n;
}

/** Receivables of a client by invoice number; what is not found is not among them. */
export async function loadReceivableIds(
  tx: Tx,
  client: string,
  invoices: readonly string[],
): Promise<ReadonlyMap<string, bigint>> {
  const found = await tx.query<{ number: string; id: bigint }>(
    'select v.number, r.id from invoice v join receivable r on r.invoice_id = v.id where v.client_id = $1 and v.number = any($2)',
    [client, invoices],
  );
  return new Map(found.rows.map((row) => [row.number, row.id]));
}

/**
 * Brings the list of what is in suspense in line with the ledger after money of these payments moved: an item is resolved when nothing is
 * left, open again when something came back, and made with the reason where there was none. A payment's client is whose ledger it is in.
 */
export async function refreshSuspense(
  tx: Tx,
  payments: readonly bigint[],
  { reason, at }: { readonly reason: string; readonly at: Date },
): Promise<void> {
  if (payments.length === 0) return;
  await tx.query(
    `with balance as (
       select y.id, coalesce(sum(p.amount) filter (where p.account = 'suspense'), 0) as amount,
         min(p.client_id) filter (where p.client_id <> 'bureau') as client
       from payment y left join posting p on p.payment_id = y.id where y.id = any($1) group by y.id),
     owned as (update payment y set client_id = b.client from balance b where y.id = b.id and b.client <> y.client_id)
     insert into suspense_item (payment_id, reason, candidates, recorded_at, resolved_at)
     select id, $2, '[]', $3, case when amount = 0 then $3::timestamptz end from balance
       where amount <> 0 or exists (select from suspense_item s where s.payment_id = balance.id)
     on conflict (payment_id) do update set resolved_at = case when excluded.resolved_at is null then null
       else coalesce(suspense_item.resolved_at, excluded.resolved_at) end`,
    [payments, reason, at],
  );
}

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
