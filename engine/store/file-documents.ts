import type { Minor } from '../money.ts';
import type { Tx } from './database.ts';
import { DIGEST_VERSION } from './digest.ts';

export type DocumentOutcome = 'accepted' | 'rejected' | 'duplicate' | 'held';

/** One document of a file as the reader and the rules left it. */
export interface FileDocument {
  /** Its place in the file, from 1. */
  readonly sequence: number;
  readonly line: number;
  readonly lastLine: number;
  readonly number: string | null;
  readonly outcome: DocumentOutcome;
  /** Payable amount as stated, 0 if it could not be read. */
  readonly amount: Minor;
  readonly amountKnown: boolean;
  /** JSON of what was read, with the digest that tells the same document from another under its number. */
  readonly content: { readonly json: string; readonly digest: string } | null;
}

export async function storeFileDocuments(
  tx: Tx,
  file: bigint,
  documents: readonly FileDocument[],
  kind: 'document' | 'order' = 'document',
): Promise<void> {
  await tx.query(
    `insert into file_document (file_id, kind, sequence, line, last_line, number, outcome, amount, amount_known, content, content_sha256,
       digest_version)
     select $1, $11, d.*, case when d.content_sha256 is not null then $12::smallint end from unnest($2::int[], $3::int[], $4::int[], $5::text[], $6::text[], $7::bigint[], $8::boolean[], $9::json[],
       $10::text[]) as d (sequence, line, last_line, number, outcome, amount, amount_known, content, content_sha256)`,
    [
      file,
      documents.map((item) => item.sequence),
      documents.map((item) => item.line),
      documents.map((item) => item.lastLine),
      documents.map((item) => item.number),
      documents.map((item) => item.outcome),
      documents.map((item) => item.amount),
      documents.map((item) => item.amountKnown),
      documents.map((item) => item.content?.json ?? null),
      documents.map((item) => item.content?.digest ?? null),
      kind,
      DIGEST_VERSION,
    ],
  );
}

/** A document that turned out not to be new: `duplicate` if it is the same again, `rejected` if its number now says something else. */
export interface Repetition {
  readonly sequence: number;
  readonly line: number;
  readonly number: string;
  readonly outcome: 'duplicate' | 'rejected';
}

/** Compares a file's accepted documents with each other and with everything issued before, and sets the outcome of repetitions. */
export async function settleRepetitions(tx: Tx, file: bigint, client: string): Promise<Repetition[]> {
  const found = await tx.query<Repetition>(
    `with ranked as (
       select d.sequence, d.line, d.number, d.content_sha256, i.content_sha256 as booked_sha256,
              first_value(d.content_sha256) over same as first_sha256, row_number() over same as occurrence
       from file_document d left join invoice i on i.client_id = $2 and i.number = d.number
       where d.file_id = $1 and d.outcome = 'accepted'
       window same as (partition by d.number order by d.sequence)
     ), repeated as (
       select sequence, line, number,
              case when content_sha256 = coalesce(booked_sha256, first_sha256) then 'duplicate' else 'rejected' end as outcome
       from ranked where booked_sha256 is not null or occurrence > 1
     )
     update file_document d set outcome = r.outcome from repeated r
     where d.file_id = $1 and d.sequence = r.sequence
     returning r.sequence, r.line, r.number, r.outcome`,
    [file, client],
  );
  return found.rows.toSorted((a, b) => a.sequence - b.sequence);
}

/** Sets accepted documents to another outcome: all of them, or those of the given places. */
export async function refuseDocuments(
  tx: Tx,
  file: bigint,
  outcome: 'rejected' | 'held' | 'duplicate',
  sequences: readonly number[] | 'all',
): Promise<void> {
  await tx.query(
    `update file_document set outcome = $2 where file_id = $1 and outcome = 'accepted' and ($3::int[] is null or sequence = any($3))`,
    [file, outcome, sequences === 'all' ? null : sequences],
  );
}

/**
 * Finds those of a file's orders that move amounts and were carried out before, here or in another file of the client, word for word:
 * they become duplicates, since an amount must not be credited twice because a row was sent twice.
 */
export async function settleRepeatedOrders(
  tx: Tx,
  file: bigint,
  client: string,
): Promise<readonly { readonly sequence: number; readonly line: number; readonly number: string }[]> {
  const found = await tx.query<{ sequence: number; line: number; number: string }>(
    `update file_document d set outcome = 'duplicate'
     where d.file_id = $1 and d.kind = 'order' and d.outcome = 'accepted'
       and d.content -> 'act' ->> 'action' in ('credit', 'write-off', 'paid-to-client')
       and exists (select from file_document e join file f on f.id = e.file_id
         where e.content_sha256 = d.content_sha256 and e.kind = 'order' and e.outcome = 'accepted' and f.client_id = $2
           and (e.file_id <> d.file_id or e.sequence < d.sequence))
     returning sequence, line, number`,
    [file, client],
  );
  return found.rows.toSorted((a, b) => a.sequence - b.sequence);
}

export const countDocuments = async (tx: Tx, file: bigint, outcome: DocumentOutcome): Promise<number> => {
  const found = await tx.query<{ count: bigint }>(
    'select count(*) as count from file_document where file_id = $1 and outcome = $2',
    [file, outcome],
  );
  return Number(found.rows[0]?.count ?? 0n);
};

export interface AcceptedDocument {
  readonly sequence: number;
  readonly line: number;
  readonly json: string;
  readonly digest: string;
}

/** Accepted documents in file order after a place, at most `limit`. */
export async function loadAccepted(tx: Tx, file: bigint, after: number, limit: number): Promise<AcceptedDocument[]> {
  const found = await tx.query<AcceptedDocument>(
    `select sequence, line, content::text as json, content_sha256 as digest from file_document
     where file_id = $1 and sequence > $2 and outcome = 'accepted' order by sequence limit $3`,
    [file, after, limit],
  );
  return found.rows;
}

/** Takes a held file's documents and findings away, for the next attempt to read it afresh. */
export async function forgetDocuments(tx: Tx, file: bigint): Promise<void> {
  await tx.query('delete from file_document where file_id = $1', [file]);
  await tx.query('delete from file_finding where file_id = $1', [file]);
}
