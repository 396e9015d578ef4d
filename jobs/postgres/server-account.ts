import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OperatingError } from '#engine/operating-error.ts';

const run = promisify(execFile);
const USUAL_ACCOUNT = 'postgres';
const OWN_ACCOUNT = 'kuvert-postgres';

/** The ordinary user that the server runs as. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root lends it the system's own user `postgres` or makes one. An ordinary user runs it as
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
    problem: 'PostgreSQL may not run as root, and a system user for it could not be created.',
    fix: `Create a user named ${USUAL_ACCOUNT}, run kuvert as an ordinary user, or set a database URL.`,
    retry: 'never',
    cause,
  });
}
