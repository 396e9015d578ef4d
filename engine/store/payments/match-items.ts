import type { Tx } from '../database.ts';

/** A giro that is nobody's in the house, such as one the bank made up, says nothing. */
const standing = (client: string, receiver: string): string => `case when r.id is null then 'not-kept'
  when exists (select from bank_giro g where g.giro = ${receiver})
    and not exists (select from bank_giro g where g.giro = ${receiver} and g.client = ${client}) then 'other-client' else 'right' end`;

/**
 * Finds what receipts may be for, as they are read: references that were issued on the account's giros, or are on letters for several
 * invoices. Goes on from `line`, the lines just stored, and fills `bank_match`; nothing is decided here.
 */
export const matchLinesSql = `
  , key as (
    select line.id, line.account, line.receiver, split_part(k.line, '|', 1)::int as source, k.n, split_part(k.line, '|', 2) as value
    from line, unnest(string_to_array(line.reference_keys, E'\\n')) with ordinality as k (line, n)
    where line.kind = 'receipt' and line.reference_keys <> ''),
  issued as (
    select key.*, pr.invoice_id, pr.document_id from key join payment_reference pr on ltrim(pr.reference, '0') = key.value
    where exists (select from bank_giro g where g.account = key.account and g.giro = pr.account)),
  meant as (
    select id, source, n, value, receiver, invoice_id from issued where invoice_id is not null
    union all
    select s.id, s.source, s.n, s.value, s.receiver, r.invoice_id from issued s join demand_step d on d.document_id = s.document_id
      join receivable r on r.id = d.receivable_id)
  insert into bank_match (item, by, source, n, value, receivable_id, client_id, agreement_version, currency, standing)
  select m.id, 'reference', m.source, m.n, m.value, r.id, v.client_id, v.agreement_version, r.currency, ${standing('v.client_id', 'm.receiver')}
  from meant m join invoice v on v.id = m.invoice_id left join receivable r on r.invoice_id = v.id`;

/** Keeps the matches of what is to be tied. Suspected repetitions are among it: a person wants to know what they would be for. */
export async function keepMatches(tx: Tx): Promise<void> {
  await tx.query(`
    delete from bank_match m where not exists (
      select from bank_item i where i.id = m.item and i.fate in ('new', 'suspect') and i.kind = 'receipt')`);
  await tx.query('analyze bank_match (item, receivable_id)');
}

/** Receipts with one reference of one receivable that nothing else in the file names: they need no other sign. */
const findPlain = (tx: Tx): Promise<unknown> =>
  tx.query(`
    create temp table bank_plain on commit drop as
      select m.item, m.receivable_id, m.client_id, m.agreement_version, i.amount, m.currency = i.currency as same_currency
      from (select item, receivable_id, client_id, agreement_version, currency, standing, count(*) over (partition by item) as of_item,
          count(*) over (partition by receivable_id) as of_receivable from bank_match) as m
        join bank_item i on i.id = m.item and m.of_item = 1 and m.of_receivable = 1 and m.standing = 'right'
      where i.fate = 'new' and i.part_count < 2;
    analyze bank_plain;
    create temp table bank_search on commit drop as
      select i.id, i.account, i.amount, i.currency, i.receiver, l.number_keys, l.payer_account from bank_item i join bank_line l on l.id = i.id
      where i.fate = 'new' and i.kind = 'receipt' and not exists (select from bank_plain p where p.item = i.id);
    analyze bank_search`);

/**
 * Ties the plain receipts whose amount is all that is open, principal only, in one statement. Every other receipt is decided by
 * `decidePayment`, which would say the same of these; they stand in `bank_rest` afterwards.
 */
export async function tiePlain(tx: Tx): Promise<void> {
  await tx.query(`
    insert into bank_share (item, client_id, product, account, amount, receivable_id)
    with open as (
      select p.receivable_id, sum(p.amount) as amount, bool_and(p.component = 'principal') as principal_only
      from receivable_line p join bank_plain using (receivable_id) group by 1),
    agreed as materialized (select client_id, version, product from agreement_terms)
    select plain.item, plain.client_id, a.product, 'receivable', -plain.amount, plain.receivable_id
    from bank_plain plain join open o on o.receivable_id = plain.receivable_id and o.amount = plain.amount and o.principal_only
      join agreed a on a.client_id = plain.client_id and a.version = plain.agreement_version
    where plain.same_currency`);
  await tx.query(`
    create index on bank_share (item); create index on bank_share (receivable_id); analyze bank_share (item, receivable_id);
    create temp table bank_rest on commit drop as
      select i.id, i.amount, i.currency, i.booking_date, l.value_date, l.payer_name, l.charges, l.parts
      from bank_item i join bank_line l on l.id = i.id
      where i.fate = 'new' and i.kind = 'receipt' and not exists (select from bank_share s where s.item = i.id);
    create index on bank_rest (id); analyze bank_rest`);
}

/** What may help where one reference does not: invoice numbers of the account's clients, debts of whom the payer's account has paid before. */
export async function matchOthers(tx: Tx): Promise<void> {
  await findPlain(tx);
  await tx.query(`
    insert into bank_match (item, by, source, n, value, receivable_id, client_id, standing)
    with key as (
      select i.id, i.account, i.receiver, split_part(k.line, '|', 1)::int as source, k.n, substr(k.line, 3) as value
      from bank_search i, unnest(string_to_array(i.number_keys, E'\\n')) with ordinality as k (line, n) where i.number_keys <> '')
    select key.id, 'number', key.source, key.n, key.value, r.id, v.client_id, ${standing('v.client_id', 'key.receiver')}
    from key join (select distinct account, client from bank_giro where client is not null) as g on g.account = key.account
      join invoice v on v.client_id = g.client and v.number = key.value left join receivable r on r.invoice_id = v.id`);
  await tx.query(`
    insert into bank_match (item, by, source, n, value, receivable_id, client_id, standing)
    select distinct i.id, 'payer', ${LAST_SOURCE}, 1, i.payer_account, r.id, r.client_id, ${standing('r.client_id', 'i.receiver')}
    from bank_search i join (select distinct account, client from bank_giro where client is not null) as g on g.account = i.account
      join payment p on p.client_id = g.client and p.payer_account = i.payer_account
      join posting t on t.payment_id = p.id join receivable known on known.id = t.receivable_id
      join receivable r on r.debtor_id = known.debtor_id and r.currency = i.currency
    where i.payer_account is not null and not exists (select from bank_match m where m.item = i.id)
      and (select o.amount from open_item o where o.receivable_id = r.id) = i.amount`);
  await tx.query('create index on bank_match (item); analyze bank_match (item, receivable_id)');
}

/** The payer's account is no reference at all: behind every source of one. */
const LAST_SOURCE = 9;

/**
 * Clients whose ledger a file may touch, in the order in which ledgers are locked: those on its accounts, and those to whom a payment that
 * it takes back was tied by hand.
 */
export async function loadTouchedClients(tx: Tx): Promise<readonly string[]> {
  const found = await tx.query<{ client: string }>(
    `select distinct client from (select client from bank_giro g where client is not null and exists (
       select from bank_part p where p.account = g.account and p.fate = 'posted')
     union select client_id from bank_match
     union select x.client from payment p join bank_item i on i.kind = 'reversal' and i.fate = 'new'
         and p.account = i.account and p.amount = -i.amount
       cross join lateral (select p.client_id as client union select t.client_id from posting t where t.payment_id = p.id) as x) as c
     where client is not null order by 1`,
  );
  return found.rows.map((row) => row.client);
}

/** Receivables of one client that money in the file may be for and a letter that has not left asks for. */
export async function loadDemandedReceivables(tx: Tx, client: string): Promise<readonly bigint[]> {
  const found = await tx.query<{ id: bigint }>(
    `select distinct s.receivable_id as id from document d join demand_step s on s.document_id = d.id and s.state = 'taken'
       join bank_match m on m.receivable_id = s.receivable_id and m.standing = 'right'
       join bank_item i on i.id = m.item and i.fate = 'new'
     where d.client_id = $1 and d.state in ('waiting', 'spooled') and d.kind in ('reminder', 'demand')`,
    [client],
  );
  return found.rows.map((row) => row.id);
}
