import { Client } from 'pg';
import { DATABASE, kuvertUrl, superuserUrl, type Access } from './access.ts';

/** Key of the advisory lock that every kuvert on the server shares: "kuvert" in the first half, the use in the second. */
const PRESENCE_KEY = [0x6b75_7665, 1] as const;
const CONNECT_DEADLINE_MILLISECONDS = 30_000;

/** Creates kuvert's own role and database where they are missing. The caller holds the start lock. */
export async function prepareDatabase(access: Access): Promise<void> {
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
export async function register(access: Access): Promise<Client> {
  const client = await connect(kuvertUrl(access, 'postgres'), 'kuvert presence');
  await client.query('select pg_advisory_lock_shared($1, $2)', [...PRESENCE_KEY]);
  return client;
}

/** Takes back the registration and tells whether nobody else is registered. The caller holds the start lock, so nobody joins meanwhile. */
export async function unregister(client: Client): Promise<{ readonly wasLast: boolean }> {
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
