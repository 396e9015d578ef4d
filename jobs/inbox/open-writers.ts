import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { errnoOf } from '../files/transfer-error.ts';

/** Access mode bits of open(2): 0 read, 1 write, 2 both. */
const ACCESS_MODE_MASK = 0o3;
const PROCESS_FOLDER = /^\d+$/;

/**
 * Paths under `folder` that some process has open for writing, as Linux shows them in /proc: the only sign that an upload which
 * has paused will go on (XU2). Only processes of the same user are visible without CAP_SYS_PTRACE, so an empty answer proves
 * nothing; settling and the comparison at archiving stand without it. Elsewhere than on Linux the answer is always empty.
 *
 * The kernel answers these reads from memory, some ten times faster than a turn through the thread pool takes; so one process is
 * looked through at a time, and others get a turn in between.
 */
export async function openForWritingUnder(folder: string, procFolder = '/proc'): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  for (const processId of namesOrNone(procFolder)) {
    if (!PROCESS_FOLDER.test(processId)) continue;
    for (const path of writtenBy(join(procFolder, processId), folder)) paths.add(path);
    await breathe();
  }
  return paths;
}

function writtenBy(processFolder: string, folder: string): readonly string[] {
  return namesOrNone(join(processFolder, 'fd')).flatMap((descriptor) => {
    const path = ifReadable(() => readlinkSync(join(processFolder, 'fd', descriptor)));
    if (path === undefined || !isUnder(folder, path)) return [];
    const facts = ifReadable(() => readFileSync(join(processFolder, 'fdinfo', descriptor), 'utf8')) ?? '';
    const flags = /^flags:\s*([0-7]+)$/m.exec(facts)?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & ACCESS_MODE_MASK) !== 0 ? [path] : [];
  });
}

function isUnder(folder: string, path: string): boolean {
  // Sockets and pipes have names without a slash in front.
  if (!isAbsolute(path)) return false;
  const within = relative(folder, path);
  return within !== '' && !within.startsWith('..') && !isAbsolute(within);
}

const namesOrNone = (folder: string): readonly string[] => ifReadable(() => readdirSync(folder)) ?? [];

const UNREADABLE: ReadonlySet<string> = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'ENOTDIR', 'EINVAL']);

/** Processes end while we look, and others' are closed to us. */
function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (UNREADABLE.has(errnoOf(error) ?? '')) return undefined;
    throw error;
  }
}
