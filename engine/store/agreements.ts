import { createHash } from 'node:crypto';
import type { Agreement, Client } from '../agreement.ts';
import { toJson } from '../invoice-json.ts';
import type { Tx } from './database.ts';

/** A version that something was decided under says something else now. */
export interface ChangedAgreement {
  readonly client: string;
  readonly version: number;
}

/**
 * Records the clients and their agreement versions. A version not yet used may still be rewritten; a used one may not: those come
 * back as a list and are left as they were. The end date is the exception, since an agreement is ended after it was used.
 */
export async function storeAgreements(tx: Tx, clients: readonly Client[]): Promise<ChangedAgreement[]> {
  const rows = clients.flatMap((client) => client.agreements.map((agreement) => agreementRow(agreement)));
  await tx.query(
    `insert into client (id, name) select * from unnest($1::text[], $2::text[])
     on conflict (id) do update set name = excluded.name where client.name <> excluded.name`,
    [clients.map((client) => client.id), clients.map((client) => client.name)],
  );
  const columns = [0, 1, 2, 3, 4, 5].map((index) => rows.map((row) => row[index]));
  const given = `select * from unnest($1::text[], $2::int[], $3::date[], $4::date[], $5::jsonb[], $6::text[])
                 as given (client_id, version, valid_from, valid_to, content, content_sha256)`;
  const changed = await tx.query<{ client_id: string; version: number }>(
    `with given as (${given})
     select client_id, version from given join agreement using (client_id, version)
     where given.content_sha256 <> agreement.content_sha256
       and exists (select from file where file.client_id = given.client_id and file.agreement_version = given.version)
     order by 1, 2`,
    columns,
  );
  await tx.query(
    `insert into agreement (client_id, version, valid_from, valid_to, content, content_sha256) ${given}
     on conflict (client_id, version) do update set valid_from = excluded.valid_from, valid_to = excluded.valid_to,
       content = excluded.content, content_sha256 = excluded.content_sha256
     where agreement.content_sha256 = excluded.content_sha256 and agreement.valid_to is distinct from excluded.valid_to
        or agreement.content_sha256 <> excluded.content_sha256 and not exists (
          select from file where file.client_id = agreement.client_id and file.agreement_version = agreement.version)`,
    columns,
  );
  return changed.rows.map((row) => ({ client: row.client_id, version: row.version }));
}

/** Records those who send files and are no clients, and the bureau itself, whose ledger holds money of which nobody knows yet whose it is. */
export async function storeSenders(
  tx: Tx,
  senders: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: 'bureau' | 'bank' | 'print-house' | 'collection-agency';
  }[],
): Promise<void> {
  await tx.query(
    `insert into client (id, name, kind) select * from unnest($1::text[], $2::text[], $3::text[])
     on conflict (id) do update set name = excluded.name where client.name <> excluded.name`,
    [senders.map((item) => item.id), senders.map((item) => item.name), senders.map((item) => item.kind)],
  );
}

function agreementRow(agreement: Agreement): readonly unknown[] {
  const { validTo, ...lasting } = agreement;
  const sha256 = createHash('sha256').update(toJson(lasting)).digest('hex');
  return [agreement.client, agreement.version, agreement.validFrom, validTo ?? null, toJson(agreement), sha256];
}
