import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Pool, PoolClient } from 'pg';

/**
 * A home's database as a compressed list of rows, a table's rows after those they point to: `{"table":"invoice","row":{…}}` a line, each
 * row as PostgreSQL writes it, so that stored JSON keeps its text. The schema is that of the migrations the rows of `migration` name.
 */
export async function dumpHome(pool: Pool, path: string): Promise<void> {
  const tables = await pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'kuvert' and c.relkind = 'r' order by c.oid`,
  );
  const lines: string[] = [];
  for (const { name } of tables.rows) {
    const rows = await pool.query<{ row: string }>(`select row_to_json(t)::text as row from kuvert.${name} t order by t::text`);
    lines.push(...rows.rows.map(({ row }) => `{"table":"${name}","row":${row}}\n`));
  }
  await writeFile(path, gzipSync(lines.join(''), { level: 9 }));
}

/** Loads a dump into a database that has the schema of its time and no rows. The schema's own triggers rest meanwhile. */
export async function loadHome(pool: Pool, path: string): Promise<void> {
  const rows = new Map<string, string[]>();
  for (const line of gunzipSync(await readFile(path))
    .toString('utf8')
    .split('\n')
    .slice(0, -1)) {
    const found = /^\{"table":"(\w+)","row":(.*)\}$/.exec(line);
    if (!found) throw new Error(`no row of a table: ${line.slice(0, 80)}`);
    const [, table = '', row = ''] = found;
    rows.set(table, [...(rows.get(table) ?? []), row]);
  }
  rows.delete('migration');
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const table of await inOrderOfReferences(client)) {
      // A statement for all of a table: its rows may point to each other.
      await client.query(`alter table kuvert.${table} disable trigger user`);
      await client.query(
        `insert into kuvert.${table} overriding system value select * from json_populate_recordset(null::kuvert.${table}, $1::json)`,
        [`[${(rows.get(table) ?? []).join(',')}]`],
      );
      await client.query(`set constraints all immediate`);
      await client.query(`alter table kuvert.${table} enable trigger user`);
    }
    await setIdentities(client);
    await client.query('commit');
  } finally {
    client.release(true);
  }
}

/** Tables, each after those that its foreign keys point to. */
async function inOrderOfReferences(client: PoolClient): Promise<readonly string[]> {
  const tables = await client.query<{ name: string; needs: string[] }>(
    `select c.relname as name, array(select r.relname::text from pg_constraint f join pg_class r on r.oid = f.confrelid
       where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'kuvert' and c.relkind = 'r' and c.relname <> 'migration' order by c.relname`,
  );
  const placed: string[] = [];
  while (placed.length < tables.rows.length) {
    const next = tables.rows.find(({ name, needs }) => !placed.includes(name) && needs.every((need) => placed.includes(need)));
    if (!next) throw new Error('tables point to each other in a circle');
    placed.push(next.name);
  }
  return placed;
}

/** The next number of every identity column comes after those that were loaded. */
async function setIdentities(client: PoolClient): Promise<void> {
  const columns = await client.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'kuvert' and is_identity = 'YES'`,
  );
  for (const { table, column } of columns.rows)
    await client.query(
      `select setval(pg_get_serial_sequence('kuvert.${table}', '${column}'), coalesce(max(${column}), 0) + 1, false) from kuvert.${table}`,
    );
}
