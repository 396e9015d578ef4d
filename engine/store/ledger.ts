import { createHash } from 'node:crypto';
import { accountRow, ledgerAccounts, type AccountRow, type LedgerTransaction, type Posting } from '../ledger.ts';
import type { Tx } from './database.ts';

declare const locked: unique symbol;

/** A client's ledger, locked until the database transaction ends. Only `withLedger` makes one: whoever has it has the lock. */
export interface Ledger {
  readonly [locked]: true;
  readonly client: string;
  /** Appends transactions, each hashing the one before. */
  readonly book: (booked: readonly BookedTransaction[]) => Promise<void>;
  /** Where its chain ends now; until the next booking. */
  readonly end: () => Promise<LedgerHead>;
}

/**
 * Locks a client's ledger until the database transaction ends and works on it: one writer at a time, numbers without gaps. Where it is locked
 * already by the same transaction this is the same ledger again. Whoever needs several takes `lockLedgers` first.
 */
export async function withLedger<T>(
  tx: Tx,
  { client, at }: { readonly client: string; readonly at: Date },
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  await lockHead(tx, client);
  // The end of the chain is read when it is needed: nobody holds one that another booking has made stale.
  const ledger = {
    client,
    book: async (booked) => bookTransactions(tx, { client, at, head: await lockHead(tx, client) }, booked),
    end: () => lockHead(tx, client),
  } satisfies Omit<Ledger, typeof locked>;
  return work(ledger as Omit<Ledger, typeof locked> as Ledger);
}

/** Locks several ledgers in the one order in which everybody locks them, so that no two wait for each other. */
export async function lockLedgers(tx: Tx, clients: Iterable<string>): Promise<void> {
  for (const client of [...new Set(clients)].sort()) await lockHead(tx, client);
}

/** The end of a client's chain of ledger transactions. */
export interface LedgerHead {
  readonly nextSequence: bigint;
  readonly hash: string;
}

async function lockHead(tx: Tx, client: string): Promise<LedgerHead> {
  await tx.query('insert into ledger_head (client_id) values ($1) on conflict do nothing', [client]);
  const found = await tx.query<{ next_sequence: bigint; hash: string }>(
    'select next_sequence, hash from ledger_head where client_id = $1 for update',
    [client],
  );
  const row = found.rows[0];
  if (!row) throw new Error(`no ledger of client ${client}`);
  return { nextSequence: row.next_sequence, hash: row.hash };
}

/** A transaction with what it belongs to in the database. */
export interface BookedTransaction extends LedgerTransaction {
  /** Of an issued document: its row, and the receivable it made, for its postings on `receivable`. */
  readonly invoice?: bigint | null;
  readonly receivable?: bigint | null;
  /** The ledger transaction this one corrects or takes back. */
  readonly corrects?: bigint;
}

async function bookTransactions(
  tx: Tx,
  ledger: { readonly client: string; readonly head: LedgerHead; readonly at: Date },
  booked: readonly BookedTransaction[],
): Promise<void> {
  if (booked.length === 0) return;
  let hash = ledger.head.hash;
  const rows = booked.map((item, index) => {
    const sequence = ledger.head.nextSequence + BigInt(index);
    const previousHash = hash;
    hash = hashTransaction({ client: ledger.client, sequence, previousHash, transaction: item });
    return { ...item, sequence, previousHash, hash };
  });
  const inserted = await tx.query<{ id: bigint; sequence: bigint }>(
    `insert into ledger_transaction (client_id, sequence, kind, effect_key, entry_date, booked_at, invoice_id, previous_hash, hash, corrects,
       value_date)
     select $1, t.sequence, t.kind, t.effect_key, t.entry_date, $2, t.invoice_id, t.previous_hash, t.hash, t.corrects,
       t.value_date
     from unnest($3::bigint[], $4::text[], $5::text[], $6::date[], $7::bigint[], $8::text[], $9::text[], $10::bigint[], $11::date[])
       as t (sequence, kind, effect_key, entry_date, invoice_id, previous_hash, hash, corrects, value_date)
     returning id, sequence`,
    [
      ledger.client,
      ledger.at,
      rows.map((row) => row.sequence),
      rows.map((row) => row.kind),
      rows.map((row) => row.effectKey),
      rows.map((row) => row.entryDate),
      rows.map((row) => row.invoice ?? null),
      rows.map((row) => row.previousHash),
      rows.map((row) => row.hash),
      rows.map((row) => row.corrects ?? null),
      rows.map((row) => row.valueDate ?? null),
    ],
  );
  const ids = new Map(inserted.rows.map((row) => [row.sequence, row.id]));
  const postings = rows.flatMap((row) =>
    row.postings.map((posting, index) => ({
      ...posting,
      transaction: ids.get(row.sequence),
      line: index + 1,
      receivable: posting.receivable ?? (posting.account === 'receivable' ? (row.receivable ?? null) : null),
    })),
  );
  await openAccounts(tx, postings);
  await tx.query(
    `insert into posting (transaction_id, line, client_id, account, amount, currency, receivable_id, payment_id, debtor_id)
     select p.transaction_id, p.line, $1, p.account, p.amount, p.currency, p.receivable_id, p.payment_id, p.debtor_id
     from unnest($2::bigint[], $3::int[], $4::text[], $5::bigint[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[])
       as p (transaction_id, line, account, amount, currency, receivable_id, payment_id, debtor_id)`,
    [
      ledger.client,
      postings.map((posting) => posting.transaction),
      postings.map((posting) => posting.line),
      postings.map((posting) => posting.account),
      postings.map((posting) => posting.amount),
      postings.map((posting) => posting.currency),
      postings.map((posting) => posting.receivable),
      postings.map((posting) => posting.payment ?? null),
      postings.map((posting) => posting.debtor ?? null),
    ],
  );
  await tx.query('update ledger_head set next_sequence = $2, hash = $3 where client_id = $1', [
    ledger.client,
    ledger.head.nextSequence + BigInt(rows.length),
    hash,
  ]);
}

/** Every account of the ledger as a row, but those of VAT: they are opened when first booked on. */
export async function storeLedgerAccounts(tx: Tx): Promise<void> {
  await storeAccounts(tx, ledgerAccounts);
  const found = await tx.query<AccountRow>('select account, book, component from kuvert.ledger_account');
  for (const row of found.rows) {
    const right = accountRow(row.account);
    if (row.book !== right.book || row.component !== right.component)
      throw new Error(`account ${row.account} is of the ${row.book}'s book for ${row.component ?? 'no component'}`);
  }
}

const storeAccounts = (tx: Tx, rows: readonly AccountRow[]): Promise<unknown> =>
  tx.query(
    `insert into kuvert.ledger_account (account, book, component) select * from unnest($1::text[], $2::text[], $3::text[]) as a (account, book, component)
     where not exists (select from kuvert.ledger_account k where k.account = a.account) on conflict do nothing`,
    [rows.map(({ account }) => account), rows.map(({ book }) => book), rows.map(({ component }) => component)],
  );

/** VAT of a rate that was never booked before. */
async function openAccounts(tx: Tx, postings: readonly Pick<Posting, 'account'>[]): Promise<void> {
  const known = new Set(ledgerAccounts.map(({ account }) => account));
  const others = new Set(postings.map(({ account }) => account).filter((account) => !known.has(account)));
  if (others.size > 0) await storeAccounts(tx, [...others].sort().map(accountRow));
}

/**
 * SHA-256 of a transaction and the one before it, over lines of text that anyone can write down again from the tables: previous hash;
 * client; sequence; kind; effect key; entry date, with ` value DATE` where it has one of its own; then per posting, in order,
 * `account amount currency` and, except in an issue, whose effect key says it, what it is about: ` receivable 7`, ` payment 8`,
 * ` debtor 9`.
 */
export function hashTransaction(item: {
  readonly client: string;
  readonly sequence: bigint;
  readonly previousHash: string;
  readonly transaction: LedgerTransaction;
}): string {
  const { kind, effectKey, entryDate, valueDate, postings } = item.transaction;
  const lines = [
    item.previousHash,
    item.client,
    item.sequence.toString(),
    kind,
    effectKey,
    valueDate === undefined ? entryDate : `${entryDate} value ${valueDate}`,
    ...postings.map(
      (posting) => `${posting.account} ${posting.amount} ${posting.currency}${kind === 'issue' ? '' : about(posting)}`,
    ),
  ];
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

const about = ({ receivable, payment, debtor }: Posting): string =>
  [
    receivable === undefined ? '' : ` receivable ${receivable}`,
    payment === undefined ? '' : ` payment ${payment}`,
    debtor === undefined ? '' : ` debtor ${debtor}`,
  ].join('');
