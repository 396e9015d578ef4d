import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { OperatingError } from '#engine/operating-error.ts';
import type { Cluster } from './cluster.ts';

export const HOST = '127.0.0.1';
export const DATABASE = 'kuvert';
/** PostgreSQL's own superuser; kuvert uses it only to create its own role and database. */
export const SUPERUSER = 'postgres';
const PASSWORD_BYTES = 24;

/** How to get into the home's server. Kept in the home, readable by kuvert's user alone. */
export interface Access {
  readonly superuserPassword: string;
  readonly password: string;
  /** The port of the last start: kept where possible, so that open pools find the server again after a crash. */
  readonly port: number;
}

/** Reads the home's access file, or makes it with new passwords before the cluster is created. */
export async function loadAccess(cluster: Cluster): Promise<Access> {
  const path = accessPath(cluster);
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Access;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(path, cause);
  }
  const password = (): string => randomBytes(PASSWORD_BYTES).toString('hex');
  const access = { superuserPassword: password(), password: password(), port: await freePort() };
  await storeAccess(cluster, access);
  return access;
}

/** Replaces the access file whole. */
export async function storeAccess(cluster: Cluster, access: Access): Promise<void> {
  const path = accessPath(cluster);
  const half = `${path}.half`;
  await writeFile(half, `${JSON.stringify(access, undefined, 2)}\n`, { mode: 0o600, flush: true });
  await rename(half, path);
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', reject);
  server.listen(0, HOST, () => {
    const address = server.address();
    server.close(() => {
      if (address === null || typeof address === 'string') reject(new Error('no TCP port was given'));
      else resolve(address.port);
    });
  });
  return promise;
}

/** The URL that kuvert itself connects by. */
export const kuvertUrl = (access: Access, database: string = DATABASE): string =>
  `postgresql://kuvert:${access.password}@${HOST}:${access.port}/${database}`;

export const superuserUrl = (access: Access): string =>
  `postgresql://${SUPERUSER}:${access.superuserPassword}@${HOST}:${access.port}/postgres`;

const accessPath = (cluster: Cluster): string => join(cluster.homeFolder, 'access.json');

function unreadable(path: string, cause: unknown): OperatingError {
  return new OperatingError({
    problem: `The database's password file ${path} cannot be read: ${(cause as Error).message}.`,
    fix: 'Run kuvert as the user that created this home, or set a database URL.',
    retry: 'never',
    cause,
  });
}
