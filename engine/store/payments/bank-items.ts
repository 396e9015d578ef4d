import type { BankTransactionIds } from '../../matching/bank-file.ts';
import type { IsoDate } from '../../iso-date.ts';
import type { PaymentKind } from '../../matching/decide-payment.ts';
import type { Currency, Minor } from '../../money.ts';
import type { Tx } from '../database.ts';
import { statement } from '../sql.ts';
import type { BankBlockRow } from './bank-blocks.ts';

const itemsSql = ['make-entries', 'make-keys', 'make-items'].map((name) => statement(`bank/${name}`)).join('');
const knownSql = statement('bank/judge-known');

/**
 * Makes the items of a file from its lines: an entry whose transactions do not add up is one item, and its charges are an item of
 * cost. Each gets its fingerprint, exactly as reference/iso20022.md §5, layer L4: by the bank's reference of the transaction (1), of
 * the entry with the reference (2), or by what it looks like (3), always with its n-th occurrence. Ids of messages and the time of
 * creation are no part of it: they change when a bank makes a file again.
 */
export async function makeItems(tx: Tx, blocks: readonly BankBlockRow[]): Promise<void> {
  await tx.query(
    `insert into bank_part (block, account, kind, block_id, fate, money)
     select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])`,
    [
      blocks.map((block) => block.number),
      blocks.map((block) => block.account ?? block.bankAccount),
      blocks.map((block) => block.messageKind),
      blocks.map((block) => block.blockId),
      blocks.map((block) => block.fate),
      blocks.map((block) => block.money),
    ],
  );
  await tx.query(itemsSql);
}

/**
 * Judges what looks as if it had been posted before (§5). Known by a bank's reference: known. Known only by its looks: it is the same if
 * this is the same block again, a statement, which tells all of its days, or holds all of a block that had two payments or more; else two
 * payers may have paid alike on two days, and it is left to a person. A transaction that takes the place of one that is missing
 * now, with another amount, is left to a person too (fault XB2).
 */
export async function judgeKnown(tx: Tx): Promise<void> {
  const found = await tx.query(
    `select from bank_item where fate in ('repeated', 'weak') or (fate = 'new' and class = 2)
     union all select from bank_part n join bank_block o on o.account = n.account
       and o.message_kind = n.kind and o.block_id = n.block_id and o.state = 'posted' limit 1`,
  );
  if (found.rows.length === 0) return;
  await tx.query(knownSql);
}

/** An item with ids that may be ours. */
export interface OwnCandidate {
  readonly item: bigint;
  readonly account: string;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly bookingDate: IsoDate;
  readonly ids: BankTransactionIds;
}

/** New items that carry an id of a payout or of a group of them. */
export async function loadOwnCandidates(tx: Tx): Promise<readonly OwnCandidate[]> {
  const found = await tx.query<{
    id: bigint;
    account: string;
    amount: Minor;
    currency: Currency;
    booking_date: IsoDate;
    ids: BankTransactionIds;
  }>(
    `with own as (select instruction_id as id from payout where instruction_id is not null
       union select payment_information_id from payout where payment_information_id is not null)
     select i.id, i.account, i.amount, i.currency, i.booking_date, l.ids from bank_item i join bank_line l on l.id = i.id
     where i.fate = 'new' and exists (select from own) and (
       upper(trim(l.own_id)) in (select id from own) or upper(trim(l.other_own_id)) in (select id from own)
       or upper(trim(l.ids ->> 'paymentInformationId')) in (select id from own))
     order by i.id`,
  );
  return found.rows.map(({ id, booking_date: bookingDate, ...row }) => ({ ...row, item: id, bookingDate }));
}

/** What an item turned out to be. */
export interface ItemKind {
  readonly item: bigint;
  readonly kind: PaymentKind;
  /** Of one that is unclear. */
  readonly because: string | null;
}

export async function setItemKinds(tx: Tx, kinds: readonly ItemKind[]): Promise<void> {
  await tx.query(
    `update bank_item i set kind = k.kind, unclear = coalesce(k.because, i.unclear)
     from unnest($1::bigint[], $2::text[], $3::text[]) as k (item, kind, because) where i.id = k.item`,
    [kinds.map(({ item }) => item), kinds.map(({ kind }) => kind), kinds.map(({ because }) => because)],
  );
}
