import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatingError } from '#engine/operating-error.ts';
import { findBinaries, type Binaries } from './binaries.ts';
import { runProgram } from './run-program.ts';
import { serverAccount, type ServerAccount } from './server-account.ts';

/** Where root puts what the server's user must reach when the home or the checkout is closed to that user. */
const SHARED_FOLDER = '/var/lib/kuvert';
const POINTER_FILE = 'place.json';
const NAME_BYTES = 8;

/** One database cluster of one home: where it lies and what runs it. */
export interface Cluster {
  /** `<home>/postgres`: locks, passwords, pointer; kuvert's own user reads it. */
  readonly homeFolder: string;
  /** Holds the data directory and the server's start log; its path is enterable by the server's user. */
  readonly folder: string;
  readonly dataDirectory: string;
  readonly account: ServerAccount | undefined;
  readonly binaries: Binaries;
  /** False gives up safety against power loss for speed; for tests only. */
  readonly durable: boolean;
}

interface Pointer {
  readonly home: string;
  readonly folder: string;
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
