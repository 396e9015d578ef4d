import type { BankMessageKind } from '../../matching/bank-file.ts';
import type { IsoDate } from '../../iso-date.ts';
import type { Minor } from '../../money.ts';
import type { Tx } from '../database.ts';

/** What is to become of a block: its money is posted, only counted, or left for a person. */
export type BlockFate = 'posted' | 'reconciled' | 'held';

/** One account's part of a bank file, as it is stored. */
export interface BankBlockRow {
  readonly number: number;
  readonly messageKind: BankMessageKind;
  readonly messageId: string;
  readonly blockId: string;
  readonly sequenceNumber: string | null;
  /** As the bank names it. */
  readonly bankAccount: string;
  /** By its name in the configuration; null: nobody's. */
  readonly account: string | null;
  readonly currency: string | null;
  /** Days it tells of. */
  readonly fromDate: IsoDate;
  readonly toDate: IsoDate;
  readonly opening: Minor | null;
  readonly closing: Minor | null;
  readonly credit: Minor;
  readonly debit: Minor;
  readonly entries: number;
  readonly fate: BlockFate;
  readonly reason: string | null;
  /** Ledger account that the money of this bank account is booked on. */
  readonly money: 'clientFunds' | 'ownBank';
}

/** Forgets what a try before this one held; what it posted stays and is known again. Gives the numbers of the blocks that stay. */
export async function forgetHeldBlocks(tx: Tx, file: bigint): Promise<ReadonlySet<number>> {
  await tx.query(`delete from bank_block where file_id = $1 and state = 'held'`, [file]);
  const found = await tx.query<{ number: number }>('select number from bank_block where file_id = $1', [file]);
  return new Set(found.rows.map((row) => row.number));
}

/** Was a message of this id read before, from another file (layer L2)? */
export async function isMessageKnown(
  tx: Tx,
  message: { readonly file: bigint; readonly kind: BankMessageKind; readonly id: string },
): Promise<boolean> {
  const found = await tx.query('select from bank_block where message_kind = $1 and message_id = $2 and file_id <> $3 limit 1', [
    message.kind,
    message.id,
    message.file,
  ]);
  return found.rows.length > 0;
}

/** How a statement stands to the account's statements before it (check B2). */
export interface ChainLink {
  /** No statement was read before, so that any opening balance must be believed. */
  readonly first: boolean;
  /** It begins where one of them ended. */
  readonly joined: boolean;
  readonly lastTo: IsoDate | null;
  readonly lastClosing: Minor | null;
}

export async function loadChainLink(
  tx: Tx,
  { account, opening }: { readonly account: string; readonly opening: Minor },
): Promise<ChainLink> {
  const found = await tx.query<{ to_date: IsoDate; closing: bigint; joined: boolean }>(
    `select to_date, closing, exists (select from bank_block o where o.account = $1 and o.message_kind = 'statement' and o.state <> 'held'
       and (o.closing = $2 or o.opening = $2)) as joined
     from bank_block where account = $1 and message_kind = 'statement' and state <> 'held' and closing is not null
     order by to_date desc, id desc limit 1`,
    [account, opening],
  );
  const [last] = found.rows;
  return {
    first: last === undefined,
    joined: last?.joined ?? false,
    lastTo: last?.to_date ?? null,
    lastClosing: last?.closing ?? null,
  };
}

/** Held files with a statement that waited for the one before it, which has come: they are to be tried again (fault XB3). */
export async function loadJoinedFiles(tx: Tx): Promise<readonly bigint[]> {
  const found = await tx.query<{ file_id: bigint }>(
    `select distinct b.file_id from bank_block b join file f on f.id = b.file_id and f.state = 'held'
     where b.state = 'held' and b.reason = 'chain' and exists (select from bank_block o where o.account = b.account
       and o.message_kind = 'statement' and o.state <> 'held' and o.closing = b.opening) order by 1`,
  );
  return found.rows.map((row) => row.file_id);
}

/** Stores the blocks with their tallies and the hash of their content, from the working tables; gives their ids by number. */
export async function storeBlocks(tx: Tx, file: bigint, blocks: readonly BankBlockRow[]): Promise<ReadonlyMap<number, bigint>> {
  const columns = [
    'number',
    'messageKind',
    'messageId',
    'blockId',
    'sequenceNumber',
    'bankAccount',
    'account',
    'currency',
    'fromDate',
    'toDate',
    'opening',
    'closing',
    'credit',
    'debit',
    'entries',
    'fate',
    'reason',
  ] as const;
  const stored = await tx.query<{ number: number; id: bigint }>(
    `insert into bank_block (file_id, number, message_kind, message_id, block_id, sequence_number, bank_account, account, currency, from_date,
       to_date, opening, closing, credit, debit, entries, state, reason, content_sha256, accepted, accepted_amount, repeated,
       repeated_amount, held, held_amount)
     select $1, g.number, g.kind, g.message_id, g.block_id, g.sequence, g.bank_account, g.account, g.currency, g.from_date, g.to_date, g.opening,
       g.closing, g.credit, g.debit, g.entries,
       case when g.fate = 'posted' and t.items > 0 and t.repeated = t.items then 'repeated' else g.fate end, g.reason,
       encode(sha256(convert_to(coalesce(t.content, ''), 'UTF8')), 'hex'),
       coalesce(t.items - t.repeated - t.held, 0), coalesce(t.amount - t.repeated_amount - t.held_amount, 0),
       coalesce(t.repeated, 0), coalesce(t.repeated_amount, 0), coalesce(t.held, 0), coalesce(t.held_amount, 0)
     from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::date[], $11::date[],
       $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::int[], $17::text[], $18::text[])
       as g (number, kind, message_id, block_id, sequence, bank_account, account, currency, from_date, to_date, opening, closing, credit, debit,
         entries, fate, reason)
     left join (
       select block, count(*) as items, sum(amount) as amount,
         count(*) filter (where fate = 'repeated') as repeated, coalesce(sum(amount) filter (where fate = 'repeated'), 0) as repeated_amount,
         count(*) filter (where fate = 'held') as held, coalesce(sum(amount) filter (where fate = 'held'), 0) as held_amount,
         string_agg(fingerprint, E'\\n' order by fingerprint collate "C") as content
       from bank_item group by block) as t on t.block = g.number
     returning number, id`,
    [file, ...columns.map((key) => blocks.map((block) => block[key]))],
  );
  const ids = new Map(stored.rows.map((row) => [row.number, row.id]));
  await tx.query(
    'update bank_part p set row_id = g.id from unnest($1::int[], $2::bigint[]) as g (number, id) where p.block = g.number',
    [[...ids.keys()], [...ids.values()]],
  );
  return ids;
}
