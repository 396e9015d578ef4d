import { Pool, types as defaultTypes, type CustomTypesConfig, type PoolClient } from 'pg';

/** A connection inside a transaction: what every store function works on. */
export type Tx = PoolClient;
export type Database = Pool;

const MAX_CONNECTIONS = 12;
const CONNECT_MILLISECONDS = 10_000;

/** Of a connection that reads a bank's file into working tables; a limit that others never come near. */
const TEMPORARY_MEMORY = '64MB';

const INT8 = 20;
const DATE = 1082;

const defaultParser = defaultTypes.getTypeParser as (oid: number, format?: string) => unknown;

const readTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary'): unknown => {
    if (oid === INT8) return BigInt;
    if (oid === DATE) return String;
    return defaultParser(oid, format);
  }) as CustomTypesConfig['getTypeParser'],
};

/**
 * A pool whose int8 reads as `bigint` and whose date reads as `YYYY-MM-DD`. The application name shows in pg_stat_activity. Read-only, the
 * database refuses every transaction that would change anything.
 */
export function openDatabase(
  url: string,
  applicationName: string,
  { readOnly = false }: { readonly readOnly?: boolean } = {},
): Database {
  return new Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    application_name: applicationName,
    options: `-c TimeZone=UTC -c search_path=kuvert -c synchronous_commit=on -c temp_buffers=${TEMPORARY_MEMORY}${readOnly ? ' -c default_transaction_read_only=on' : ''}`,
    types: readTypes,
  });
}

/** Runs the work in one transaction: committed if it returns, rolled back if it throws. */
export const inTransaction = <T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transact(database, work, 'commit');

/** Runs the work and rolls it back: what a dry run shows is what the real run would have done. */
export const rehearse = <T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> => transact(database, work, 'rollback');

async function transact<T>(database: Database, work: (tx: Tx) => Promise<T>, ending: 'commit' | 'rollback'): Promise<T> {
  const connection = await database.connect();
  let broken = false;
  // A connection lost while nobody waits on it must not end the program; the next statement tells.
  const onError = (): void => {
    broken = true;
  };
  connection.on('error', onError);
  try {
    await connection.query('begin');
    const result = await work(connection);
    await connection.query(ending);
    return result;
  } catch (error) {
    await connection.query('rollback').catch(onError);
    throw error;
  } finally {
    connection.off('error', onError);
    connection.release(broken);
  }
}
