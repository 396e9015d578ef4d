import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, realpath, stat, writeFile, rename, chown, readdir, rm } from 'node:fs/promises';
import { join, basename } from 'node:path';
import { OperatingError } from '#engine/operating-error.ts';
import { findBinaries, type Binaries, runProgram, serverAccount, type ServerAccount } from './binaries.ts';
import { createServer } from 'node:net';
import type { Log } from '../house/log.ts';

/** Where root puts what the server's user must reach when the home or the checkout is closed to that user. */
const SHARED_FOLDER = '/var/lib/kuvert';
const POINTER_FILE = 'place.json';
const NAME_BYTES = 8;

/** Where a home's database cluster lies. */
export interface ClusterPlace {
  /** `<home>/postgres`: locks, passwords, pointer; kuvert's own user reads it. */
  readonly homeFolder: string;
  /** Holds the data directory and the server's start log; its path is enterable by the server's user. */
  readonly folder: string;
  readonly dataDirectory: string;
}

/** One database cluster of one home: where it lies and what runs it. */
export interface Cluster extends ClusterPlace {
  readonly account: ServerAccount | undefined;
  readonly binaries: Binaries;
  /** False gives up safety against power loss for speed; for tests only. */
  readonly durable: boolean;
}

interface Pointer {
  readonly home: string;
  readonly folder: string;
}

/** Has the home a database cluster of its own, made by an earlier command? */
export const hasOwnDatabase = async (home: string): Promise<boolean> => (await findPlace(home)) !== undefined;

/** The place of a cluster that an earlier command made, found without looking at what runs it; undefined if the home has none. */
export async function findPlace(home: string): Promise<ClusterPlace | undefined> {
  const realHome = await realpath(home).catch(() => undefined);
  if (realHome === undefined) return undefined;
  const homeFolder = join(realHome, 'postgres');
  if ((await stat(homeFolder).catch(() => undefined))?.isDirectory() !== true) return undefined;
  const pointer = await readPointer(homeFolder);
  const folder = pointer === undefined ? homeFolder : followPointer(pointer, { realHome, homeFolder });
  const dataDirectory = join(folder, 'cluster');
  const made = await stat(dataDirectory).catch(() => undefined);
  return made === undefined ? undefined : { homeFolder, folder, dataDirectory };
}

/** Finds, or prepares on the first start, the place of the home's database cluster. */
export async function locateCluster({ home, durable }: { readonly home: string; readonly durable: boolean }): Promise<Cluster> {
  try {
    return await locate(home, durable);
  } catch (cause) {
    // Only what the operating system refused is the operator's to mend.
    if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw new OperatingError({
      problem: `The database's folder under ${home} cannot be used: ${(cause as Error).message}.`,
      fix: 'Run every kuvert command of one home as the same user, with write permission and space there, or set a database URL.',
      retry: 'later',
      cause,
    });
  }
}

async function locate(home: string, durable: boolean): Promise<Cluster> {
  await mkdir(home, { recursive: true });
  const realHome = await realpath(home);
  const homeFolder = join(realHome, 'postgres');
  await openFolder(homeFolder);
  const account = await serverAccount();
  const folder = await clusterFolder({ realHome, homeFolder, account });
  const copyFolder = account === undefined ? homeFolder : SHARED_FOLDER;
  if (account !== undefined) await openFolder(SHARED_FOLDER);
  const binaries = await findBinaries(copyFolder, account);
  return { homeFolder, folder, dataDirectory: join(folder, 'cluster'), account, binaries, durable };
}

/** Passing through is allowed to all whatever the umask says: the server's user must get to its data directory, which itself is 0700. */
async function openFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) await chmod(folder, 0o711);
}

interface PlaceQuestion {
  readonly realHome: string;
  readonly homeFolder: string;
  readonly account: ServerAccount | undefined;
}

async function clusterFolder({ realHome, homeFolder, account }: PlaceQuestion): Promise<string> {
  const pointer = await readPointer(homeFolder);
  if (pointer !== undefined) return followPointer(pointer, { realHome, homeFolder });
  if (account === undefined || (await canEnter(homeFolder, account))) return homeFolder;
  // A name of its own each time, remembered by the pointer: a home that was deleted and made anew must not meet the old one's cluster.
  const folder = join(SHARED_FOLDER, randomBytes(NAME_BYTES).toString('hex'));
  await openFolder(SHARED_FOLDER);
  await openFolder(folder);
  if (!(await canEnter(folder, account))) throw unreachable(folder);
  await writeFile(join(homeFolder, POINTER_FILE), `${JSON.stringify({ home: realHome, folder }, undefined, 2)}\n`);
  return folder;
}

/** The answer of the system itself, so that access lists and mount options count too. */
async function canEnter(folder: string, account: ServerAccount): Promise<boolean> {
  const answer = await runProgram('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], account);
  return answer.ok;
}

async function readPointer(homeFolder: string): Promise<Pointer | undefined> {
  try {
    return JSON.parse(await readFile(join(homeFolder, POINTER_FILE), 'utf8')) as Pointer;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

/** A copy of a home must never run on the original's database. */
function followPointer(pointer: Pointer, { realHome, homeFolder }: Omit<PlaceQuestion, 'account'>): string {
  if (pointer.home === realHome) return pointer.folder;
  throw new OperatingError({
    problem: `This home is ${realHome}, but its database in ${pointer.folder} belongs to ${pointer.home}.`,
    fix: `If the home was moved, write the new path as "home" in ${join(homeFolder, POINTER_FILE)}. If it was copied, start from a new home.`,
    retry: 'never',
  });
}

function unreachable(folder: string): OperatingError {
  return new OperatingError({
    problem: `The database server's user cannot enter ${folder}.`,
    fix: 'Put the home where other users may pass through (chmod o+x on every folder above it), or set a database URL.',
    retry: 'never',
  });
}

export const HOST = '127.0.0.1';
export const DATABASE = 'kuvert';
/** PostgreSQL's own superuser; kuvert uses it only to create its own role and database. */
const SUPERUSER = 'postgres';
const PASSWORD_BYTES = 24;

/** How to get into the home's server. Kept in the home, readable by kuvert's user alone. */
export interface Access {
  readonly superuserPassword: string;
  readonly password: string;
  /** The port of the last start: kept where possible, so that open pools find the server again after a crash. */
  readonly port: number;
}

/** Reads the home's access file, or makes it with new passwords before the cluster is created. */
export async function loadAccess(cluster: ClusterPlace): Promise<Access> {
  const known = await readAccess(cluster);
  if (known !== undefined) return known;
  const password = (): string => randomBytes(PASSWORD_BYTES).toString('hex');
  const access = { superuserPassword: password(), password: password(), port: await freePort() };
  await storeAccess(cluster, access);
  return access;
}

/** Undefined where no command has made the file yet. */
export async function readAccess(cluster: ClusterPlace): Promise<Access | undefined> {
  const path = accessPath(cluster);
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Access;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(path, cause);
  }
}

/** Replaces the access file whole. */
export async function storeAccess(cluster: ClusterPlace, access: Access): Promise<void> {
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

const accessPath = (cluster: ClusterPlace): string => join(cluster.homeFolder, 'access.json');

function unreadable(path: string, cause: unknown): OperatingError {
  return new OperatingError({
    problem: `The database's password file ${path} cannot be read: ${(cause as Error).message}.`,
    fix: 'Run kuvert as the user that created this home, or set a database URL.',
    retry: 'never',
    cause,
  });
}

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

/** Characters of PostgreSQL's own words carried in the error; the end says why. */
const MAX_QUOTED_CHARACTERS = 600;

interface KnownTrouble {
  readonly sign: RegExp;
  readonly problem: string;
  readonly fix: string;
  readonly retry: 'later' | 'never';
}

const knownTroubles: readonly KnownTrouble[] = [
  {
    sign: /No space left on device|Disk quota exceeded/i,
    problem: 'The disk of the database is full.',
    fix: 'Free space there and start again; nothing booked is lost.',
    retry: 'later',
  },
  {
    sign: /Permission denied|Operation not permitted|has wrong ownership|invalid permissions/i,
    problem: 'The database server may not use its folder.',
    fix: "Give the folder back to the server's user with mode 0700, or run kuvert as the user that created this home.",
    retry: 'never',
  },
  {
    sign: /incompatible with server/i,
    problem: 'The data directory was made by another version of PostgreSQL.',
    fix: 'Use the kuvert version that made it to move the data, or set a database URL.',
    retry: 'never',
  },
  {
    sign: /could not create shared memory|could not map anonymous shared memory|Cannot allocate memory/i,
    problem: 'There is not enough memory for the database server.',
    fix: 'Free memory or raise the limit of this machine or container.',
    retry: 'later',
  },
  {
    sign: /invalid checkpoint record|could not locate a valid checkpoint|could not open file .*pg_/i,
    problem: 'The data directory is damaged.',
    fix: 'Restore the home from its last backup.',
    retry: 'never',
  },
];

/** Turns what initdb or the server wrote into an error that says what to do. */
export function startTrouble(step: string, cluster: Cluster, said: string): OperatingError {
  const known = knownTroubles.find((trouble) => trouble.sign.test(said));
  const quoted = said.trim().slice(-MAX_QUOTED_CHARACTERS);
  return new OperatingError({
    problem: `${known?.problem ?? 'The embedded database did not start.'} (${step}, ${cluster.dataDirectory}: ${quoted})`,
    fix: known?.fix ?? 'Look at the words above and the log in that folder, or set a database URL.',
    retry: known?.retry ?? 'later',
  });
}

/** Another server has, or is just leaving, the cluster: looking again finds it or its absence. */
export const isTakenMeanwhile = (said: string): boolean =>
  /lock file "postmaster\.pid" already exists|is still in use|could not open lock file/i.test(said);

export const isPortTaken = (said: string): boolean => /Address already in use|could not create any TCP\/IP sockets/i.test(said);
