import type { Agreement, Client } from '../agreement.ts';
import { toJson } from '../invoice-json.ts';
import type { Tx } from './database.ts';
import { canonicalDigest, DIGEST_VERSION } from './digest.ts';

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
  await tx.query(
    `insert into client (id, name) select * from unnest($1::text[], $2::text[])
     on conflict (id) do update set name = excluded.name where client.name <> excluded.name`,
    [clients.map((client) => client.id), clients.map((client) => client.name)],
  );
  const rows = clients.flatMap((client) => client.agreements.map((agreement) => agreementRow(client, agreement)));
  await recogniseFirstVersions(tx, rows);
  const columns = [
    rows.map((row) => row.client),
    rows.map((row) => row.version),
    rows.map((row) => row.validFrom),
    rows.map((row) => row.validTo),
    rows.map((row) => row.content),
    rows.map((row) => row.digest),
  ];
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
    `insert into agreement (client_id, version, valid_from, valid_to, content, content_sha256, digest_version)
     select given.*, $7::smallint from (${given}) as given
     on conflict (client_id, version) do update set valid_from = excluded.valid_from, valid_to = excluded.valid_to,
       content = excluded.content, content_sha256 = excluded.content_sha256, digest_version = excluded.digest_version
     where agreement.content_sha256 = excluded.content_sha256 and agreement.valid_to is distinct from excluded.valid_to
        or agreement.content_sha256 <> excluded.content_sha256 and not exists (
          select from file where file.client_id = agreement.client_id and file.agreement_version = agreement.version)`,
    [...columns, DIGEST_VERSION],
  );
  return changed.rows.map((row) => ({ client: row.client_id, version: row.version }));
}

/**
 * Versions recorded with a digest of version 0, which hung on the order of keys: what the file says was not stored then, so what was made
 * of it is compared, field by field of what was stored. One that says the same gets the digest of today; another keeps its own and differs.
 */
async function recogniseFirstVersions(tx: Tx, rows: readonly AgreementRow[]): Promise<void> {
  const found = await tx.query<{ client_id: string; version: number; content: Readonly<Record<string, unknown>> }>(
    'select client_id, version, content from agreement where digest_version = 0 order by 1, 2 for update',
  );
  const known = found.rows.flatMap((row) => {
    const now = rows.find((given) => given.client === row.client_id && given.version === row.version);
    return now && saysStill(firstForm(row.content), JSON.parse(now.content)) ? [now] : [];
  });
  await tx.query(
    `update agreement a set content_sha256 = n.digest, digest_version = $4
     from unnest($1::text[], $2::int[], $3::text[]) as n (client_id, version, digest)
     where a.client_id = n.client_id and a.version = n.version`,
    [known.map((row) => row.client), known.map((row) => row.version), known.map((row) => row.digest), DIGEST_VERSION],
  );
}

/** Whether everything that was said then is said now; what is said now beside it, a key that came later, is no change. */
function saysStill(then: unknown, now: unknown): boolean {
  if (then === null || typeof then !== 'object' || now === null || typeof now !== 'object') return then === now;
  if (Array.isArray(then) || Array.isArray(now))
    return (
      Array.isArray(then) &&
      Array.isArray(now) &&
      then.length === now.length &&
      then.every((item, index) => saysStill(item, now[index]))
    );
  const fields = new Map(Object.entries(now));
  return Object.entries(then).every(([key, item]) => saysStill(item, fields.get(key)));
}

/** What version 0 stored, in the form of today: without its last day, and a payout's receiver as kind and number. */
function firstForm(content: Readonly<Record<string, unknown>>): unknown {
  const { validTo: _ended, ...lasting } = content;
  const payout = lasting['payout'] as { readonly receiver: Readonly<Record<string, string>> } | undefined;
  if (payout === undefined) return lasting;
  const { kind, iban, clearing, number } = payout.receiver;
  const receiver = { kind, number: iban ?? (clearing === undefined ? number : `${clearing}-${number}`) };
  return { ...lasting, payout: { ...payout, receiver } };
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

interface AgreementRow {
  readonly client: string;
  readonly version: number;
  readonly validFrom: string;
  readonly validTo: string | null;
  /** JSON of the agreement as this program holds it, for whoever asks the database. */
  readonly content: string;
  readonly digest: string;
}

const agreementRow = ({ said }: Client, agreement: Agreement): AgreementRow => ({
  client: agreement.client,
  version: agreement.version,
  validFrom: agreement.validFrom,
  validTo: agreement.validTo ?? null,
  content: toJson(agreement),
  digest: canonicalDigest('agreement', DIGEST_VERSION, said.get(agreement.version)),
});
