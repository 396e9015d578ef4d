import type { Finding } from '../finding.ts';
import type { Minor } from '../money.ts';
import type { Tx } from './database.ts';
import { takeNumbers } from './number-series.ts';

export type FileState = 'archived' | 'booked' | 'rejected' | 'duplicate' | 'held' | 'quarantined';

/** A file as it was received and archived. */
export interface ReceivedFile {
  readonly client: string;
  /** Made when the file was claimed from the inbox; the same claim registers once. */
  readonly claimId: string;
  /** The sender's name for it, control characters escaped. */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly receivedAt: Date;
}

export interface FileRow extends ReceivedFile {
  readonly id: bigint;
  /** 1, 2, 3 … per client. */
  readonly number: number;
  readonly state: FileState;
  readonly agreementVersion: number | null;
  readonly duplicateOf: bigint | null;
  readonly settledAt: Date | null;
  /** How often its outcome was decided; a held file that is tried again has more than one. */
  readonly settlement: number;
  readonly counts: Outcomes<number>;
  readonly amounts: Outcomes<Minor>;
  readonly amountsUnknown: number;
}

export interface Outcomes<T> {
  readonly accepted: T;
  readonly rejected: T;
  readonly duplicate: T;
  readonly held: T;
}

/**
 * Registers a received file: new content as `archived`, content this client sent before as `duplicate` of that file, anything
 * refused unread as `quarantined`. The same claim again gives the same row.
 */
export async function registerFile(tx: Tx, received: ReceivedFile, quarantine: readonly Finding[] = []): Promise<FileRow> {
  // One client's files register one after another, so that the same content twice at once finds the first. A booking under way,
  // which refers to the client, does not hold this lock up.
  await tx.query('select from client where id = $1 for no key update', [received.client]);
  const known = await loadFileByClaim(tx, received.claimId);
  if (known) return known;
  const original = await tx.query<{ id: bigint }>(
    `select id from file where client_id = $1 and sha256 = $2 and state not in ('duplicate', 'quarantined')`,
    [received.client, received.sha256],
  );
  const duplicateOf = quarantine.length > 0 ? null : (original.rows[0]?.id ?? null);
  const state: FileState = quarantine.length > 0 ? 'quarantined' : duplicateOf === null ? 'archived' : 'duplicate';
  const number = await takeNumbers(tx, `file:${received.client}`, 1);
  const inserted = await tx.query<{ id: bigint }>(
    `insert into file (client_id, claim_id, name, sha256, bytes, received_at, state, duplicate_of, settled_at, settlement, number)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      received.client,
      received.claimId,
      received.name,
      received.sha256,
      received.bytes,
      received.receivedAt,
      state,
      duplicateOf,
      state === 'archived' ? null : received.receivedAt,
      state === 'archived' ? 0 : 1,
      number,
    ],
  );
  const id = inserted.rows[0]?.id;
  if (id === undefined) throw new Error('the file row was not inserted');
  await storeFindings(tx, id, quarantine);
  return loadFile(tx, id);
}

const fileColumns = `id, client_id, claim_id, name, sha256, bytes, received_at, state, agreement_version, duplicate_of, settled_at, settlement, number,
  documents_accepted, documents_rejected, documents_duplicate, documents_held,
  amount_accepted, amount_rejected, amount_duplicate, amount_held, amounts_unknown`;

interface FileColumns {
  readonly id: bigint;
  readonly client_id: string;
  readonly claim_id: string;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: bigint;
  readonly received_at: Date;
  readonly state: FileState;
  readonly agreement_version: number | null;
  readonly duplicate_of: bigint | null;
  readonly settled_at: Date | null;
  readonly settlement: number;
  readonly number: number;
  readonly documents_accepted: number;
  readonly documents_rejected: number;
  readonly documents_duplicate: number;
  readonly documents_held: number;
  readonly amount_accepted: bigint;
  readonly amount_rejected: bigint;
  readonly amount_duplicate: bigint;
  readonly amount_held: bigint;
  readonly amounts_unknown: number;
}

const fileOf = (row: FileColumns): FileRow => ({
  id: row.id,
  client: row.client_id,
  claimId: row.claim_id,
  name: row.name,
  sha256: row.sha256,
  bytes: Number(row.bytes),
  receivedAt: row.received_at,
  state: row.state,
  agreementVersion: row.agreement_version,
  duplicateOf: row.duplicate_of,
  settledAt: row.settled_at,
  settlement: row.settlement,
  number: row.number,
  counts: {
    accepted: row.documents_accepted,
    rejected: row.documents_rejected,
    duplicate: row.documents_duplicate,
    held: row.documents_held,
  },
  amounts: {
    accepted: row.amount_accepted,
    rejected: row.amount_rejected,
    duplicate: row.amount_duplicate,
    held: row.amount_held,
  },
  amountsUnknown: row.amounts_unknown,
});

/** A file by its number. Throws if there is none. */
export async function loadFile(tx: Tx, id: bigint): Promise<FileRow> {
  const found = await tx.query<FileColumns>(`select ${fileColumns} from file where id = $1`, [id]);
  if (!found.rows[0]) throw new Error(`no file ${id}`);
  return fileOf(found.rows[0]);
}

/**
 * Takes a file to work on until the transaction ends; null if it is not in that state or another daemon has it. The row lock is the
 * claim: it vanishes with its connection, so a dead daemon blocks nobody and a stalled one cannot write beside its successor.
 */
export async function lockFile(tx: Tx, id: bigint, state: 'archived' | 'held'): Promise<FileRow | null> {
  const found = await tx.query<FileColumns>(
    `select ${fileColumns} from file where id = $1 and state = $2 for update skip locked`,
    [id, state],
  );
  return found.rows[0] ? fileOf(found.rows[0]) : null;
}

/** Files that wait to be read, oldest first. */
export async function loadUnsettledFiles(tx: Tx): Promise<bigint[]> {
  const found = await tx.query<{ id: bigint }>('select id from file where settled_at is null order by id');
  return found.rows.map((row) => row.id);
}

/** Settles a file with its outcome; the counters are taken from what is stored of it, so they cannot disagree with it. */
export async function settleFile(
  tx: Tx,
  id: bigint,
  outcome: { readonly state: 'booked' | 'rejected' | 'held'; readonly agreementVersion: number | null; readonly at: Date },
): Promise<void> {
  await tx.query(
    `update file set state = $2, agreement_version = $3, settled_at = $4, settlement = settlement + 1, trouble = null,
       documents_accepted = t.accepted, documents_rejected = t.rejected, documents_duplicate = t.duplicate, documents_held = t.held,
       amount_accepted = t.sum_accepted, amount_rejected = t.sum_rejected, amount_duplicate = t.sum_duplicate,
       amount_held = t.sum_held, amounts_unknown = t.unknown
     from (select
         coalesce(sum(count) filter (where outcome = 'accepted'), 0) as accepted,
         coalesce(sum(count) filter (where outcome = 'rejected'), 0) as rejected,
         coalesce(sum(count) filter (where outcome = 'duplicate'), 0) as duplicate,
         coalesce(sum(count) filter (where outcome = 'held'), 0) as held,
         coalesce(sum(amount) filter (where outcome = 'accepted'), 0) as sum_accepted,
         coalesce(sum(amount) filter (where outcome = 'rejected'), 0) as sum_rejected,
         coalesce(sum(amount) filter (where outcome = 'duplicate'), 0) as sum_duplicate,
         coalesce(sum(amount) filter (where outcome = 'held'), 0) as sum_held, coalesce(sum(unknown), 0) as unknown
       from file_tally where file_id = $1) as t
     where id = $1`,
    [id, outcome.state, outcome.agreementVersion, outcome.at],
  );
}

/** Appends findings to a file's list, in order. */
export async function storeFindings(tx: Tx, file: bigint, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  await tx.query(
    `insert into file_finding (file_id, sequence, code, severity, rule, line, col, field, document, value, facts)
     select $1, (select coalesce(max(sequence), 0) from file_finding where file_id = $1) + f.ordinality,
            f.code, f.severity, f.rule, f.line, f.col, f.field, f.document, f.value, f.facts
     from unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::int[], $7::text[], $8::text[], $9::text[], $10::jsonb[])
       with ordinality as f (code, severity, rule, line, col, field, document, value, facts, ordinality)`,
    [
      file,
      findings.map((item) => item.code),
      findings.map((item) => item.severity),
      findings.map((item) => item.rule),
      findings.map((item) => item.line ?? null),
      findings.map((item) => item.column ?? null),
      findings.map((item) => item.field ?? null),
      findings.map((item) => item.document ?? null),
      findings.map((item) => item.value?.replaceAll('\0', '\u2400') ?? null),
      findings.map((item) => (item.facts ? JSON.stringify(item.facts).replaceAll(String.raw`\u0000`, '\u2400') : null)),
    ],
  );
}

/** A file's findings in order, at most `limit`. */
export async function loadFindings(tx: Tx, file: bigint, limit: number): Promise<Finding[]> {
  const found = await tx.query<Record<string, unknown>>(
    `select code, severity, rule, line, col as "column", field, document, value, facts
     from file_finding where file_id = $1 order by sequence limit $2`,
    [file, limit],
  );
  return found.rows.map(
    (row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as Finding,
  );
}

export async function countFindings(tx: Tx, file: bigint): Promise<number> {
  const found = await tx.query<{ count: bigint }>('select count(*) as count from file_finding where file_id = $1', [file]);
  return Number(found.rows[0]?.count ?? 0n);
}

/** Files whose last outcome has no receipt yet. */
export async function loadFilesWithoutReceipt(tx: Tx): Promise<bigint[]> {
  const found = await tx.query<{ id: bigint }>('select id from file where receipted < settlement order by id');
  return found.rows.map((row) => row.id);
}

/**
 * Takes a file to write its receipt, until the transaction ends; null if it has one, if another daemon is at it, or if the file it
 * repeats is not settled yet.
 */
export async function lockFileWithoutReceipt(tx: Tx, id: bigint): Promise<FileRow | null> {
  const found = await tx.query<FileColumns>(
    `select ${fileColumns} from file where id = $1 and receipted < settlement and not exists (
       select from file original where original.id = file.duplicate_of and original.settled_at is null) for update skip locked`,
    [id],
  );
  return found.rows[0] ? fileOf(found.rows[0]) : null;
}

/** Counts everything in a repeated file as duplicate: as much as the file it repeats had when this receipt was written. */
export async function adoptCounts(tx: Tx, file: FileRow): Promise<FileRow> {
  await tx.query(
    `update file set amounts_unknown = o.amounts_unknown,
       documents_duplicate = o.documents_accepted + o.documents_rejected + o.documents_duplicate + o.documents_held,
       amount_duplicate = o.amount_accepted + o.amount_rejected + o.amount_duplicate + o.amount_held
     from file o where file.id = $1 and o.id = file.duplicate_of`,
    [file.id],
  );
  return loadFile(tx, file.id);
}

/** Files that repeat a file. */
export async function loadRepeats(tx: Tx, original: bigint): Promise<bigint[]> {
  const found = await tx.query<{ id: bigint }>('select id from file where duplicate_of = $1 order by id', [original]);
  return found.rows.map((row) => row.id);
}

export async function setReceipted(tx: Tx, file: FileRow): Promise<void> {
  await tx.query('update file set receipted = $2 where id = $1', [file.id, file.settlement]);
}

/** The file that a claim became; null if it was not registered. */
export async function loadFileByClaim(tx: Tx, claimId: string): Promise<FileRow | null> {
  const found = await tx.query<FileColumns>(`select ${fileColumns} from file where claim_id = $1`, [claimId]);
  return found.rows[0] ? fileOf(found.rows[0]) : null;
}

/** A client's file by the number people call it; null if there is none. */
export async function loadFileByNumber(tx: Tx, client: string, number: number): Promise<FileRow | null> {
  const found = await tx.query<FileColumns>(`select ${fileColumns} from file where client_id = $1 and number = $2`, [
    client,
    number,
  ]);
  return found.rows[0] ? fileOf(found.rows[0]) : null;
}

/** Hashes of everything that ever came: a quarantined file may lie in the archive as well, if it was looked into before. */
export async function loadKnownHashes(tx: Tx): Promise<string[]> {
  const found = await tx.query<{ sha256: string }>('select distinct sha256 from file');
  return found.rows.map((row) => row.sha256);
}

/** Hashes of everything that was received and must lie in the archive. */
export async function loadReceivedHashes(tx: Tx): Promise<string[]> {
  const found = await tx.query<{ sha256: string }>(
    `select distinct sha256 from file where state <> 'quarantined' order by sha256`,
  );
  return found.rows.map((row) => row.sha256);
}

/** Files received before a time that still have no receipt, oldest first. */
export async function loadLateFiles(tx: Tx, before: Date): Promise<FileRow[]> {
  const found = await tx.query<FileColumns>(
    `select ${fileColumns} from file where received_at < $1 and (settlement = 0 or receipted < settlement) order by received_at`,
    [before],
  );
  return found.rows.map(fileOf);
}

/** Those of these claims that became no file. */
export async function loadUnknownClaims(tx: Tx, claims: readonly string[]): Promise<string[]> {
  const found = await tx.query<{ claim_id: string }>(
    'select c.claim_id from unnest($1::text[]) as c (claim_id) where not exists (select from file f where f.claim_id = c.claim_id)',
    [claims],
  );
  return found.rows.map((row) => row.claim_id);
}

/** Keeps what went wrong when a file was tried, for whoever asks what waits for a person; it goes when the file is decided. */
export async function setTrouble(tx: Tx, id: bigint, trouble: string): Promise<void> {
  await tx.query(`update file set trouble = $2 where id = $1 and state in ('archived', 'held')`, [id, trouble]);
}
