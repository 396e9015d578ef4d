import type { IsoDate } from '../iso-date.ts';
import type { Tx } from './database.ts';

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
