import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Daemon, TestHouse } from './test-house.ts';

/** How far a house has come with its one file, by what is committed and what lies on disk. */
export interface Progress {
  readonly inInbox: number;
  readonly claimed: number;
  /** Received and not decided yet. */
  readonly unsettled: number;
  readonly settled: number;
  readonly invoices: number;
  readonly receiptsOpen: number;
  readonly lettersWaiting: number;
  readonly lettersPlanned: number;
  readonly lettersReleased: number;
  /** Files and bytes of a print job being made. */
  readonly spoolFiles: number;
  readonly spoolBytes: number;
  /** Files that wait in the work folder for their final name. */
  readonly staged: number;
  readonly planned: number;
  readonly written: number;
}

/** `inbox`: waits to be at rest; `gathering`: letters wait for others; `releasing`: the made job waits for its final name. */
export type Stage = 'starting' | 'inbox' | 'booking' | 'receipt' | 'gathering' | 'building' | 'releasing' | 'done';

const nothing = {
  unsettled: 0,
  settled: 0,
  invoices: 0,
  receipts_open: 0,
  waiting: 0,
  spooled: 0,
  released: 0,
  planned: 0,
  written: 0,
};

export async function loadProgress({ home, database }: TestHouse): Promise<Progress> {
  const spool = await filesIn(join(home, 'work', 'spool'));
  const onDisk = {
    inInbox: (await filesIn(join(home, 'inbox'))).length,
    claimed: (await filesIn(join(home, 'work', 'claimed'))).length,
    staged: (await filesIn(join(home, 'work', 'outgoing'))).length,
    spoolFiles: spool.length,
    spoolBytes: spool.reduce((sum, bytes) => sum + bytes, 0),
  };
  const row = await loadRows(database);
  const { unsettled, settled, invoices, planned, written } = row;
  const letters = { lettersWaiting: row.waiting, lettersPlanned: row.spooled, lettersReleased: row.released };
  return { ...onDisk, ...letters, unsettled, settled, invoices, planned, written, receiptsOpen: row.receipts_open };
}

/** The advisory lock under which a program migrates (engine/store/migrate.ts). */
const MIGRATION_KEY = [0x6b75_7665, 2] as const;

/** Nothing while a program migrates: who reads tables that are being altered and others beside them may be in each other's way for ever. */
async function loadRows(database: TestHouse['database']): Promise<typeof nothing> {
  const client = await database.connect();
  try {
    await client.query('begin');
    const free = await client.query<{ free: boolean }>('select pg_try_advisory_xact_lock_shared($1, $2) as free', [
      ...MIGRATION_KEY,
    ]);
    const there = await client.query<{ there: boolean }>(`select to_regclass('kuvert.outbound') is not null as there`);
    if (free.rows[0]?.free !== true || there.rows[0]?.there !== true) return nothing;
    const found = await client.query<typeof nothing>(
      `select (select count(*) from kuvert.file where settlement = 0)::int as unsettled,
         (select count(*) from kuvert.file where settlement > 0)::int as settled,
         (select count(*) from kuvert.invoice)::int as invoices,
         (select count(*) from kuvert.file where receipted < settlement)::int as receipts_open,
         (select count(*) from kuvert.document where state = 'waiting')::int as waiting,
         (select count(*) from kuvert.document where state = 'spooled')::int as spooled,
         (select count(*) from kuvert.document where state = 'released')::int as released,
         (select count(*) from kuvert.outbound where state = 'planned')::int as planned,
         (select count(*) from kuvert.outbound where state <> 'planned')::int as written`,
    );
    return found.rows[0] ?? nothing;
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}

/** The stage of a house with one file to do; a daemon that has not said that it started is starting, whatever it finds. */
export function stageOf(progress: Progress, daemon: Daemon): Stage {
  if (!daemon.printed().includes('daemon.started')) return 'starting';
  if (progress.settled === 0) return progress.unsettled > 0 || progress.claimed > 0 ? 'booking' : 'inbox';
  if (progress.receiptsOpen > 0) return 'receipt';
  if (progress.planned > 0 || progress.staged > 0) return progress.lettersWaiting > 0 ? 'receipt' : 'releasing';
  if (progress.lettersPlanned > 0) return 'building';
  return progress.lettersWaiting > 0 ? 'gathering' : 'done';
}

/** In words, for who reads a test's output. */
export function describeProgress(progress: Progress): string {
  const { inInbox, claimed, unsettled, invoices, receiptsOpen, lettersWaiting, lettersPlanned, lettersReleased } = progress;
  const { spoolFiles, spoolBytes, staged, planned, written } = progress;
  const parts: readonly (readonly [number, string])[] = [
    [inInbox, 'in the inbox'],
    [claimed, 'claimed'],
    [unsettled, 'received, not booked'],
    [invoices, 'invoices booked'],
    [receiptsOpen, 'without receipt'],
    [lettersWaiting, 'letters waiting'],
    [lettersPlanned, 'letters in a planned job'],
    [spoolFiles, `files of a job half made (${Math.round(spoolBytes / 1024)} kB)`],
    [staged, 'staged'],
    [planned, 'planned to leave'],
    [lettersReleased, 'letters released'],
    [written, 'files out'],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return said.join(', ') || 'nothing';
}

async function filesIn(folder: string): Promise<readonly number[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  const sizes = await Promise.all(files.map((entry) => stat(join(entry.parentPath, entry.name)).catch(() => undefined)));
  return sizes.flatMap((found) => found?.size ?? []);
}
