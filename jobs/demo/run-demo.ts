import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction } from '#engine/store/database.ts';
import { loadStatus, type HouseStatus } from '#engine/store/status.ts';
import { loadConfig } from '#config/load-config.ts';
import { runDaemon } from '../daemon.ts';
import type { House } from '../house.ts';
import { ConfigurationError, withHouse, type HouseOptions } from '../open-house.ts';
import { verifyHouse, type Verdict } from '../verify/verify-house.ts';
import { demoFiles } from './demo-files.ts';
import { openDemoWorld, type DemoWorld } from './demo-house.ts';
import { uploadFiles } from './upload-files.ts';

/** What the demo did, for whoever tells of it. */
export interface DemoResult {
  readonly uploaded: number;
  readonly before: HouseStatus;
  readonly after: HouseStatus;
  readonly verdicts: readonly Verdict[];
  readonly seconds: number;
  readonly world: Pick<DemoWorld, 'folderOf'>;
}

const POLL_MILLISECONDS = 250;
/** Then something is wrong, and the demo says so rather than wait. */
const PATIENCE_MILLISECONDS = 5 * 60_000;

/** Runs the main job once with fictional data, through the doors: uploads over SFTP, a daemon, a print house that is sent to. */
export async function runDemo(options: HouseOptions, tell: (line: string) => void): Promise<DemoResult> {
  const began = performance.now();
  const { config, problems } = await loadConfig(options.configFolder);
  if (!config) throw new ConfigurationError(problems);
  const world = await openDemoWorld(options.home, [...config.clients.keys()]);
  try {
    return await withHouse({ ...options, working: true, adjust: world.adjust }, async (house) => {
      const before = await inTransaction(house.database, loadStatus);
      const files = await demoFiles(options.home, house.config, house.clock());
      const stop = new AbortController();
      const daemon = runDaemon(house, stop.signal);
      try {
        await uploadAll(house, world, files, tell);
        await Promise.race([untilDone(house, countFiles(before) + files.length, tell), daemon]);
      } finally {
        stop.abort();
        await daemon;
      }
      const after = await inTransaction(house.database, loadStatus);
      const verdicts = await verifyHouse(house, () => undefined);
      return { uploaded: files.length, before, after, verdicts, seconds: (performance.now() - began) / 1000, world };
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
      `${name} uploaded ${own.length === 1 ? own[0]?.name : `${own.length} files`}, ${Math.ceil(bytes / 1024)} kB, over SFTP.`,
    );
  }
}

const countFiles = (status: HouseStatus): number => status.files.reduce((sum, row) => sum + Number(row.files), 0);

/** Waits until every uploaded file is settled and everything that follows from it has left the house. */
async function untilDone(house: House, files: number, tell: (line: string) => void): Promise<void> {
  const began = performance.now();
  let told = -1;
  while (performance.now() - began < PATIENCE_MILLISECONDS) {
    const { settled, open } = await loadProgress(house);
    if (settled >= files && open === 0) return;
    if (settled !== told) tell(`${settled} of ${files} files taken in …`);
    told = settled;
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
