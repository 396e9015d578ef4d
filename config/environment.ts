import { resolve } from 'node:path';

/** What the house takes from the environment of its program. */
export interface Environment {
  /** KUVERT_HOME, absolute: inbox, work, archive, outbox, logs. */
  readonly home: string;
  /** KUVERT_CONFIG, absolute: the folder of `bureau.yaml`. */
  readonly configFolder: string;
  /** KUVERT_DATABASE_URL; absent: the house starts its own PostgreSQL under its home. */
  readonly databaseUrl?: string;
  /** KUVERT_NOW: the clock stands at this instant, for tests and re-runs; absent: the real clock. */
  readonly now?: Date;
}

const HOME_FOLDER = 'var';
const CONFIG_FOLDER = 'config';

/**
 * Reads the variables named KUVERT_…; paths are resolved against the current folder. Throws an EnvironmentError that names the variable
 * if one cannot be used.
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>, currentFolder: string): Environment {
  const databaseUrl = given(env, 'KUVERT_DATABASE_URL');
  const now = given(env, 'KUVERT_NOW');
  return {
    home: resolve(currentFolder, given(env, 'KUVERT_HOME') ?? HOME_FOLDER),
    configFolder: resolve(currentFolder, given(env, 'KUVERT_CONFIG') ?? CONFIG_FOLDER),
    ...(databaseUrl === undefined ? {} : { databaseUrl: checkedDatabaseUrl(databaseUrl) }),
    ...(now === undefined ? {} : { now: instant(now) }),
  };
}

/** An empty variable counts as absent, as shells and service files have it. */
const given = (env: Readonly<Record<string, string | undefined>>, name: string): string | undefined => env[name] || undefined;

function checkedDatabaseUrl(text: string): string {
  // The address may hold a password, so the message does not repeat it.
  if (!/^postgres(?:ql)?:\/\/./.test(text) || !URL.canParse(text)) {
    throw new EnvironmentError('KUVERT_DATABASE_URL', 'is no address such as postgres://user@host:5432/kuvert');
  }
  return text;
}

function instant(text: string): Date {
  const date = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/.test(text) || Number.isNaN(date.getTime())) {
    throw new EnvironmentError('KUVERT_NOW', `is no instant such as 2026-11-21T09:00:00Z: ${text}`);
  }
  return date;
}

/** A variable of the environment cannot be used as it is; nothing was started. */
export class EnvironmentError extends Error {
  constructor(variable: string, problem: string) {
    super(`environment variable ${variable} ${problem}`);
    this.name = 'EnvironmentError';
  }
}
