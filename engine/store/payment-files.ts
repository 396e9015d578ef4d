import type { Minor } from '../money.ts';
import type { Tx } from './database.ts';

/** A payment file: its ids are given when it is frozen; its bytes follow from them and from its payouts alone. */
export interface PaymentFileRow {
  readonly id: bigint;
  readonly messageId: string;
  readonly fromAccount: string;
  readonly version: '03' | '09';
  /** When it was frozen; also `CreDtTm`. */
  readonly createdAt: Date;
  readonly payments: number;
  readonly amount: Minor;
  /** Null until it is on its way. */
  readonly outbound: bigint | null;
}

const columns = `id, message_id as "messageId", from_account as "fromAccount", version, created_at as "createdAt", payments, amount,
  outbound_id as outbound`;

export async function storePaymentFile(tx: Tx, file: Omit<PaymentFileRow, 'id' | 'outbound'>): Promise<bigint> {
  const stored = await tx.query<{ id: bigint }>(
    `insert into payment_file (message_id, from_account, version, created_at, payments, amount) values ($1, $2, $3, $4, $5, $6) returning id`,
    [file.messageId, file.fromAccount, file.version, file.createdAt, file.payments, file.amount],
  );
  const id = stored.rows[0]?.id;
  if (id === undefined) throw new Error('a payment file got no id');
  return id;
}

/** Takes the oldest frozen file that is not on its way, until the transaction ends; undefined if there is none or another daemon has it. */
export async function lockUnsentFile(tx: Tx): Promise<PaymentFileRow | undefined> {
  const found = await tx.query<PaymentFileRow>(
    `select ${columns} from payment_file where outbound_id is null order by id limit 1 for update skip locked`,
  );
  return found.rows[0];
}

export async function setFileOnItsWay(tx: Tx, id: bigint, outbound: bigint): Promise<void> {
  await tx.query('update payment_file set outbound_id = $2 where id = $1 and outbound_id is null', [id, outbound]);
}

/** The file that a bank answers; upper case, as ids are made. */
export async function findPaymentFile(tx: Tx, messageId: string): Promise<PaymentFileRow | undefined> {
  const found = await tx.query<PaymentFileRow>(`select ${columns} from payment_file where message_id = $1`, [messageId]);
  return found.rows[0];
}

/** A status as the bank reported it, kept as it came. */
export interface ReportedStatus {
  readonly payout: bigint;
  readonly status: string;
  readonly reason: string | null;
}

/** Keeps what a report said, and shows the latest of it on the payouts. */
export async function storeStatuses(
  tx: Tx,
  { file, at, statuses }: { readonly file: bigint; readonly at: Date; readonly statuses: readonly ReportedStatus[] },
): Promise<void> {
  await tx.query(
    `with told as (select * from unnest($3::bigint[], $4::text[], $5::text[]) as t (payout_id, status, reason)), kept as (
       insert into payout_status (payout_id, file_id, status, reason, recorded_at)
       select payout_id, $1, status, reason, $2 from told)
     update payout p set bank_status = told.status, bank_reason = told.reason from told where p.id = told.payout_id`,
    [file, at, statuses.map((item) => item.payout), statuses.map((item) => item.status), statuses.map((item) => item.reason)],
  );
}
