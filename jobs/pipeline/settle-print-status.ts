import { finding, type Finding } from '#engine/finding.ts';
import type { PieceReport } from '#engine/sockets/format.ts';
import { dateInZone, type IsoDate } from '#engine/iso-date.ts';
import type { Tx } from '#engine/store/database.ts';
import { storeFindings } from '#engine/store/files.ts';
import {
  loadPieces,
  loadReleasedJobs,
  storePrintStatuses,
  type NewPrintStatus,
  type ReportedPiece,
} from '#engine/store/spools.ts';
import { type House, todayOf } from '../house/house.ts';
import type { Settler } from './settlers.ts';

/** Rows compared and stored by one set of statements. */
const CHUNK_ROWS = 2000;

/**
 * A print house's report of what became of each piece. Law counts a letter's terms from the confirmed day of dispatch
 * (reference/collection-rules.md §1.4), so the first confirmed day stays. Rows that do not fit what was sent are found and left aside,
 * the others count; a file that is cut short or miscounted counts for nothing (fault XO7).
 */
export const settlePrintStatus: Settler<'piece-reports'> = async (house, tx, { file, bytes, read }) => {
  const rows: PieceReport[] = [];
  const findings: Finding[] = [];
  for await (const item of read(bytes())) {
    if (item.kind === 'status') rows.push(item.status);
    else findings.push(item.finding);
    if (item.kind !== 'broken') continue;
    await storeFindings(tx, file.id, findings);
    return 'rejected';
  }
  for (let from = 0; from < rows.length; from += CHUNK_ROWS)
    findings.push(...(await settleRows(house, tx, file.id, rows.slice(from, from + CHUNK_ROWS))));
  await storeFindings(
    tx,
    file.id,
    findings.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  );
  return 'booked';
};

async function settleRows(house: House, tx: Tx, file: bigint, rows: readonly PieceReport[]): Promise<readonly Finding[]> {
  const jobs = await loadReleasedJobs(tx, [...new Set(rows.map((row) => row.jobNumber))]);
  const pieces = new Map((await loadPieces(tx, rows)).map((piece) => [pieceKey(piece), piece]));
  const { timeZone } = house.config.bureau;
  const known: Known = { jobs, pieces, timeZone, today: todayOf(house), dates: new Map() };
  const findings: Finding[] = [];
  const statuses: NewPrintStatus[] = [];
  for (const row of rows) {
    const problem = problemOf(row, known);
    if (problem) findings.push(problem);
    const piece = pieces.get(pieceKey(row));
    if (problem || piece === undefined) continue;
    known.dates.set(eventKey(row), row.on);
    statuses.push({ line: row.line, documentId: piece.documentId, status: row.status, on: row.on });
  }
  await storePrintStatuses(tx, { id: file, at: house.clock() }, statuses);
  return findings;
}

type PieceName = Pick<PieceReport, 'jobNumber' | 'piece'>;
const pieceKey = ({ jobNumber, piece }: PieceName): string => `${jobNumber} ${piece}`;
const eventKey = (row: PieceReport): string => `${pieceKey(row)} ${row.status}`;

interface Known {
  readonly jobs: ReadonlySet<number>;
  readonly pieces: ReadonlyMap<string, ReportedPiece>;
  readonly timeZone: string;
  readonly today: IsoDate;
  /** Dispatches and returns of rows before, in this file. */
  readonly dates: Map<string, IsoDate>;
}

function problemOf(row: PieceReport, known: Known): Finding | null {
  const { line, job } = row;
  if (!known.jobs.has(row.jobNumber)) return finding('PRINT-UNKNOWN-JOB', { line, column: 1, field: 'job', value: job });
  const piece = known.pieces.get(pieceKey(row));
  if (piece === undefined)
    return finding('PRINT-UNKNOWN-PIECE', { line, column: 2, field: 'piece', value: String(row.piece), facts: { job } });
  const released = dateInZone(piece.releasedAt, known.timeZone);
  if (row.on < released)
    return finding('PRINT-BEFORE-RELEASE', { line, column: 4, field: 'date', value: row.on, facts: { released } });
  if (row.on > known.today) return finding('PRINT-AFTER-TODAY', { line, column: 4, field: 'date', value: row.on });
  const earlier = earlierDate(row, piece, known);
  return earlier === null
    ? null
    : finding('PRINT-AGAIN', { line, column: 3, field: 'status', value: row.status, facts: { earlier } });
}

/** A piece is dispatched and returned once; it may be spoiled and reprinted again and again. */
function earlierDate(row: PieceReport, piece: ReportedPiece, { dates }: Known): IsoDate | null {
  if (row.status === 'spoiled' || row.status === 'reprinted') return null;
  return dates.get(eventKey(row)) ?? (row.status === 'dispatched' ? piece.dispatchedOn : piece.returnedOn);
}
