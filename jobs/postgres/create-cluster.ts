import { randomUUID } from 'node:crypto';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { OperatingError } from '#engine/operating-error.ts';
import type { Log } from '../log/log.ts';
import { SUPERUSER, type Access } from './access.ts';
import type { Cluster } from './cluster.ts';
import { runProgram } from './run-program.ts';
import { startTrouble } from './start-trouble.ts';

const HALF = '.half-';

/** Makes the cluster if the home has none yet, and refuses one that another major version of PostgreSQL made. */
export async function createCluster(cluster: Cluster, access: Access, log: Log): Promise<void> {
  await sweepHalves(cluster);
  const version = await readFile(join(cluster.dataDirectory, 'PG_VERSION'), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw startTrouble('reading PG_VERSION', cluster, cause.message);
  });
  if (version === undefined) return initialise(cluster, access, log);
  if (version.trim() !== cluster.binaries.major) throw otherVersion(cluster, version.trim());
}

/**
 * Works in a folder beside and renames at the end: a creation broken off half-way leaves nothing that looks like a cluster. The
 * folder's name is new each time, because the initdb of a killed kuvert goes on writing into its own.
 */
async function initialise(cluster: Cluster, access: Access, log: Log): Promise<void> {
  const half = `${cluster.dataDirectory}${HALF}${randomUUID()}`;
  const passwordFile = `${half}-password`;
  try {
    await mkdir(half, { mode: 0o700 });
    await writeFile(passwordFile, access.superuserPassword, { mode: 0o600 });
    for (const path of [half, passwordFile]) await giveToServer(path, cluster);
    const answer = await runProgram(cluster.binaries.initdb, initialiseArguments(cluster, half, passwordFile), cluster.account);
    if (!answer.ok) throw startTrouble('initdb', cluster, answer.failure);
    await rename(half, cluster.dataDirectory);
    log.info('database.created', { folder: cluster.dataDirectory });
  } catch (cause) {
    await rm(half, { recursive: true, force: true });
    throw cause instanceof OperatingError ? cause : startTrouble('initdb', cluster, (cause as Error).message);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Removes what broken-off creations left; what an initdb is still writing resists and goes the next time. */
async function sweepHalves(cluster: Cluster): Promise<void> {
  const prefix = `${basename(cluster.dataDirectory)}${HALF}`;
  const left = (await readdir(cluster.folder)).filter((name) => name.startsWith(prefix));
  for (const name of left) await rm(join(cluster.folder, name), { recursive: true, force: true }).catch(() => undefined);
}

function initialiseArguments(cluster: Cluster, folder: string, passwordFile: string): readonly string[] {
  return [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth-host=scram-sha-256',
    '--auth-local=reject',
    '--encoding=UTF8',
    // Built in: the same order and case rules whatever libraries and locales the machine has, so indexes never go stale.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
    ...(cluster.durable ? [] : ['--no-sync']),
  ];
}

async function giveToServer(path: string, { account }: Cluster): Promise<void> {
  if (account === undefined) return;
  await chown(path, account.uid, account.gid);
  await chmod(path, path.endsWith('-password') ? 0o600 : 0o700);
}

function otherVersion(cluster: Cluster, version: string): OperatingError {
  return new OperatingError({
    problem: `The database in ${cluster.dataDirectory} is of PostgreSQL ${version}, and this kuvert carries ${cluster.binaries.major}.`,
    fix: `Start the kuvert version with PostgreSQL ${version} and move the data with its pg_dump, or set a database URL.`,
    retry: 'never',
  });
}
