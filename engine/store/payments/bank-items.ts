import type { BankTransactionIds } from '../../matching/bank-file.ts';
import type { IsoDate } from '../../iso-date.ts';
import type { PaymentKind } from '../../matching/decide-payment.ts';
import type { Currency, Minor } from '../../money.ts';
import type { Tx } from '../database.ts';
import type { BankBlockRow } from './bank-blocks.ts';

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
  await tx.query(entriesSql);
  await tx.query(keysSql);
  await tx.query(itemsSql);
  await tx.query('create index on bank_item (id); analyze bank_item (id, block, kind, fate, class, known_block)');
}

/** An entry that its transactions do not make up stands for them; what the bank's charges explain of an entry is a line of its own. */
const entriesSql = `
  insert into bank_line (block, account, entry, ordinal, line, part_count, amount, currency, booking_date, value_date, kind, charges, candidates, reference_keys,
    number_keys, text, ids, entry_reference, about, unclear)
  select e.block, p.account, e.number, 0, e.line, 0, case when e.usable then e.charges else e.amount end, e.currency, e.booking_date, e.value_date,
    case when e.usable then 'cost' else 'unclear' end, 0, '', '', '', case when e.usable then '' else coalesce(l.text, '') end,
    case when e.usable then '{}' else coalesce(l.ids, '{}') end, l.entry_reference, case when e.usable then 'charges' else coalesce(l.text, '') end,
    'entry-differs'
  from bank_entry e join bank_part p on p.block = e.block left join lateral (
    select string_agg(o.text, ' / ' order by o.ordinal) as text, min(o.entry_reference) as entry_reference, (array_agg(o.ids order by o.ordinal))[1] as ids
    from bank_line o where o.block = e.block and o.entry = e.number and (not e.usable or o.ordinal = 1)) as l on true
  where not e.usable or e.charges <> 0;
  delete from bank_line l where l.amount is null or l.amount = 0
    or (l.ordinal > 0 and exists (select from bank_entry e where e.block = l.block and e.number = l.entry and not e.usable));
  analyze bank_line (id, block, entry, servicer_reference); analyze bank_entry; analyze bank_part`;

/** What makes a line the same again, but for its n-th occurrence. A reference that several lines of an entry bear is none of a line. */
const keysSql = `create temp table bank_key on commit drop as
  with shared as (
    select block, entry, servicer_reference from bank_line where servicer_reference is not null group by 1, 2, 3 having count(*) > 1)
  select l.id, l.block, l.account, k.class, sha256(convert_to(case k.class
      when 1 then concat_ws('|', sign(l.amount), l.booking_date, l.amount, coalesce(l.uetr, l.servicer_reference))
      when 2 then concat_ws('|', sign(l.amount), l.booking_date, e.amount, l.entry_reference, l.about, l.amount)
      else concat_ws('|', sign(l.amount), l.booking_date, l.value_date, l.amount, l.about, coalesce(l.payer_account, lower(l.payer_name)))
      end, 'UTF8')) as base
  from bank_line l join bank_entry e on e.block = l.block and e.number = l.entry
    left join shared s on s.block = l.block and s.entry = l.entry and s.servicer_reference = l.servicer_reference,
    lateral (select case when l.uetr is not null or (l.servicer_reference is not null and s.block is null) then 1
      when l.entry_reference is not null then 2 else 3 end) as k (class);
  analyze bank_key (id, account, class, base)`;

/** Occurrences are counted only of what occurs again: sorting a large file for a few would take longer than all else here. */
const itemsSql = `create temp table bank_item on commit drop as
  with again as (select account, class, base from bank_key group by 1, 2, 3 having count(*) > 1),
  counted as (
    select id, row_number() over (partition by block, class, base order by id) as nth,
      row_number() over (partition by account, class, base order by id) as nth_in_file from bank_key join again using (account, class, base)),
  marked as materialized (
    select k.id, k.account, k.class, c.nth < c.nth_in_file as in_file,
      class || ':' || left(encode(sha256(base || convert_to(account || '|' || coalesce(c.nth, 1), 'UTF8')), 'hex'), 40) as fingerprint
    from bank_key k left join counted c using (id))
  select l.id, l.amount, k.id as known_payment, k.block_id as known_block, l.block, m.class, l.part_count, l.booking_date,
    case when p.fate <> 'posted' then p.fate
      when k.id is not null or m.in_file then case when m.class < 3 then 'repeated' else 'weak' end
      else 'new' end as fate,
    l.kind, m.account, l.currency, l.receiver, l.unclear, null::text as reason, m.fingerprint
  from bank_line l join marked m on m.id = l.id join bank_part p on p.block = l.block
    left join payment k on k.account = m.account and k.fingerprint = m.fingerprint`;

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
  await tx.query(`
    update bank_item i set fate = 'repeated' from (
      select i.block, i.known_block from bank_item i join bank_part n on n.block = i.block join bank_block o on o.id = i.known_block
      where i.fate in ('weak', 'repeated') group by 1, 2
      having bool_or(n.kind = 'statement') or bool_or(o.block_id = n.block_id and o.message_kind = n.kind)
        or (count(*) > 1 and count(*) >= (select count(*) from payment p where p.block_id = i.known_block))) as same
    where i.fate = 'weak' and i.block = same.block and i.known_block = same.known_block`);
  await tx.query(`update bank_item set fate = 'suspect', reason = 'suspected-duplicate' where fate = 'weak'`);
  await tx.query(`
    with told as (
      select distinct i.block, i.known_block as old from bank_item i where i.fate = 'repeated' and i.known_block is not null
      union select n.block, o.id from bank_part n join bank_block o on o.account = n.account and o.message_kind = n.kind
        and o.block_id = n.block_id and o.state = 'posted' where n.fate = 'posted'
      union select i.block, p.block_id from (select distinct i.block, i.account, i.booking_date, l.entry_reference
          from bank_item i join bank_line l on l.id = i.id where i.class = 2 and i.fate = 'new') as i
        join payment p on p.account = i.account and p.booking_date = i.booking_date and p.ids ->> 'entryServicerReference' = i.entry_reference),
    missing as (
      select t.block, p.* from told t join payment p on p.block_id = t.old
      where not exists (select from bank_item i where i.block = t.block and i.known_payment = p.id))
    update bank_item i set fate = 'suspect', reason = 'changed' from missing m, bank_line l
    where i.fate = 'new' and l.id = i.id and m.block = i.block and m.account = i.account and (
      m.ids ->> 'servicerReference' = l.servicer_reference
      or (i.class = 2 and m.ids ->> 'entryServicerReference' = l.entry_reference)
      or (m.references_found[1] = split_part(l.candidates, E'\\n', 1) and coalesce(m.payer_account, m.payer_name) = coalesce(l.payer_account, l.payer_name)))`);
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
