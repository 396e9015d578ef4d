import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from './cluster.ts';
import { pidCommand, pidIdentity } from './pid-identity.ts';

/** Lines of postmaster.pid, counted from 0 (PostgreSQL, src/include/utils/pidfile.h). */
const PID_LINE = 0;
const PORT_LINE = 3;
const STATUS_LINE = 7;

/** A running database server, as its own pid file tells. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** True once it accepts connections. */
  readonly ready: boolean;
}

/** The server running on the cluster, or undefined when none does, whatever a left-over pid file says. */
export async function findPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
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
export async function removeStalePidFile(cluster: Cluster): Promise<void> {
  if ((await findPostmaster(cluster)) === undefined) await rm(pidFile(cluster), { force: true });
}

async function runsCluster(pid: number, cluster: Cluster): Promise<boolean> {
  if ((await pidIdentity(pid)) === undefined) return false;
  const command = (await pidCommand(pid)) ?? '';
  return command.includes('postgres') && command.includes(`-D ${cluster.dataDirectory} `);
}

const pidFile = (cluster: Cluster): string => join(cluster.dataDirectory, 'postmaster.pid');
