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
    where exists (select from bank_giro g where g.account = key.account and g.giro = pr.account and g.scheme = pr.scheme)),
  meant as (
    select id, source, n, value, receiver, invoice_id from issued where invoice_id is not null
    union all
    select s.id, s.source, s.n, s.value, s.receiver, r.invoice_id from issued s join demand_step d on d.document_id = s.document_id
      join receivable r on r.id = d.receivable_id)
  insert into bank_match (item, by, source, n, value, receivable_id, client_id, agreement_version, currency, standing)
  select m.id, 'reference', m.source, m.n, m.value, r.id, v.client_id, v.agreement_version, r.currency, ${standing('v.client_id', 'm.receiver')}
  from meant m join invoice v on v.id = m.invoice_id left join receivable r on r.invoice_id = v.id`;

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
     where d.client_id = $1 and d.state in ('waiting', 'spooled') and d.kind <> 'invoice'`,
    [client],
  );
  return found.rows.map((row) => row.id);
}
