import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Log } from '../house/log.ts';
import {
  DATABASE,
  findPlace,
  kuvertUrl,
  loadAccess,
  locateCluster,
  readAccess,
  superuserUrl,
  type Access,
  type ClusterPlace,
} from './cluster.ts';
import { ensureServer, findPostmaster, stopServer } from './server.ts';
import { withStartLock } from './lock.ts';

const REJOIN_PAUSE_MILLISECONDS = 500;
const MAX_REJOIN_PAUSE_MILLISECONDS = 30_000;

/** This kuvert's share in the home's server: the registration changes when the server was killed and had to be started again. */
interface Share extends Joined {
  readonly options: EmbeddedOptions;
  released: boolean;
}

interface Joined {
  place: ClusterPlace;
  client: Client;
  access: Access;
}

interface EmbeddedOptions {
  readonly home: string;
  readonly durable: boolean;
  readonly log: Log;
}

export interface EmbeddedPostgres {
  readonly url: string;
  /** Takes back this kuvert's share; the last one to do so stops the server. Close every pool first. */
  readonly release: () => Promise<void>;
}

/**
 * Joins the home's own PostgreSQL server, starting it if needed. All kuvert commands and daemons on one home share one server, which
 * lives until the last of them releases it and survives a kill of any. A server that dies is started again on the same port.
 */
export async function openEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const share: Share = { options, released: false, ...(await join(options)) };
  watch(share);
  const url = kuvertUrl(share.access);
  return { url, release: () => release(share) };
}

const join = async (options: EmbeddedOptions): Promise<Joined> => (await joinRunning(options.home)) ?? joinStarting(options);

/** The short way, without a look at programs and users: most commands find the server of a daemon that runs. */
async function joinRunning(home: string): Promise<Joined | undefined> {
  const place = await findPlace(home);
  if (place === undefined) return undefined;
  return withStartLock(place.homeFolder, async () => {
    const running = await findPostmaster(place);
    const access = await readAccess(place);
    if (running?.ready !== true || access?.port !== running.port) return undefined;
    const client = await registerWithRunning(access);
    return client && { place, client, access };
  });
}

async function joinStarting({ home, durable, log }: EmbeddedOptions): Promise<Joined> {
  const cluster = await locateCluster({ home, durable });
  return withStartLock(cluster.homeFolder, async () => {
    const access = await ensureServer(cluster, await loadAccess(cluster), log);
    await prepareDatabase(access);
    return { place: cluster, access, client: await register(access) };
  });
}

/** Joins again when the registration's connection breaks; without it another kuvert could stop the server under this one. */
function watch(share: Share): void {
  const { client } = share;
  client.on('error', (cause) => share.options.log.warn('database.connection-lost', { cause }));
  client.once('end', () => {
    if (!share.released) void rejoin(share);
  });
  // The registration alone is no reason for a command that is done to stay.
  loopHold(client).unref();
}

async function rejoin(share: Share): Promise<void> {
  let pause = REJOIN_PAUSE_MILLISECONDS;
  while (!share.released) {
    await sleep(pause, undefined, { ref: false });
    try {
      const before = share.access.port;
      Object.assign(share, await join(share.options));
      watch(share);
      if (share.access.port !== before) share.options.log.error('database.port-changed', { before, now: share.access.port });
      return;
    } catch (cause) {
      share.options.log.error('database.start-failed', { cause: cause as Error });
      pause = Math.min(2 * pause, MAX_REJOIN_PAUSE_MILLISECONDS);
    }
  }
}

/** node-postgres lets a connection stop holding the event loop; its type declarations leave that out. */
const loopHold = (client: Client): Pick<NodeJS.Timeout, 'ref' | 'unref'> =>
  client as unknown as Pick<NodeJS.Timeout, 'ref' | 'unref'>;

async function release(share: Share): Promise<void> {
  if (share.released) return;
  share.released = true;
  loopHold(share.client).ref();
  await withStartLock(share.place.homeFolder, async () => {
    try {
      const { wasLast } = await unregister(share.client);
      if (wasLast) await stopServer(share.place, share.options.log);
    } catch (cause) {
      // The connection broke at the same moment; whoever is left, or the next start, finds the server or its absence.
      share.options.log.warn('database.release-failed', { cause: cause as Error });
    }
  });
}

/** Key of the advisory lock that every kuvert on the server shares: "kuvert" in the first half, the use in the second. */
const PRESENCE_KEY = [0x6b75_7665, 1] as const;
const CONNECT_DEADLINE_MILLISECONDS = 30_000;

/** Creates kuvert's own role and database where they are missing. The caller holds the start lock. */
async function prepareDatabase(access: Access): Promise<void> {
  const client = await connect(superuserUrl(access));
  try {
    const role = await client.query(`select 1 from pg_roles where rolname = 'kuvert'`);
    if (role.rowCount === 0) {
      await client.query(`create role kuvert login createdb password ${client.escapeLiteral(access.password)}`);
    }
    const database = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (database.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(DATABASE)} owner kuvert`);
  } finally {
    await client.end();
  }
}

/**
 * Registers this kuvert as a user of the server by a connection that holds a shared advisory lock: when kuvert dies, by whatever
 * means, the server sees the connection close and the registration is gone.
 */
async function register(access: Access): Promise<Client> {
  const client = await connect(kuvertUrl(access, 'postgres'), 'kuvert presence');
  await client.query('select pg_advisory_lock_shared($1, $2)', [...PRESENCE_KEY]);
  return client;
}

/**
 * Registers with a server that was found running. Undefined when it does not answer, or when a command that was broken off has left it
 * without kuvert's role or database: then the long way makes it whole. The caller holds the start lock.
 */
async function registerWithRunning(access: Access): Promise<Client | undefined> {
  const client = await register(access).catch(() => undefined);
  const whole = await client?.query('select from pg_database where datname = $1', [DATABASE]);
  if (whole?.rowCount === 1) return client;
  await client?.end();
  return undefined;
}

/** Takes back the registration and tells whether nobody else is registered. The caller holds the start lock, so nobody joins meanwhile. */
async function unregister(client: Client): Promise<{ readonly wasLast: boolean }> {
  await client.query('select pg_advisory_unlock_shared($1, $2)', [...PRESENCE_KEY]);
  const answer = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1, $2) as alone', [...PRESENCE_KEY]);
  await client.end();
  return { wasLast: answer.rows[0]?.alone === true };
}

async function connect(connectionString: string, name = 'kuvert'): Promise<Client> {
  const client = new Client({
    connectionString,
    application_name: name,
    connectionTimeoutMillis: CONNECT_DEADLINE_MILLISECONDS,
    keepAlive: true,
  });
  await client.connect();
  return client;
}
