import type { Minor } from '../money.ts';
import { clientIn, type Scope } from '../scope.ts';
import type { Tx } from './database.ts';
import { CANNOT_BE_PRINTED } from './withdraw-letters.ts';

/** The house at a glance: what came, what waits, and for whom. Counts are digits: every `bigint` of an answer is money. */
export interface HouseStatus {
  readonly files: readonly FileCount[];
  readonly heldFiles: readonly HeldFile[];
  /** Files that could not be decided: something of ours failed when they were tried, as they will be again. */
  readonly troubledFiles: readonly TroubledFile[];
  readonly waiting: readonly WaitingCount[];
  readonly outbound: readonly OutboundCount[];
  readonly refusedLetters: readonly RefusedLetter[];
  readonly ledger: readonly LedgerBalance[];
}

export interface FileCount {
  readonly client: string;
  readonly state: string;
  readonly files: string;
  readonly accepted: string;
  readonly rejected: string;
  readonly duplicate: string;
  readonly held: string;
  readonly latest: Date;
}

export interface HeldFile {
  readonly client: string;
  readonly number: number;
  readonly name: string;
  readonly receivedAt: Date;
  readonly code: string | null;
}

export interface TroubledFile {
  readonly client: string;
  readonly number: number;
  readonly name: string;
  readonly receivedAt: Date;
  readonly trouble: string;
}

export interface WaitingCount {
  readonly client: string;
  /** Id of the channel by which they are not yet made, or `spool`: planned and not yet released. */
  readonly what: string;
  readonly documents: string;
}

export interface OutboundCount {
  readonly remote: string;
  readonly kind: string;
  readonly waiting: string;
  /** Attempts ended with an error that a person must look at. */
  readonly parked: string;
  readonly lastError: string | null;
}

export interface RefusedLetter {
  readonly client: string;
  /** Of an invoice its number; of a demand its kind and number. */
  readonly invoice: string;
  readonly reason: string;
}

export interface LedgerBalance {
  readonly client: string;
  readonly currency: string;
  readonly invoices: string;
  readonly openAmount: Minor;
}

const MAX_LISTED = 50;

export async function loadStatus(tx: Tx, scope: Scope): Promise<HouseStatus> {
  const client = clientIn(scope);
  const files = await tx.query<FileCount>(
    `select client_id as client, state, count(*)::text as files, sum(documents_accepted)::text as accepted,
       sum(documents_rejected)::text as rejected, sum(documents_duplicate)::text as duplicate, sum(documents_held)::text as held, max(received_at) as latest
     from file where ($1::text is null or client_id = $1) group by 1, 2 order by 1, 2`,
    [client],
  );
  const heldFiles = await tx.query<HeldFile>(
    `select f.client_id as client, f.number, f.name, f.received_at as "receivedAt",
       (select code from file_finding where file_id = f.id and severity = 'error' order by sequence limit 1) as code
     from file f where state = 'held' and ($2::text is null or f.client_id = $2) order by f.received_at limit $1`,
    [MAX_LISTED, client],
  );
  const troubledFiles = await tx.query<TroubledFile>(
    `select client_id as client, number, name, received_at as "receivedAt", trouble from file
     where trouble is not null and ($2::text is null or client_id = $2) order by received_at limit $1`,
    [MAX_LISTED, client],
  );
  const waiting = await tx.query<WaitingCount>(
    `select client_id as client, case state when 'spooled' then 'spool' else channel end as what, count(*)::text as documents
     from document where state in ('waiting', 'spooled') and ($1::text is null or client_id = $1) group by 1, 2 order by 1, 2`,
    [client],
  );
  const outbound = await tx.query<OutboundCount>(
    `select remote, kind, count(*)::text as waiting, count(*) filter (where parked)::text as parked,
       (array_agg(last_error order by id) filter (where last_error is not null))[1] as "lastError"
     from outbound where remote is not null and state <> 'sent' and ($1::text is null or client_id = $1) group by 1, 2 order by 1, 2`,
    [client],
  );
  const refusedLetters = await tx.query<RefusedLetter>(
    `select d.client_id as client, i.number as invoice, d.refusal as reason from document d join invoice i on i.id = d.invoice_id
     where d.state = 'refused' and ($3::text is null or d.client_id = $3) and not exists (select from document o where o.invoice_id = d.invoice_id and o.state <> 'refused')
     union all
     (select distinct on (d.client_id, d.debtor_id) d.client_id, d.kind || ' ' || (d.content ->> 'number'), d.withdrawn_because
     from document d where d.state = 'withdrawn' and d.withdrawn_because like $2 || '%' and ($3::text is null or d.client_id = $3) and not exists (
       select from document o where o.debtor_id = d.debtor_id and o.kind = d.kind and o.state = 'released' and o.decided_at > d.decided_at)
      order by d.client_id, d.debtor_id, d.decided_at desc)
     order by 1, 2 limit $1`,
    [MAX_LISTED, CANNOT_BE_PRINTED, client],
  );
  const ledger = await tx.query<LedgerBalance>(
    `select r.client_id as client, r.currency, count(*)::text as invoices, coalesce(sum(b.open), 0)::bigint as "openAmount"
     from receivable r left join lateral (select sum(amount) as open from posting p where p.receivable_id = r.id) b on true
     where ($1::text is null or r.client_id = $1) group by 1, 2 order by 1, 2`,
    [client],
  );
  return {
    files: files.rows,
    heldFiles: heldFiles.rows,
    troubledFiles: troubledFiles.rows,
    waiting: waiting.rows,
    outbound: outbound.rows,
    refusedLetters: refusedLetters.rows,
    ledger: ledger.rows,
  };
}
