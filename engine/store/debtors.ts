import type { Debtor } from '../claims/receivable.ts';
import { toJson } from '../invoice-json.ts';
import type { Language } from '../language.ts';
import type { Tx } from './database.ts';
import { canonicalDigest, DIGEST_VERSION } from './digest.ts';

/** What the register knows of a debtor's wishes. */
export interface DebtorWishes {
  readonly channel?: string;
  readonly language?: Language;
}

/** The wishes of those of a client's debtors that are registered, by number. */
export async function loadDebtorWishes(
  tx: Tx,
  client: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, DebtorWishes>> {
  const found = await tx.query<{
    number: string;
    preferred_channel: string | null;
    preferred_language: Language | null;
  }>('select number, preferred_channel, preferred_language from debtor where client_id = $1 and number = any($2)', [
    client,
    numbers,
  ]);
  return new Map(
    found.rows.map((row) => [
      row.number,
      {
        ...(row.preferred_channel ? { channel: row.preferred_channel } : {}),
        ...(row.preferred_language ? { language: row.preferred_language } : {}),
      },
    ]),
  );
}

export interface RegisteredDebtor {
  readonly id: bigint;
  readonly version: number;
}

/**
 * Registers debtors as a file tells of them: a new one with version 1, a changed one with its next version, an unchanged one as it
 * is. A debtor named twice in the list keeps the last word. Gives id and version by number.
 */
export async function storeDebtors(
  tx: Tx,
  told: { readonly client: string; readonly file: bigint; readonly at: Date; readonly debtors: readonly Debtor[] },
): Promise<ReadonlyMap<string, RegisteredDebtor>> {
  const latest = [...new Map(told.debtors.map((debtor) => [debtor.number, debtor])).values()];
  const contents = latest.map((debtor) => toJson(debtor.party));
  const digests = latest.map((debtor) => canonicalDigest('debtor', DIGEST_VERSION, { class: debtor.class, party: debtor.party }));
  const found = await tx.query<{ number: string; id: bigint; version: number }>(
    `with told as (
       select * from unnest($4::text[], $5::text[], $6::jsonb[], $7::text[]) as t (number, class, content, content_sha256)
     ), upserted as (
       insert into debtor (client_id, number, latest_version) select $1, number, 1 from told
       on conflict (client_id, number) do update set latest_version = debtor.latest_version + case when exists (
         select from debtor_version v join told t on t.number = excluded.number and t.content_sha256 = v.content_sha256
         where v.debtor_id = debtor.id and v.version = debtor.latest_version) then 0 else 1 end
       returning id, number, latest_version
     ), versions as (
       insert into debtor_version (debtor_id, version, class, content, content_sha256, file_id, recorded_at, digest_version)
       select u.id, u.latest_version, t.class, t.content, t.content_sha256, $2, $3, $8::smallint from upserted u join told t using (number)
       on conflict (debtor_id, version) do nothing
     )
     select number, id, latest_version as version from upserted`,
    [
      told.client,
      told.file,
      told.at,
      latest.map((debtor) => debtor.number),
      latest.map((debtor) => debtor.class),
      contents,
      digests,
      DIGEST_VERSION,
    ],
  );
  return new Map(found.rows.map((row) => [row.number, { id: row.id, version: row.version }]));
}
