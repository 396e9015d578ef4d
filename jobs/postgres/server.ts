import { spawn } from 'node:child_process';
import { open, readFile, rm, readdir, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { OperatingError } from '#engine/operating-error.ts';
import type { Log } from '../house/log.ts';
import {
  freePort,
  storeAccess,
  superuserUrl,
  type Access,
  type Cluster,
  type ClusterPlace,
  createCluster,
  isPortTaken,
  isTakenMeanwhile,
  startTrouble,
  HOST,
} from './cluster.ts';
import { programEnvironment } from './binaries.ts';
import { join } from 'node:path';
import { pidCommand, pidIdentity } from './lock.ts';

const START_ATTEMPTS = 20;
const ATTEMPT_PAUSE_MILLISECONDS = 500;
const READY_POLL_MILLISECONDS = 25;
/** Recovery after a crash replays at most max_wal_size; slow disks need minutes for it. */
const READY_DEADLINE_MILLISECONDS = 5 * 60_000;
const STOP_DEADLINE_MILLISECONDS = 60_000;
const CONNECT_DEADLINE_MILLISECONDS = 5_000;

/**
 * Returns the access of a server that answers, starting it if none runs on the cluster. The caller holds the start lock.
 *
 * @throws OperatingError saying what to do when it cannot be started.
 */
export async function ensureServer(cluster: Cluster, access: Access, log: Log): Promise<Access> {
  await createCluster(cluster, access, log);
  let port = access.port;
  let said = '';
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt += 1) {
    const running = (await findPostmaster(cluster)) ?? (await startServer(cluster, port, log));
    if ('said' in running) {
      said = running.said;
      if (isPortTaken(said)) port = await freePort();
      else await sleep(ATTEMPT_PAUSE_MILLISECONDS);
    } else {
      const reached = await waitForAnswer(cluster, { ...access, port: running.port });
      if (reached !== undefined) return keepPort(cluster, access, reached);
    }
  }
  throw startTrouble('starting', cluster, said);
}

/** Stops the server, ending every connection (PostgreSQL's "fast" shutdown, which leaves nothing to recover). */
export async function stopServer(cluster: ClusterPlace, log: Log): Promise<void> {
  const running = await findPostmaster(cluster);
  if (running === undefined) return;
  process.kill(running.pid, 'SIGINT');
  const deadline = Date.now() + STOP_DEADLINE_MILLISECONDS;
  while ((await findPostmaster(cluster)) !== undefined) {
    if (Date.now() > deadline) {
      log.error('database.stop-slow', { pid: running.pid });
      return;
    }
    await sleep(READY_POLL_MILLISECONDS);
  }
  log.info('database.stopped', { pid: running.pid });
}

/** Starts the server detached from kuvert. What the server said, when another one has the cluster or the port: look or try again. */
async function startServer(cluster: Cluster, port: number, log: Log): Promise<Postmaster | { readonly said: string }> {
  await removeStalePidFile(cluster);
  const mark = await markServerLog(cluster);
  const output = await open(startLogPath(cluster), 'w', 0o600);
  const settings = serverSettings(cluster, port).flatMap((setting) => ['-c', setting]);
  // A session of its own: neither Ctrl-C in kuvert's terminal nor a kill of kuvert's group reaches the server.
  const child = spawn(cluster.binaries.postgres, ['-D', cluster.dataDirectory, ...settings], {
    ...cluster.account,
    cwd: '/',
    env: programEnvironment,
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
  });
  const exit: { failure?: string } = {};
  child.once('error', (cause) => (exit.failure = cause.message));
  child.once('exit', (code, signal) => (exit.failure ??= `ended with ${signal ?? code}`));
  child.unref();
  await output.close();
  const deadline = Date.now() + READY_DEADLINE_MILLISECONDS;
  while (Date.now() < deadline && exit.failure === undefined) {
    const running = await findPostmaster(cluster);
    if (running?.ready === true) {
      log.info('database.started', { pid: running.pid, port: running.port });
      return running;
    }
    await sleep(READY_POLL_MILLISECONDS);
  }
  const said = `${await wordsSince(cluster, mark)}\n${exit.failure ?? 'not ready in time'}`;
  if (isTakenMeanwhile(said) || isPortTaken(said)) return { said };
  throw startTrouble('starting', cluster, said);
}

/** Undefined when the server ends while we wait: it was being stopped, and is to be started anew. */
async function waitForAnswer(cluster: Cluster, access: Access): Promise<Access | undefined> {
  const deadline = Date.now() + READY_DEADLINE_MILLISECONDS;
  for (;;) {
    const failure = await tryConnection(access);
    if (failure === undefined) return access;
    if ((await findPostmaster(cluster)) === undefined) return undefined;
    if (failure.code === '28P01') throw wrongPassword(cluster, failure);
    if (Date.now() > deadline) throw startTrouble('connecting', cluster, failure.message);
    await sleep(READY_POLL_MILLISECONDS);
  }
}

async function tryConnection(access: Access): Promise<(Error & { code?: string }) | undefined> {
  const client = new Client({ connectionString: superuserUrl(access), connectionTimeoutMillis: CONNECT_DEADLINE_MILLISECONDS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return undefined;
  } catch (failure) {
    return failure as Error & { code?: string };
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function keepPort(cluster: Cluster, before: Access, now: Access): Promise<Access> {
  if (before.port !== now.port) await storeAccess(cluster, now);
  return now;
}

function wrongPassword(cluster: Cluster, cause: unknown): OperatingError {
  return new OperatingError({
    problem: `The database in ${cluster.dataDirectory} does not accept the password kept in ${cluster.homeFolder}/access.json.`,
    fix: 'Restore access.json from the same backup as the database.',
    retry: 'never',
    cause,
  });
}

/** Lines of postmaster.pid, counted from 0 (PostgreSQL, src/include/utils/pidfile.h). */
const PID_LINE = 0;
const PORT_LINE = 3;
const STATUS_LINE = 7;

/** A running database server, as its own pid file tells. */
interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** True once it accepts connections. */
  readonly ready: boolean;
}

/** The server running on the cluster, or undefined when none does, whatever a left-over pid file says. */
export async function findPostmaster(cluster: ClusterPlace): Promise<Postmaster | undefined> {
  const text = await readFile(pidFile(cluster), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '';
    throw cause;
  });
  const lines = text.split('\n');
  const pid = Number.parseInt(lines[PID_LINE] ?? '', 10);
  if (!(pid > 0) || !(await runsCluster(pid, cluster))) return undefined;
  return { pid, port: Number.parseInt(lines[PORT_LINE] ?? '', 10), ready: lines[STATUS_LINE]?.trim() === 'ready' };
}

/**
 * Removes the pid file of a server that was killed. PostgreSQL does so itself, except when another program has been given the old
 * pid since. Data stay safe: a server still running would be found by its shared memory, which does not depend on this file.
 */
async function removeStalePidFile(cluster: ClusterPlace): Promise<void> {
  if ((await findPostmaster(cluster)) === undefined) await rm(pidFile(cluster), { force: true });
}

async function runsCluster(pid: number, cluster: ClusterPlace): Promise<boolean> {
  if ((await pidIdentity(pid)) === undefined) return false;
  const command = (await pidCommand(pid)) ?? '';
  return command.includes('postgres') && command.includes(`-D ${cluster.dataDirectory} `);
}

const pidFile = (cluster: ClusterPlace): string => join(cluster.dataDirectory, 'postmaster.pid');

/** How long each log file of the server was at one moment. */
export type ServerLogMark = ReadonlyMap<string, number>;

/** Everything the server says before its own log collector runs. */
const startLogPath = (cluster: Cluster): string => join(cluster.homeFolder, 'start.log');

/** Remembers the ends of the logs, so that yesterday's troubles are not taken for the reason of a failure now. */
async function markServerLog(cluster: Cluster): Promise<ServerLogMark> {
  const sizes = (await collectedLogs(cluster)).map(async (path) => [path, (await stat(path)).size] as const);
  return new Map(await Promise.all(sizes));
}

/** What the server said since the mark, to its start log and to its collected log. */
async function wordsSince(cluster: Cluster, mark: ServerLogMark): Promise<string> {
  const started = await readFile(startLogPath(cluster), 'utf8').catch(() => '');
  const collected = (await collectedLogs(cluster)).map((path) => readFrom(path, mark.get(path) ?? 0));
  return [started, ...(await Promise.all(collected))].join('\n');
}

async function collectedLogs(cluster: Cluster): Promise<readonly string[]> {
  const folder = join(cluster.dataDirectory, 'log');
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.log')).map((name) => join(folder, name));
}

async function readFrom(path: string, start: number): Promise<string> {
  await using file = await open(path);
  const { size } = await file.stat();
  if (size <= start) return '';
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - start), position: start });
  return buffer.toString('utf8', 0, bytesRead);
}

/** Enough for pg-boss, the pools of a daemon and some commands beside it. */
const MAX_CONNECTIONS = 60;
/** Tests hold one pool per database and file at the same time. */
const MAX_TEST_CONNECTIONS = 200;

/** What differs from PostgreSQL's defaults, as `name=value`, with the reason where it is not plain. */
function serverSettings(cluster: Cluster, port: number): readonly string[] {
  const safety = cluster.durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  return [
    `listen_addresses=${HOST}`,
    `port=${port}`,
    // A socket's path may not be longer than 107 bytes, and a home's path may; TCP on the loopback always works.
    'unix_socket_directories=',
    `max_connections=${cluster.durable ? MAX_CONNECTIONS : MAX_TEST_CONNECTIONS}`,
    'password_encryption=scram-sha-256',
    'shared_buffers=256MB',
    'work_mem=16MB',
    'maintenance_work_mem=128MB',
    'max_wal_size=2GB',
    'wal_compression=on',
    'random_page_cost=1.1',
    // Parallel queries need /dev/shm, which containers often give 64 MB only, and fail in the middle when it is full.
    'max_parallel_workers_per_gather=0',
    'jit=off',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_lock_waits=on',
    // One file per weekday, overwritten a week later: the log can never fill the disk by age.
    'logging_collector=on',
    'log_filename=postgresql-%a.log',
    'log_rotation_age=1d',
    'log_truncate_on_rotation=on',
    ...safety,
  ];
}
