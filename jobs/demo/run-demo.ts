import { setTimeout as sleep } from 'node:timers/promises';
import type { IsoDate } from '#engine/iso-date.ts';
import { inTransaction } from '#engine/store/database.ts';
import { loadStatus, type HouseStatus } from '#engine/store/status.ts';
import { runDaemon } from '../daemon.ts';
import type { House } from '../house/house.ts';
import { readConfig } from '../house/open.ts';
import { withHouse, type HouseOptions } from '../house/prepare.ts';
import { verifyHouse, type Verdict } from '../verify/verify-house.ts';
import { demoClock } from './demo-clock.ts';
import { loadDemoFigures, type DemoFigures } from './demo-figures.ts';
import { DEMO_START, demoFiles } from './demo-files.ts';
import { openDemoWorld, type DemoWorld } from './demo-house.ts';
import { liveDays } from './live-days.ts';
import { uploadFiles } from './upload-files.ts';

/** What the demo did, for whoever tells of it. */
export interface DemoResult {
  /** Files of the first day. */
  readonly uploaded: number;
  /** Invoices booked by this run of the demo. */
  readonly booked: number;
  readonly before: HouseStatus;
  readonly after: HouseStatus;
  readonly figures: DemoFigures;
  readonly reminderDate: IsoDate;
  readonly verdicts: readonly Verdict[];
  readonly seconds: number;
  readonly world: Pick<DemoWorld, 'folderOf'>;
}

const POLL_MILLISECONDS = 250;
/** Then something is wrong, and the demo says so rather than wait. */
const PATIENCE_MILLISECONDS = 5 * 60_000;

/**
 * Runs the main job once with fictional data, through the doors: uploads over SFTP, a daemon, a print house that is sent to; then the
 * weeks that follow, on a clock that is put forward from day to day.
 */
export async function runDemo(options: HouseOptions, tell: (line: string) => void): Promise<DemoResult> {
  const began = performance.now();
  const config = await readConfig(options);
  const clock = demoClock(() => performance.now());
  clock.goTo(DEMO_START);
  const world = await openDemoWorld(options.home, [...config.clients.keys()]);
  try {
    return await withHouse({ ...options, clock: clock.now, working: true, adjust: world.adjust }, async (house) => {
      const before = await inTransaction(house.database, (tx) => loadStatus(tx, 'bureau'));
      const invoicesBefore = await countInvoices(house);
      const files = demoFiles(house.config, DEMO_START);
      let reminderDate: IsoDate = DEMO_START;
      const stop = new AbortController();
      const daemon = runDaemon(house, stop.signal);
      let expected = countFiles(before);
      const settled = (more: number): Promise<void> => {
        expected += more;
        return Promise.race([untilDone(house, expected), daemon]);
      };
      try {
        tell(`${DEMO_START}  clients send their files`);
        await uploadAll(house, world, files, tell);
        await settled(files.length);
        reminderDate = await liveDays({ house, world, clock, tell, settled, answered: new Set() });
      } finally {
        stop.abort();
        await daemon;
      }
      const after = await inTransaction(house.database, (tx) => loadStatus(tx, 'bureau'));
      const figures = await inTransaction(house.database, loadDemoFigures);
      const verdicts = await verifyHouse(house, () => undefined);
      const seconds = (performance.now() - began) / 1000;
      const booked = (await countInvoices(house)) - invoicesBefore;
      return { uploaded: files.length, booked, before, after, figures, reminderDate, verdicts, seconds, world };
    });
  } finally {
    await world.server.close();
  }
}

async function uploadAll(
  house: House,
  world: DemoWorld,
  files: Awaited<ReturnType<typeof demoFiles>>,
  tell: (line: string) => void,
): Promise<void> {
  for (const [client, { name }] of house.config.clients) {
    const own = files.filter((file) => file.client === client);
    if (own.length === 0) continue;
    const bytes = own.reduce((sum, file) => sum + file.content.byteLength, 0);
    await uploadFiles(world.account(client), own);
    tell(
      `  client   ${name} uploaded ${own.length === 1 ? own[0]?.name : `${own.length} files`}, ${Math.ceil(bytes / 1024)} kB, over SFTP.`,
    );
  }
}

async function countInvoices(house: House): Promise<number> {
  const found = await house.database.query<{ invoices: number }>('select count(*)::int as invoices from invoice');
  return found.rows[0]?.invoices ?? 0;
}

const countFiles = (status: HouseStatus): number => status.files.reduce((sum, row) => sum + Number(row.files), 0);

/** Waits until so many files are settled and everything that follows from them has left the house. */
async function untilDone(house: House, files: number): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < PATIENCE_MILLISECONDS) {
    const { settled, open } = await loadProgress(house);
    if (settled >= files && open === 0) return;
    await sleep(POLL_MILLISECONDS);
  }
  throw new Error(`the demo has not finished after ${PATIENCE_MILLISECONDS / 1000} seconds; kuvert status tells what waits`);
}

async function loadProgress(house: House): Promise<{ readonly settled: number; readonly open: number }> {
  const found = await house.database.query<{ settled: bigint; open: bigint }>(
    `select (select count(*) from file where settlement > 0) as settled,
       (select count(*) from file where receipted < settlement or settlement = 0)
       + (select count(*) from document where state in ('waiting', 'spooled'))
       + (select count(*) from outbound where state = 'planned' or (state = 'written' and remote is not null)) as open`,
  );
  const row = found.rows[0];
  return { settled: Number(row?.settled ?? 0n), open: Number(row?.open ?? 0n) };
}
