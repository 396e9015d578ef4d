import { readdir, readFile, readlink } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { errnoOf } from '../files/transfer-error.ts';

/** Access mode bits of open(2): 0 read, 1 write, 2 both. */
const ACCESS_MODE_MASK = 0o3;
const PROCESS_FOLDER = /^\d+$/;

/**
 * Paths under `folder` that some process has open for writing, as Linux shows them in /proc: the only sign that an upload which
 * has paused will go on (XU2). Only processes of the same user are visible without CAP_SYS_PTRACE, so an empty answer proves
 * nothing; settling and the comparison at archiving stand without it. Elsewhere than on Linux the answer is always empty.
 */
export async function openForWritingUnder(folder: string, procFolder = '/proc'): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  for (const processId of await namesOrNone(procFolder)) {
    if (!PROCESS_FOLDER.test(processId)) continue;
    for (const descriptor of await namesOrNone(join(procFolder, processId, 'fd'))) {
      const path = await openPath(join(procFolder, processId), descriptor, folder);
      if (path !== undefined) paths.add(path);
    }
  }
  return paths;
}

async function openPath(processFolder: string, descriptor: string, folder: string): Promise<string | undefined> {
  try {
    const path = await readlink(join(processFolder, 'fd', descriptor));
    const within = relative(folder, path);
    if (within === '' || within.startsWith('..') || isAbsolute(within)) return undefined;
    const flags = /^flags:\s*([0-7]+)$/m.exec(await readFile(join(processFolder, 'fdinfo', descriptor), 'utf8'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & ACCESS_MODE_MASK) !== 0 ? path : undefined;
  } catch (error) {
    return ignoreUnreadable(error);
  }
}

async function namesOrNone(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    return ignoreUnreadable(error) ?? [];
  }
}

/** Processes end while we look, and others' are closed to us. */
function ignoreUnreadable(error: unknown): undefined {
  if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'ENOTDIR', 'EINVAL'].includes(errnoOf(error) ?? '')) return undefined;
  throw error;
}
