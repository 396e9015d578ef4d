import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ServerAccount } from './server-account.ts';

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
