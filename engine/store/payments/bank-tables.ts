import type { AccountNumber } from '../../sockets/account-scheme.ts';
import type { Tx } from '../database.ts';
import { matchLinesSql } from './match-items.ts';

/** Sorts and hashes of a large file stay in memory; the bank sends few files at a time. */
const SORT_MEMORY = '64MB';

/**
 * Working tables of one bank file, gone at the end of its transaction: lines as read, items to be posted, what they match, and what
 * is to be booked. Temporary tables are not logged, so a file of any size passes through them at the price of its payments. A line has the
 * id that its payment will have, so that ids follow the file; it is wide and written once, and what is judged of it is its narrow item
 * of the same id (bank-items.ts). What is asked of every line comes first, since PostgreSQL takes a row apart from its beginning.
 */
export async function createBankTables(tx: Tx): Promise<void> {
  await tx.query(`
    set local work_mem = '${SORT_MEMORY}';
    create temp table bank_line (
      id bigint not null default nextval('payment_id_seq'), amount bigint, block integer not null, entry integer not null,
      ordinal integer not null, line integer not null, part_count integer not null, booking_date date not null, value_date date not null,
      charges bigint not null, paid_date date, account text not null, currency text not null, kind text not null, uetr text, servicer_reference text,
      entry_reference text, receiver text, reference_keys text not null, about text not null, payer_account text, payer_name text,
      unclear text, own_id text, other_own_id text, number_keys text not null, candidates text not null, text text not null,
      parts jsonb, ids jsonb not null) on commit drop;
    create temp table bank_entry (
      block integer not null, number integer not null, line integer not null, amount bigint not null, currency text not null,
      booking_date date not null, value_date date not null, usable boolean not null, charges bigint not null) on commit drop;
    create temp table bank_part (
      block integer primary key, row_id bigint, account text not null, kind text not null, block_id text not null, fate text not null,
      money text not null) on commit drop;
    create temp table bank_giro (account text not null, scheme text not null, giro text not null, client text, unique (giro, scheme, client)) on commit drop;
    create temp table bank_match (
      item bigint not null, by text not null, source integer not null, n bigint not null, value text not null, receivable_id bigint,
      client_id text not null, agreement_version integer, currency text, standing text not null) on commit drop;
    create temp table bank_share (
      item bigint not null, client_id text not null, product text not null, account text not null, amount bigint not null,
      receivable_id bigint, debtor_id bigint) on commit drop;
    create temp table bank_suspense (item bigint not null, client_id text, reason text not null, candidates jsonb not null) on commit drop;`);
}

/** The working tables: those above, and those that items are made in and the phases of the posting make. */
const bankTables = [
  ...(['line', 'entry', 'part', 'giro', 'match', 'share', 'suspense'] as const),
  ...(['key', 'item'] as const),
  ...(['reversal', 'plain', 'search', 'rest', 'party', 'posting'] as const),
] as const;
export type BankTable = (typeof bankTables)[number];

/** One step of the posting of a bank file: what it reads and what it makes, adds to or changes among the working tables. */
export interface Phase<Context> {
  readonly name: string;
  /** Filled by the reading or by an earlier phase. */
  readonly needs: readonly BankTable[];
  readonly gives: readonly BankTable[];
  /** Statements of `engine/store/sql`, or what else it does. */
  readonly does: string | ((context: Context) => Promise<unknown>);
}

/** The phases as they are, or an error where one needs what none before it gives: seen when the module is loaded. */
export function inOrder<Context>(given: readonly BankTable[], phases: readonly Phase<Context>[]): readonly Phase<Context>[] {
  const known = new Set(given);
  for (const { name, needs, gives } of phases) {
    const missing = needs.filter((table) => !known.has(table));
    if (missing.length > 0) throw new Error(`phase "${name}" needs ${missing.join(', ')}, which nothing before it gives`);
    for (const table of gives) known.add(table);
  }
  return phases;
}

export async function runPhases<Context extends { readonly tx: Tx }>(
  phases: readonly Phase<Context>[],
  context: Context,
): Promise<void> {
  for (const { does } of phases) await (typeof does === 'string' ? context.tx.query(does) : does(context));
}

/** Takes the working tables away before the transaction ends, so that it may read another file. */
export const dropBankTables = (tx: Tx): Promise<unknown> =>
  tx.query(`drop table if exists ${bankTables.map((table) => `bank_${table}`).join(', ')}`);

/** One transaction of a bank file, made ready to be posted. */
export interface BankLine {
  readonly block: number;
  readonly entry: number;
  readonly ordinal: number;
  readonly line: number;
  /** Signed minor units as decimal text; null where the file states none, so that its entry is posted whole. */
  readonly amount: string | null;
  /** The block's, by its name in the configuration or else as the bank names it. */
  readonly account: string;
  readonly currency: string;
  readonly bookingDate: string;
  readonly valueDate: string;
  readonly paidDate: string | null;
  /** As if it were not a payout of ours: that is found in the database. */
  readonly kind: string;
  readonly charges: string;
  readonly payerName: string | null;
  readonly payerAccount: string | null;
  readonly receiver: string | null;
  /** One a line. */
  readonly candidates: string;
  /** One a line: `<rank of source>|<value>`. */
  readonly referenceKeys: string;
  readonly numberKeys: string;
  readonly parts: string | null;
  readonly partCount: number;
  readonly text: string;
  readonly ids: string;
  readonly servicerReference: string | null;
  readonly entryReference: string | null;
  readonly uetr: string | null;
  readonly ownId: string | null;
  readonly otherOwnId: string | null;
  readonly about: string;
  /** Why a person must look at it, if it turns out to be unclear. */
  readonly unclear: string;
}

/** In the order of the table, after its id. */
const lineColumns = [
  ['amount', 'bigint'],
  ['block', 'int'],
  ['entry', 'int'],
  ['ordinal', 'int'],
  ['line', 'int'],
  ['partCount', 'int'],
  ['bookingDate', 'date'],
  ['valueDate', 'date'],
  ['charges', 'bigint'],
  ['paidDate', 'date'],
  ['account', 'text'],
  ['currency', 'text'],
  ['kind', 'text'],
  ['uetr', 'text'],
  ['servicerReference', 'text'],
  ['entryReference', 'text'],
  ['receiver', 'text'],
  ['referenceKeys', 'text'],
  ['about', 'text'],
  ['payerAccount', 'text'],
  ['payerName', 'text'],
  ['unclear', 'text'],
  ['ownId', 'text'],
  ['otherOwnId', 'text'],
  ['numberKeys', 'text'],
  ['candidates', 'text'],
  ['text', 'text'],
  ['parts', 'jsonb'],
  ['ids', 'jsonb'],
] as const satisfies readonly (readonly [keyof BankLine, string])[];

/** Columns come as lists in JSON, which is written several times faster than arrays of PostgreSQL, by the one who has to read the file meanwhile. */
const insertLines = `with line as (
  insert into bank_line select nextval('payment_id_seq'), ${lineColumns.map(([key, type]) => `"${key}"::${type}`).join(', ')}
  from rows from (${lineColumns.map((_, index) => `json_array_elements_text($${index + 1})`).join(', ')}) as l (${lineColumns.map(([key]) => `"${key}"`).join(', ')})
  returning id, account, kind, receiver, reference_keys) ${matchLinesSql}`;

/** Appends lines to the working table and looks their references up, while the next are read: one statement for all of them. */
export async function storeLines(tx: Tx, lines: readonly BankLine[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.query({
    name: 'bank-lines',
    text: insertLines,
    values: lineColumns.map(([key]) => JSON.stringify(lines.map((line) => line[key]))),
  });
}

/** An entry's own words: what stands for it where its transactions cannot, and the bank's charges in it. */
export interface BankEntryLine {
  readonly block: number;
  readonly number: number;
  readonly line: number;
  readonly amount: bigint;
  readonly currency: string;
  readonly bookingDate: string;
  readonly valueDate: string;
  readonly usable: boolean;
  readonly charges: bigint;
}

export async function storeEntries(tx: Tx, entries: readonly BankEntryLine[]): Promise<void> {
  if (entries.length === 0) return;
  await tx.query(
    `insert into bank_entry select * from unnest($1::int[], $2::int[], $3::int[], $4::bigint[], $5::text[], $6::date[], $7::date[], $8::bool[],
       $9::bigint[])`,
    (['block', 'number', 'line', 'amount', 'currency', 'bookingDate', 'valueDate', 'usable', 'charges'] as const).map((key) =>
      entries.map((entry) => entry[key]),
    ),
  );
}

/** Which numbers are paid into an account, and which clients are paid on them; a number that no agreement names has no client. */
export async function storeGiros(
  tx: Tx,
  giros: readonly { readonly account: string; readonly giro: AccountNumber; readonly client: string | null }[],
): Promise<void> {
  await tx.query('insert into bank_giro select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])', [
    giros.map((item) => item.account),
    giros.map((item) => item.giro.kind),
    giros.map((item) => item.giro.number),
    giros.map((item) => item.client),
  ]);
}
