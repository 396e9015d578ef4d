import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase, type Database } from '#engine/store/database.ts';
import { openPostgres } from '#jobs/postgres/open-postgres.ts';
import { memoryLog } from './memory-log.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

/** A house of its own in a temporary folder, with the configuration that comes with Kuvert and files at rest after one second. */
export interface TestHouse {
  readonly home: string;
  readonly configFolder: string;
  readonly database: Database;
  /** Puts a file into a client's inbox as a finished upload does: whole, by a rename. */
  readonly deliver: (client: string, name: string, content: Uint8Array) => Promise<void>;
  /** Runs a command and gives what it printed and its exit code. */
  readonly kuvert: (...words: string[]) => Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;
  readonly startDaemon: () => Promise<ChildProcess>;
  /** Waits until so many files are settled and nothing that follows from them waits. */
  readonly untilDone: (files: number, milliseconds: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface TestHouseOptions {
  /** `KUVERT_NOW`; absent: the real clock. */
  readonly now?: string;
  readonly stabilitySeconds?: number;
}

const POLL_MILLISECONDS = 100;

export async function openTestHouse({ now, stabilitySeconds = 1 }: TestHouseOptions = {}): Promise<TestHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'kuvert-house-'));
  const home = join(folder, 'home');
  const configFolder = join(folder, 'config');
  await cp(join(ROOT, 'config'), configFolder, { recursive: true, filter: (path) => !path.endsWith('.ts') });
  const limits = await readFile(join(configFolder, 'limits.yaml'), 'utf8');
  await writeFile(
    join(configFolder, 'limits.yaml'),
    limits.replace(/stabilitySeconds: \d+/, `stabilitySeconds: ${stabilitySeconds}`),
  );
  // A database server of root's runs as another user, who must be able to enter the home.
  await chmod(folder, 0o711);
  await mkdir(home, { recursive: true, mode: 0o711 });
  const postgres = await openPostgres({ home, durable: false, log: memoryLog() });
  const database = openDatabase(postgres.url, 'kuvert test');
  database.on('error', () => undefined);
  const environment = {
    ...process.env,
    KUVERT_HOME: home,
    KUVERT_CONFIG: configFolder,
    KUVERT_DATABASE_URL: '',
    ...(now === undefined ? {} : { KUVERT_NOW: now }),
  };
  const run = (words: readonly string[]): ChildProcess =>
    spawn(process.execPath, [join(ROOT, 'jobs/cli/main.ts'), ...words], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  return {
    home,
    configFolder,
    database,
    deliver: async (client, name, content) => {
      const inbox = join(home, 'inbox', client);
      await mkdir(inbox, { recursive: true });
      await writeFile(join(inbox, `${name}.part`), content);
      await rename(join(inbox, `${name}.part`), join(inbox, name));
    },
    kuvert: async (...words) => collect(run(words)),
    startDaemon: async () => untilStarted(run(['daemon'])),
    untilDone: (files, milliseconds) => untilDone(database, files, milliseconds),
    close: async () => {
      await database.end();
      await postgres.release();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function collect(child: ChildProcess) {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, stdout, stderr };
}

/** The daemon says on the terminal that it has started; whatever it prints before it dies is the reason. */
async function untilStarted(child: ChildProcess): Promise<ChildProcess> {
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (printed.includes('daemon.started')) resolve();
    });
    child.stdout?.resume();
    child.once('exit', (code, signal) => reject(new Error(`the daemon ended with ${code ?? signal}: ${printed}`)));
  });
  return child;
}

async function untilDone(database: Database, files: number, milliseconds: number): Promise<void> {
  const began = performance.now();
  for (;;) {
    const { settled, open } = await progressOf(database);
    if (settled >= files && open === 0) return;
    if (performance.now() - began > milliseconds)
      throw new Error(`after ${milliseconds} ms ${settled} files are settled, ${open} things wait`);
    await sleep(POLL_MILLISECONDS);
  }
}

async function progressOf(database: Database): Promise<{ readonly settled: number; readonly open: number }> {
  const there = await database.query(`select to_regclass('kuvert.outbound') is not null as there`);
  if ((there.rows[0] as { there: boolean }).there !== true) return { settled: 0, open: 0 };
  const found = await database.query<{ settled: bigint; open: bigint }>(
    `select (select count(*) from kuvert.file where settlement > 0) as settled,
       (select count(*) from kuvert.file where receipted < settlement or settlement = 0)
       + (select count(*) from kuvert.document where state in ('waiting', 'spooled'))
       + (select count(*) from kuvert.outbound where state = 'planned' or (state = 'written' and remote is not null)) as open`,
  );
  return { settled: Number(found.rows[0]?.settled ?? 0n), open: Number(found.rows[0]?.open ?? 0n) };
}
