import type { Tx } from './database.ts';

/** Tables of one column `id` that hold what the code knows a closed set of; other tables refer to them instead of a CHECK that lists it again. */
export interface ReferenceTables {
  readonly account_scheme: readonly string[];
}

/**
 * Adds to the reference tables what the code now knows. Nothing is taken out: rows may refer to what was plugged in once. To be called when a
 * home is prepared for work, after its migrations.
 */
export async function fillReferenceTables(tx: Tx, tables: ReferenceTables): Promise<void> {
  for (const [table, ids] of Object.entries(tables))
    await tx.query(`insert into ${table} (id) select unnest($1::text[]) on conflict do nothing`, [ids]);
}
