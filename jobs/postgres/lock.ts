import { link, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatingError } from '#engine/operating-error.ts';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A start after a crash replays the write-ahead log, which takes minutes at most; a holder that keeps the lock longer hangs. */
const LOCK_DEADLINE_MILLISECONDS = 10 * 60_000;
const LOCK_POLL_MILLISECONDS = 50;

interface LockHolder {
  readonly pid: number;
  readonly identity: string;
}

/**
 * Runs the work while no other kuvert on this home starts or stops the database server.
 *
 * The lock is the highest-numbered file `lock.N` in the folder: whoever creates the next number owns it, and creating a name that
 * exists fails, so exactly one of several that saw the same dead owner takes over. Deleting and re-creating one fixed name
 * would let two of them in.
 */
export async function withStartLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = await takeLock(folder);
  try {
    return await work();
  } finally {
    // Emptied, not deleted: the numbers must go on growing, or a slow reader of the folder could create one a second time.
    await writeFile(path, '');
  }
}

async function takeLock(folder: string): Promise<string> {
  const identity = await pidIdentity(process.pid);
  const claim = join(folder, `claim.${process.pid}.${crypto.randomUUID()}`);
  await writeFile(claim, JSON.stringify({ pid: process.pid, identity }), { mode: 0o600 });
  const deadline = Date.now() + LOCK_DEADLINE_MILLISECONDS;
  try {
    for (;;) {
      const highest = (await lockNumbers(folder)).at(-1) ?? 0;
      const holder = await liveHolder(lockPath(folder, highest));
      if (holder === undefined && (await tryNumber(folder, claim, highest + 1))) {
        await sweepClaims(folder);
        return lockPath(folder, highest + 1);
      }
      if (holder !== undefined && Date.now() > deadline) throw heldTooLong(folder, holder);
      await sleep(LOCK_POLL_MILLISECONDS);
    }
  } finally {
    await unlink(claim);
  }
}

/** A hard link to the written claim appears complete or not at all; a later number seen afterwards means that we read an old list. */
async function tryNumber(folder: string, claim: string, number: number): Promise<boolean> {
  try {
    await link(claim, lockPath(folder, number));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
  const numbers = await lockNumbers(folder);
  const mine = numbers.at(-1) === number;
  const passed = mine ? numbers.slice(0, -1) : [number];
  for (const old of passed) await unlink(lockPath(folder, old)).catch(() => undefined);
  return mine;
}

/** Removes the claims of programs that were killed while they waited. */
async function sweepClaims(folder: string): Promise<void> {
  const claims = (await readdir(folder)).filter((name) => name.startsWith('claim.'));
  for (const name of claims) {
    const pid = Number.parseInt(name.slice('claim.'.length), 10);
    if ((await pidIdentity(pid)) === undefined) await unlink(join(folder, name)).catch(() => undefined);
  }
}

async function liveHolder(path: string): Promise<LockHolder | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const holder = readHolder(text);
  if (holder === undefined) return undefined;
  return (await pidIdentity(holder.pid)) === holder.identity ? holder : undefined;
}

/** After a power cut a file may hold zeros instead of what was written; then its owner is gone too. */
function readHolder(text: string): LockHolder | undefined {
  try {
    return JSON.parse(text) as LockHolder;
  } catch {
    return undefined;
  }
}

async function lockNumbers(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder);
  const numbers = names.filter((name) => /^lock\.\d+$/.test(name)).map((name) => Number.parseInt(name.slice('lock.'.length), 10));
  return numbers.sort((a, b) => a - b);
}

const lockPath = (folder: string, number: number): string => join(folder, `lock.${number}`);

function heldTooLong(folder: string, holder: LockHolder): OperatingError {
  return new OperatingError({
    problem: `Another kuvert (pid ${holder.pid}) has held the database's start lock in ${folder} for too long.`,
    fix: `Look at what pid ${holder.pid} is doing; end it if it hangs, and try again.`,
    retry: 'later',
  });
}

const run = promisify(execFile);
/** Fields of /proc/PID/stat after the command's closing bracket (man proc_pid_stat): state is the 3rd field, start time the 22nd. */
const STATE_FIELD = 0;
const START_TIME_FIELD = 19;

/**
 * Names one run of one program for ever: a pid alone is given out again, above all in containers and after a restart of the machine.
 * Undefined when no such program runs any more (a zombie does not run).
 */
export async function pidIdentity(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? linuxIdentity(pid) : psLine(pid, 'lstart');
}

/** The command line a pid runs, its arguments parted by spaces, or undefined. */
export async function pidCommand(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return psLine(pid, 'command');
  const bytes = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return bytes === '' ? undefined : bytes.replaceAll('\0', ' ').trimEnd();
}

async function linuxIdentity(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The command stands in brackets and may itself hold brackets and spaces, so the fields are counted from the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const started = fields[START_TIME_FIELD];
  if (started === undefined || fields[STATE_FIELD] === 'Z' || fields[STATE_FIELD] === 'X') return undefined;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return `${boot.trim()}:${started}`;
}

async function psLine(pid: number, column: 'lstart' | 'command'): Promise<string | undefined> {
  const answer = await run('ps', ['-o', `${column}=`, '-p', String(pid)]).catch(() => ({ stdout: '' }));
  const line = answer.stdout.trim();
  return line === '' ? undefined : line;
}
