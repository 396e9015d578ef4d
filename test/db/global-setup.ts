import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Log } from '#jobs/house/log.ts';
import { openPostgres } from '#jobs/postgres/open-postgres.ts';
import { pidIdentity } from '#jobs/postgres/lock.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of a server on which tests may create databases. */
    readonly testServerUrl: string;
  }
}

const HOME_PREFIX = 'kuvert-postgres-';
const ABANDONED_NAME = new RegExp(`^${HOME_PREFIX}(\\d+)-`);

interface SharedServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Vitest runs this once per project and may load it anew for each, so what they share hangs on the one global object of the run. */
const shared = globalThis as typeof globalThis & { kuvertTestServer?: Promise<SharedServer>; kuvertTestServerUsers?: number };

/** One PostgreSQL for the whole run: KUVERT_TEST_DATABASE_URL, otherwise an embedded one in a temporary folder. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.kuvertTestServer ??= startServer();
  shared.kuvertTestServerUsers = (shared.kuvertTestServerUsers ?? 0) + 1;
  const server = await shared.kuvertTestServer;
  project.provide('testServerUrl', server.url);
  return async () => {
    shared.kuvertTestServerUsers = (shared.kuvertTestServerUsers ?? 1) - 1;
    if (shared.kuvertTestServerUsers > 0) return;
    delete shared.kuvertTestServer;
    await server.stop();
  };
}

async function startServer(): Promise<SharedServer> {
  const databaseUrl = process.env['KUVERT_TEST_DATABASE_URL'];
  if (databaseUrl !== undefined) {
    await openPostgres({ home: tmpdir(), databaseUrl, log: quietLog });
    return { url: databaseUrl, stop: async () => undefined };
  }
  await sweepAbandoned();
  const home = await mkdtemp(join(tmpdir(), `${HOME_PREFIX}${process.pid}-`));
  // The server runs as another user when the tests run as root; mkdtemp makes folders that only their owner may enter.
  await chmod(home, 0o711);
  const server = await openPostgres({ home, durable: false, log: quietLog });
  const stop = async (): Promise<void> => {
    await server.release();
    await rm(home, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}

/** A killed test run leaves its server running; opening and releasing it as the last user stops it. */
async function sweepAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = ABANDONED_NAME.exec(name)?.[1];
    if (pid === undefined || (await pidIdentity(Number.parseInt(pid, 10))) !== undefined) continue;
    const home = join(tmpdir(), name);
    const server = await openPostgres({ home, durable: false, log: quietLog }).catch(() => undefined);
    await server?.release();
    await rm(home, { recursive: true, force: true });
  }
}

/** Troubles end the run with their own message; the rest is no news in a test. */
const quietLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined, child: () => quietLog };
