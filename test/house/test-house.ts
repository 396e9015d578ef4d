import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase, type Database } from '#engine/store/database.ts';
import { openPostgres } from '#jobs/postgres/open-postgres.ts';
import { copyConfig, type ConfigChanges } from './copy-config.ts';
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
  readonly kuvert: (...words: string[]) => Promise<CommandResult>;
  /** Starts a daemon; it is at work only when `started` resolves. */
  readonly spawnDaemon: () => Daemon;
  readonly startDaemon: () => Promise<Daemon>;
  /** Waits until so many files are settled and nothing that follows from them waits. */
  readonly untilDone: (files: number, milliseconds: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A daemon in a process of its own. */
export interface Daemon {
  readonly pid: number;
  /** Resolves when the daemon watches its inboxes; rejects with what it printed if it ends before. */
  readonly started: Promise<void>;
  /** All that it has told on the terminal. */
  readonly printed: () => string;
  /** Resolves with what it printed if it ends, whatever ends it. */
  readonly ended: Promise<string>;
  /** Ends it by a signal and gives its exit code; null if the signal ended it. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
}

export interface TestHouseOptions {
  /** `KUVERT_NOW`; absent: the real clock. */
  readonly now?: string;
  readonly stabilitySeconds?: number;
  readonly changes?: ConfigChanges;
}

const POLL_MILLISECONDS = 100;
/** As in the configuration that comes with Kuvert. */
export const DEFAULT_STABILITY_SECONDS = 5;

export async function openTestHouse({ now, stabilitySeconds = 1, changes = {} }: TestHouseOptions = {}): Promise<TestHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'kuvert-house-'));
  const home = join(folder, 'home');
  const configFolder = join(folder, 'config');
  const stability = (text: string): string => text.replace(/stabilitySeconds: \d+/, `stabilitySeconds: ${stabilitySeconds}`);
  await copyConfig(configFolder, {
    ...(stabilitySeconds === DEFAULT_STABILITY_SECONDS ? {} : { 'limits.yaml': stability }),
    ...changes,
  });
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
  const daemons: Daemon[] = [];
  const spawnDaemon = (): Daemon => {
    const daemon = daemonOf(run(['daemon']));
    daemons.push(daemon);
    return daemon;
  };
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
    spawnDaemon,
    startDaemon: async () => {
      const daemon = spawnDaemon();
      await daemon.started;
      return daemon;
    },
    untilDone: (files, milliseconds) => untilDone(database, files, milliseconds),
    close: async () => {
      // A test that failed leaves its daemon running.
      await Promise.all(daemons.map((daemon) => daemon.end('SIGKILL')));
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
function daemonOf(child: ChildProcess): Daemon {
  let printed = '';
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  const started = new Promise<void>((resolve, reject) => {
    const hear = (text: string): void => {
      printed += text;
      if (printed.includes('daemon.started')) resolve();
    };
    child.stderr?.setEncoding('utf8').on('data', hear);
    child.stdout?.setEncoding('utf8').on('data', hear);
    void ended.then(([code, signal]) => reject(new Error(`the daemon ended with ${code ?? signal}: ${printed}`)));
  });
  // A daemon that is killed while it starts is no trouble to a test that does not wait for it.
  started.catch(() => undefined);
  const { pid } = child;
  if (pid === undefined) throw new Error('the daemon was not started');
  return {
    pid,
    started,
    ended: ended.then(([code, signal]) => `it ended with ${code ?? signal}: ${printed}`),
    printed: () => printed,
    end: async (signal) => {
      child.kill(signal);
      return (await ended)[0];
    },
  };
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
  const there = await database.query<{ there: boolean }>(`select to_regclass('kuvert.outbound') is not null as there`);
  if (there.rows[0]?.there !== true) return { settled: 0, open: 0 };
  const found = await database.query<{ settled: bigint; open: bigint }>(
    `select (select count(*) from kuvert.file where settlement > 0) as settled,
       (select count(*) from kuvert.file where receipted < settlement or settlement = 0)
       + (select count(*) from kuvert.document where state in ('waiting', 'spooled'))
       + (select count(*) from kuvert.outbound where state = 'planned' or (state = 'written' and remote is not null)) as open`,
  );
  return { settled: Number(found.rows[0]?.settled ?? 0n), open: Number(found.rows[0]?.open ?? 0n) };
}
