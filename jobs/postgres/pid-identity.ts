import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

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
