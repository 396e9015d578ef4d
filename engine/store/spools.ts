import type { Tx } from './database.ts';
import { takeNumbers } from './number-series.ts';
import type { IsoDate } from '../iso-date.ts';

export interface SpoolRow {
  readonly jobNumber: number;
  readonly client: string;
  readonly printer: string;
  readonly state: 'planned' | 'released' | 'cancelled';
  readonly plannedAt: Date;
  readonly sha256: string | null;
}

/**
 * Gathers a client's waiting letters for one printer into a new print job; null if there are none. A letter belongs to the printer of
 * the agreement version it was issued under. At most `limit` letters a job; the rest make the next.
 */
export async function planSpool(
  tx: Tx,
  plan: { readonly client: string; readonly channels: readonly string[]; readonly at: Date; readonly limit: number },
): Promise<SpoolRow | null> {
  // One planner per client at a time, so that a job holds all that waits and two daemons do not split it.
  await tx.query('select from client where id = $1 for no key update', [plan.client]);
  const first = await tx.query<{ printer: string }>(
    `select a.content -> 'letter' ->> 'printer' as printer
     ${waitingLetters} where d.client_id = $1 and d.channel = any($2) and d.state = 'waiting' order by d.id limit 1`,
    [plan.client, plan.channels],
  );
  const printer = first.rows[0]?.printer;
  if (printer === undefined) return null;
  const jobNumber = Number(await takeNumbers(tx, 'spool', 1));
  await tx.query(`insert into spool (job_number, client_id, printer, state, planned_at) values ($1, $2, $3, 'planned', $4)`, [
    jobNumber,
    plan.client,
    printer,
    plan.at,
  ]);
  await tx.query(
    `update document set state = 'spooled', job_number = $1 where id in (
       select d.id ${waitingLetters} where d.client_id = $2 and d.channel = any($5) and d.state = 'waiting' and a.content -> 'letter' ->> 'printer' = $3
       order by d.id limit $4)`,
    [jobNumber, plan.client, printer, plan.limit, plan.channels],
  );
  return { jobNumber, client: plan.client, printer, state: 'planned', plannedAt: plan.at, sha256: null };
}

/** A demand names the agreement version it was made under; an invoice has it. */
const waitingLetters = `from document d left join invoice i on i.id = d.invoice_id
  join agreement a on a.client_id = d.client_id and a.version = coalesce(d.agreement_version, i.agreement_version)`;

interface SpoolColumns {
  readonly job_number: number;
  readonly client_id: string;
  readonly printer: string;
  readonly state: SpoolRow['state'];
  readonly planned_at: Date;
  readonly content_sha256: string | null;
}

const spoolOf = (row: SpoolColumns): SpoolRow => ({
  jobNumber: row.job_number,
  client: row.client_id,
  printer: row.printer,
  state: row.state,
  plannedAt: row.planned_at,
  sha256: row.content_sha256,
});

/** Takes an unreleased print job to work on until the transaction ends; null if it is released or cancelled or another daemon has it. */
export async function lockSpool(tx: Tx, jobNumber: number): Promise<SpoolRow | null> {
  const found = await tx.query<SpoolColumns>(
    `select job_number, client_id, printer, state, planned_at, content_sha256 from spool
     where job_number = $1 and state = 'planned' for update skip locked`,
    [jobNumber],
  );
  return found.rows[0] ? spoolOf(found.rows[0]) : null;
}

export async function loadUnreleasedSpools(tx: Tx): Promise<number[]> {
  const found = await tx.query<{ job_number: number }>(
    `select job_number from spool where state = 'planned' order by job_number`,
  );
  return found.rows.map((row) => row.job_number);
}

/** Where a letter came to lie in the spool. */
export interface BuiltPiece {
  readonly documentId: string;
  readonly piece: number;
  readonly volume: string;
  readonly firstPage: number;
  readonly pages: number;
  readonly sheets: number;
  readonly envelope: string;
  readonly milligrams: bigint;
  readonly postage: string;
  readonly controlCodes: readonly string[];
  readonly sha256: string;
}

/** Records a built and verified print job with its pieces, and releases it and its letters. */
export async function releaseSpool(
  tx: Tx,
  built: {
    readonly jobNumber: number;
    readonly at: Date;
    /** Of the client's locked ledger, where the job has demands. */
    readonly ledgerSequence: bigint | null;
    readonly outbound: bigint;
    readonly sha256: string;
    readonly bytes: number;
    readonly pieces: readonly BuiltPiece[];
    readonly refused: readonly { readonly documentId: string; readonly reason: string }[];
  },
): Promise<void> {
  const { pieces } = built;
  const released = await tx.query(
    `update document d set state = 'released', released_at = $13, outbound_id = $14, piece = p.piece, volume = p.volume,
       first_page = p.first_page, pages = p.pages, sheets = p.sheets, envelope = p.envelope, milligrams = p.milligrams,
       postage = p.postage, content_sha256 = p.sha256, control_codes = string_to_array(p.codes, ' ')
     from unnest($2::text[], $3::int[], $4::text[], $5::int[], $6::int[], $7::int[], $8::text[], $9::bigint[], $10::text[], $11::text[],
       $12::text[]) as p (id, piece, volume, first_page, pages, sheets, envelope, milligrams, postage, sha256, codes)
     where d.id = p.id and d.job_number = $1 and d.state = 'spooled'`,
    [
      built.jobNumber,
      pieces.map((item) => item.documentId),
      pieces.map((item) => item.piece),
      pieces.map((item) => item.volume),
      pieces.map((item) => item.firstPage),
      pieces.map((item) => item.pages),
      pieces.map((item) => item.sheets),
      pieces.map((item) => item.envelope),
      pieces.map((item) => item.milligrams),
      pieces.map((item) => item.postage),
      pieces.map((item) => item.sha256),
      pieces.map((item) => item.controlCodes.join(' ')),
      built.at,
      built.outbound,
    ],
  );
  if (released.rowCount !== pieces.length) throw new Error(`print job ${built.jobNumber} holds letters that were pulled back`);
  await tx.query(
    `update document d set state = 'refused', refusal = r.reason
     from unnest($2::text[], $3::text[]) as r (id, reason) where d.id = r.id and d.job_number = $1`,
    [built.jobNumber, built.refused.map((item) => item.documentId), built.refused.map((item) => item.reason)],
  );
  await tx.query(
    `update spool set state = 'released', released_at = $2, content_sha256 = $3, bytes = $4, ledger_sequence = $5, (letters, pages, sheets) = (
       select count(*), coalesce(sum(pages), 0), coalesce(sum(sheets), 0) from document where job_number = $1 and state = 'released')
     where job_number = $1`,
    [built.jobNumber, built.at, built.sha256, built.bytes, built.ledgerSequence],
  );
}

/** Gives up a print job of which no letter is left. */
export async function cancelSpool(tx: Tx, jobNumber: number): Promise<void> {
  await tx.query(`update spool set state = 'cancelled' where job_number = $1 and state = 'planned'`, [jobNumber]);
}

/** The letters of a job that are still in it, and which of them are demands. */
export async function loadSpooled(
  tx: Tx,
  jobNumber: number,
): Promise<{ readonly all: ReadonlySet<string>; readonly demands: readonly string[] }> {
  const found = await tx.query<{ id: string; kind: string }>(
    `select id, kind from document where job_number = $1 and state = 'spooled' order by id`,
    [jobNumber],
  );
  return {
    all: new Set(found.rows.map((row) => row.id)),
    demands: found.rows.filter((row) => row.kind !== 'invoice').map((row) => row.id),
  };
}

/** Print jobs whose file lies in the outbox, with its name. */
export async function loadReleasedSpools(
  tx: Tx,
): Promise<{ readonly jobNumber: number; readonly name: string; readonly releasedAt: Date }[]> {
  const found = await tx.query<{ jobNumber: number; name: string; releasedAt: Date }>(
    `select distinct s.job_number as "jobNumber", o.name, s.released_at as "releasedAt"
     from spool s join document d on d.job_number = s.job_number join outbound o on o.id = d.outbound_id
     where d.state = 'released' and o.state <> 'planned' order by 1`,
  );
  return found.rows;
}

export type PrintEvent = 'dispatched' | 'spoiled' | 'reprinted' | 'returned';

/** A released letter as a print house knows it, with what was reported of it before. */
export interface ReportedPiece {
  readonly documentId: string;
  readonly jobNumber: number;
  readonly piece: number;
  readonly releasedAt: Date;
  readonly dispatchedOn: IsoDate | null;
  readonly returnedOn: IsoDate | null;
}

/** The letters of some jobs by their piece; pieces nobody knows are not among them. */
export async function loadPieces(
  tx: Tx,
  asked: readonly { readonly jobNumber: number; readonly piece: number }[],
): Promise<readonly ReportedPiece[]> {
  const found = await tx.query<ReportedPiece>(
    `select d.id as "documentId", d.job_number as "jobNumber", d.piece, d.released_at as "releasedAt",
       d.dispatched_on as "dispatchedOn", d.returned_on as "returnedOn"
     from (select distinct * from unnest($1::int[], $2::int[]) as a (job, piece)) as a
       join document d on d.job_number = a.job and d.piece = a.piece where d.state = 'released'`,
    [asked.map((item) => item.jobNumber), asked.map((item) => item.piece)],
  );
  return found.rows;
}

/** Those of some jobs that were released. */
export async function loadReleasedJobs(tx: Tx, jobNumbers: readonly number[]): Promise<ReadonlySet<number>> {
  const found = await tx.query<{ job: number }>(
    `select job_number as job from spool where job_number = any($1) and state = 'released'`,
    [jobNumbers],
  );
  return new Set(found.rows.map((row) => row.job));
}

export interface NewPrintStatus {
  readonly line: number;
  readonly documentId: string;
  readonly status: PrintEvent;
  readonly on: IsoDate;
}

/** Records what was reported and what follows: the first day of dispatch and of return stay, whatever comes later. */
export async function storePrintStatuses(
  tx: Tx,
  file: { readonly id: bigint; readonly at: Date },
  statuses: readonly NewPrintStatus[],
): Promise<void> {
  if (statuses.length === 0) return;
  await tx.query(
    `insert into print_status (file_id, recorded_at, line, document_id, status, on_date)
     select $1, $2, s.* from unnest($3::int[], $4::text[], $5::text[], $6::date[]) as s`,
    [
      file.id,
      file.at,
      statuses.map((item) => item.line),
      statuses.map((item) => item.documentId),
      statuses.map((item) => item.status),
      statuses.map((item) => item.on),
    ],
  );
  for (const [status, column] of [
    ['dispatched', 'dispatched_on'],
    ['returned', 'returned_on'],
  ] as const) {
    const told = statuses.filter((item) => item.status === status);
    if (told.length === 0) continue;
    await tx.query(
      `update document d set ${column} = s.on_date from (
         select id, min(on_date) as on_date from unnest($1::text[], $2::date[]) as s (id, on_date) group by id) as s
       where d.id = s.id and d.${column} is null`,
      [told.map((item) => item.documentId), told.map((item) => item.on)],
    );
  }
}
