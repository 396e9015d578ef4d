import type { IsoDate } from '../iso-date.ts';
import type { Payout, PayoutParty, PayoutState } from '../settlement/payment-file.ts';
import type { LedgerAccount, Posting } from '../ledger.ts';
import type { Currency, Minor } from '../money.ts';
import { clientIn, type Scope } from '../scope.ts';
import type { Tx } from './database.ts';

/** A payout as it is ordered; its ledger transaction is booked by the caller in the same database transaction. */
export type PlannedPayout = Pick<
  Payout,
  | 'client'
  | 'kind'
  | 'settlement'
  | 'payment'
  | 'amount'
  | 'currency'
  | 'fromAccount'
  | 'receiver'
  | 'remittance'
  | 'executionDate'
  | 'plannedBy'
>;

export async function storePayout(tx: Tx, planned: PlannedPayout, at: Date): Promise<bigint> {
  const stored = await tx.query<{ id: bigint }>(
    `insert into payout (client_id, kind, settlement_id, payment_id, amount, currency, from_account, receiver, remittance, execution_date,
       state, planned_by, planned_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'planned', $11, $12) returning id`,
    [
      planned.client,
      planned.kind,
      planned.settlement,
      planned.payment,
      planned.amount,
      planned.currency,
      planned.fromAccount,
      JSON.stringify(planned.receiver),
      planned.remittance,
      planned.executionDate,
      planned.plannedBy,
      at,
    ],
  );
  const id = stored.rows[0]?.id;
  if (id === undefined) throw new Error('a payout got no id');
  return id;
}

interface PayoutColumns {
  readonly id: bigint;
  readonly client_id: string;
  readonly kind: Payout['kind'];
  readonly settlement_id: bigint | null;
  readonly payment_id: bigint | null;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly from_account: string;
  readonly receiver: PayoutParty;
  readonly remittance: string;
  readonly execution_date: IsoDate;
  readonly state: PayoutState;
  readonly instruction_id: string | null;
  readonly payment_information_id: string | null;
  readonly payment_file_id: bigint | null;
  readonly planned_by: string;
  readonly approved_by: string | null;
  readonly bank_status: string | null;
  readonly bank_reason: string | null;
  readonly settled_on: IsoDate | null;
}

const payoutOf = (row: PayoutColumns): Payout => ({
  id: row.id,
  client: row.client_id,
  kind: row.kind,
  settlement: row.settlement_id,
  payment: row.payment_id,
  amount: row.amount,
  currency: row.currency,
  fromAccount: row.from_account,
  receiver: row.receiver,
  remittance: row.remittance,
  executionDate: row.execution_date,
  state: row.state,
  instructionId: row.instruction_id,
  paymentInformationId: row.payment_information_id,
  paymentFile: row.payment_file_id,
  plannedBy: row.planned_by,
  approvedBy: row.approved_by,
  bankStatus: row.bank_status,
  bankReason: row.bank_reason,
  settledOn: row.settled_on,
});

/** Which payouts are asked for; every condition given must hold. */
export interface PayoutQuestion {
  readonly scope: Scope;
  readonly ids?: readonly bigint[];
  readonly states?: readonly PayoutState[];
  readonly paymentFile?: bigint;
  /** Of the runs that planned them. */
  readonly run?: bigint;
}

/** Payouts in order of id. `lock` holds their rows until the transaction ends. */
export async function loadPayouts(
  tx: Tx,
  { scope, ids, states, paymentFile, run }: PayoutQuestion,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<Payout[]> {
  const found = await tx.query<PayoutColumns>(
    `select * from payout where ($1::bigint[] is null or id = any($1)) and ($2::text is null or client_id = $2)
       and ($3::text[] is null or state = any($3)) and ($4::bigint is null or payment_file_id = $4)
       and ($5::bigint is null or settlement_id in (select id from settlement where run_id = $5))
     order by id ${lock ? 'for update' : ''}`,
    [ids ?? null, clientIn(scope), states ?? null, paymentFile ?? null, run ?? null],
  );
  return found.rows.map(payoutOf);
}

/** Orders whose instruction or group bears one of these ids, held until the transaction ends. */
export async function lockPayoutsById(tx: Tx, bankIds: readonly string[]): Promise<Payout[]> {
  const found = await tx.query<{ id: bigint }>(
    'select id from payout where instruction_id = any($1) or payment_information_id = any($1)',
    [bankIds],
  );
  return loadPayouts(tx, { scope: 'bureau', ids: found.rows.map((row) => row.id) }, { lock: true });
}

/** Moves payouts on; throws unless each was in one of the states it may come from. */
export async function movePayouts(
  tx: Tx,
  ids: readonly bigint[],
  { from, to, settledOn }: { readonly from: readonly PayoutState[]; readonly to: PayoutState; readonly settledOn?: IsoDate },
): Promise<void> {
  const moved = await tx.query(
    'update payout set state = $2, settled_on = coalesce($4, settled_on) where id = any($1) and state = any($3)',
    [ids, to, from, settledOn ?? null],
  );
  if (moved.rowCount !== ids.length) throw new Error(`of ${ids.length} payouts ${moved.rowCount} could go to ${to}`);
}

export async function setApproved(tx: Tx, ids: readonly bigint[], who: string, at: Date): Promise<void> {
  await tx.query(
    `update payout set state = 'approved', approved_by = $2, approved_at = $3 where id = any($1) and state = 'planned'`,
    [ids, who, at],
  );
}

/** Gives payouts their ids, once and for ever. */
export async function setFrozen(
  tx: Tx,
  frozen: readonly {
    readonly id: bigint;
    readonly instructionId: string;
    readonly paymentInformationId: string;
    readonly executionDate: IsoDate;
  }[],
  paymentFile: bigint,
): Promise<void> {
  await tx.query(
    `update payout p set state = 'frozen', payment_file_id = $1, instruction_id = f.instruction_id,
       payment_information_id = f.payment_information_id, execution_date = f.execution_date
     from unnest($2::bigint[], $3::text[], $4::text[], $5::date[]) as f (id, instruction_id, payment_information_id, execution_date)
     where p.id = f.id and p.state = 'approved'`,
    [
      paymentFile,
      frozen.map((item) => item.id),
      frozen.map((item) => item.instructionId),
      frozen.map((item) => item.paymentInformationId),
      frozen.map((item) => item.executionDate),
    ],
  );
}

/** Was money ever debited to this receiver for this client? A new account is the classic way to lose a payout (§10.5). */
export async function wasPaidBefore(tx: Tx, client: string, receiver: PayoutParty): Promise<boolean> {
  const found = await tx.query(
    `select from payout where client_id = $1 and receiver -> 'account' = $2::jsonb -> 'account' and state = 'settled' limit 1`,
    [client, JSON.stringify(receiver)],
  );
  return found.rows.length > 0;
}

/** What was booked when the payouts were ordered, by payout: the ledger transaction and its postings. */
export async function loadPayoutPostings(
  tx: Tx,
  payouts: readonly Payout[],
  kinds: readonly ('payout' | 'payout-settled')[],
): Promise<ReadonlyMap<bigint, BookedPostings>> {
  const found = await tx.query<PostingColumns>(
    `select w.payout, t.id as transaction, p.account, p.amount, p.currency, p.receivable_id, p.payment_id, p.debtor_id
     from unnest($1::bigint[], $2::text[]) as w (payout, client)
     join ledger_transaction t on t.client_id = w.client and t.effect_key = any (
       select kind || ':' || w.payout from unnest($3::text[]) as kind)
     join posting p on p.transaction_id = t.id order by t.id, p.line`,
    [payouts.map((payout) => payout.id), payouts.map((payout) => payout.client), kinds],
  );
  const byPayout = new Map<bigint, { transaction: bigint; postings: BookedPostings['postings'][number][] }>();
  for (const row of found.rows) {
    const booked = byPayout.get(row.payout) ?? { transaction: row.transaction, postings: [] };
    booked.postings.push({
      account: row.account,
      amount: row.amount,
      currency: row.currency,
      ...(row.receivable_id === null ? {} : { receivable: row.receivable_id }),
      ...(row.payment_id === null ? {} : { payment: row.payment_id }),
      ...(row.debtor_id === null ? {} : { debtor: row.debtor_id }),
    });
    byPayout.set(row.payout, booked);
  }
  return byPayout;
}

export interface BookedPostings {
  /** The first of the ledger transactions asked for. */
  readonly transaction: bigint;
  readonly postings: readonly Posting[];
}

interface PostingColumns {
  readonly payout: bigint;
  readonly transaction: bigint;
  readonly account: LedgerAccount;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly receivable_id: bigint | null;
  readonly payment_id: bigint | null;
  readonly debtor_id: bigint | null;
}

/** What the bank said of a payout, in order. */
export interface ToldStatus {
  readonly recordedAt: Date;
  readonly status: string;
  readonly reason: string | null;
  /** Name of the bank’s file. */
  readonly file: string;
}

export async function loadPayoutHistory(tx: Tx, payout: bigint): Promise<ToldStatus[]> {
  const found = await tx.query<ToldStatus>(
    `select s.recorded_at as "recordedAt", s.status, s.reason, f.name as file
     from payout_status s join file f on f.id = s.file_id where s.payout_id = $1 order by s.id`,
    [payout],
  );
  return found.rows;
}
