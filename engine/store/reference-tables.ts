import type { Parts } from '../sockets/parts.ts';
import { BUREAU, senders } from '../sender.ts';
import type { Tx } from './database.ts';
import { outboundKinds } from './outbound.ts';

/** Columns that may hold one of a set which the code knows: tables of ids, named by foreign keys. */
type ReferenceTable = 'account_scheme' | 'channel' | 'document_kind' | 'outbound_kind' | 'step_kind' | 'sender_kind';

type ReferenceParts = Pick<Parts, 'accounts' | 'channels' | 'countries'>;

/** What the code knows of each set, with what is plugged in. */
export function referenceIds({
  accounts,
  channels,
  countries,
}: ReferenceParts): Readonly<Record<ReferenceTable, readonly string[]>> {
  const acts = Object.values(countries).flatMap((country) => Object.keys(country.acts));
  const files = Object.values(channels).flatMap(({ id, make }) => (make === 'spool' ? [] : [id]));
  return {
    account_scheme: Object.keys(accounts),
    channel: Object.keys(channels),
    document_kind: unique(['invoice', ...acts, 'settlement']),
    outbound_kind: unique([...outboundKinds, ...files]),
    step_kind: unique([...acts, 'handover', 'assessment', 'write-off']),
    sender_kind: ['client', BUREAU, ...senders],
  };
}

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)];

/** Adds what the tables have not yet, when a home is prepared for work. What is no longer known stays: rows may name it. */
export async function storeReferenceIds(tx: Tx, parts: ReferenceParts): Promise<void> {
  for (const [table, ids] of Object.entries(referenceIds(parts)))
    await tx.query(
      `insert into kuvert.${table} (id) select id from unnest($1::text[]) as given (id)
       where not exists (select from kuvert.${table} k where k.id = given.id) on conflict do nothing`,
      [ids],
    );
}
