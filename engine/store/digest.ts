import { createHash } from 'node:crypto';
import { toJson } from '../invoice-json.ts';
import { inTransaction, type Database, type Tx } from './database.ts';

/**
 * What a thing is, decided and not a side effect of a program's representation (design.md §8): SHA-256 over its form, the version of
 * that form, and its canonical JSON. Two programs that hold the same fields give the same digest, whatever order they hold them in.
 */
export const canonicalDigest = (form: DigestForm, version: number, value: unknown): string =>
  createHash('sha256')
    .update(`${form} ${version}\n${canonicalJson(value)}`)
    .digest('hex');

/** What is told apart by digest. A change of what a form says is a new version of it; digests of different versions are never compared. */
type DigestForm = 'agreement' | 'submission' | 'claim-order' | 'debtor' | 'issued-invoice';

/**
 * JSON with sorted keys and no blanks, after RFC 8785: objects by their keys' UTF-16 code units, absent fields left out, numbers and texts
 * as ECMAScript writes them; amounts (`bigint`) as decimal text, as `invoice-json.ts` has them. JSON that was stored and read again
 * therefore gives the same text as the value it was made from.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(JSON.parse(toJson(value))));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(byKey)
      .map(([key, item]) => [key, sorted(item)]),
  );
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);

/** The version of every form's digests that this program makes. */
export const DIGEST_VERSION = 1;

const ROWS_AT_ONCE = 1000;

/**
 * Makes the digests of version 0 anew from the content they stand beside, so that what came before this version is recognised when it comes
 * again. Each batch is a transaction of its own; broken off, it goes on the next time. Agreements are not among them: what their file
 * said is not stored, so they are compared by value when they are next recorded (`agreements.ts`).
 */
export async function upgradeDigests(database: Database): Promise<void> {
  for (const step of [upgradeInvoices, upgradeFileDocuments, upgradeDebtors]) {
    let isMore = true;
    while (isMore) isMore = await inTransaction(database, step);
  }
}

interface Stored {
  readonly a: bigint;
  readonly b: number;
  readonly form: DigestForm;
  readonly content: string;
  readonly class: string | null;
}

/** An invoice is identified by the document it was read from; a credit note of ours by what was issued. */
async function upgradeInvoices(tx: Tx): Promise<boolean> {
  const found = await tx.query<Stored>(
    `select i.id as a, 0 as b, null as class, coalesce(d.content, i.content)::text as content,
       case when d.content is null then 'issued-invoice' else 'submission' end as form
     from invoice i left join file_document d on d.file_id = i.file_id and d.sequence = i.file_sequence and d.kind = 'document'
       and d.content_sha256 = i.content_sha256
     where i.digest_version = 0 order by i.id limit $1 for update of i`,
    [ROWS_AT_ONCE],
  );
  return setDigests(tx, found.rows, 'update invoice t set content_sha256 = n.digest, digest_version = $4', 't.id = n.a');
}

async function upgradeFileDocuments(tx: Tx): Promise<boolean> {
  // Invoices come first: they are joined to these by the digest as it was.
  const found = await tx.query<Stored>(
    `select file_id as a, sequence as b, null as class, content::text as content,
       case kind when 'order' then 'claim-order' else 'submission' end as form
     from file_document where digest_version = 0 order by file_id, sequence limit $1 for update`,
    [ROWS_AT_ONCE],
  );
  return setDigests(
    tx,
    found.rows,
    'update file_document t set content_sha256 = n.digest, digest_version = $4',
    't.file_id = n.a and t.sequence = n.b',
  );
}

async function upgradeDebtors(tx: Tx): Promise<boolean> {
  const found = await tx.query<Stored>(
    `select debtor_id as a, version as b, class, content::text as content, 'debtor' as form
     from debtor_version where digest_version = 0 order by debtor_id, version limit $1 for update`,
    [ROWS_AT_ONCE],
  );
  return setDigests(
    tx,
    found.rows,
    'update debtor_version t set content_sha256 = n.digest, digest_version = $4',
    't.debtor_id = n.a and t.version = n.b',
  );
}

/** Writes the new digests of the rows found; false when there were none. */
async function setDigests(tx: Tx, rows: readonly Stored[], update: string, where: string): Promise<boolean> {
  if (rows.length === 0) return false;
  const digests = rows.map(({ form, content, class: debtorClass }) => {
    const value: unknown = JSON.parse(content);
    return canonicalDigest(form, DIGEST_VERSION, debtorClass === null ? value : { class: debtorClass, party: value });
  });
  await tx.query(`${update} from unnest($1::bigint[], $2::int[], $3::text[]) as n (a, b, digest) where ${where}`, [
    rows.map(({ a }) => a),
    rows.map(({ b }) => b),
    digests,
    DIGEST_VERSION,
  ]);
  return true;
}
