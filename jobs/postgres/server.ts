import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { OperatingError } from '#engine/operating-error.ts';
import type { Log } from '../log/log.ts';
import { freePort, storeAccess, superuserUrl, type Access } from './access.ts';
import type { Cluster } from './cluster.ts';
import { createCluster } from './create-cluster.ts';
import { findPostmaster, removeStalePidFile, type Postmaster } from './postmaster.ts';
import { programEnvironment } from './run-program.ts';
import { markServerLog, startLogPath, wordsSince } from './server-log.ts';
import { serverSettings } from './server-settings.ts';
import { isPortTaken, isTakenMeanwhile, startTrouble } from './start-trouble.ts';

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
export async function stopServer(cluster: Cluster, log: Log): Promise<void> {
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
