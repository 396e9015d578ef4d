import type { Tx } from './database.ts';

/** Kinds of files that leave, beside those that channels make, each of the kind that is its channel's id. */
export const outboundKinds = ['receipt', 'spool', 'payment-file', 'settlement', 'collection', 'report'] as const;
export type OutboundKind = (typeof outboundKinds)[number];

/** A file on its way out: its bytes are settled before it is visible. */
export interface PlannedOutbound {
  /** An `OutboundKind`, or the id of a channel. */
  readonly kind: string;
  readonly client: string;
  readonly file: bigint | null;
  /** Path below the outbox, with `/`; never reused. */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  /** The remote it is sent to; null: it lies in the outbox to be fetched. */
  readonly remote: string | null;
}

export interface OutboundRow extends PlannedOutbound {
  readonly id: bigint;
  readonly state: 'planned' | 'written' | 'sent';
  readonly attempts: number;
}

/** Records files that will leave; a name that is already planned with the same bytes is the same file. Throws on other bytes. */
export async function planOutbound(tx: Tx, planned: readonly PlannedOutbound[], at: Date): Promise<bigint[]> {
  const stored = await tx.query<{ id: bigint; name: string; sha256: string }>(
    `insert into outbound (state, planned_at, kind, client_id, file_id, name, sha256, bytes, remote)
     select 'planned', $1, o.* from unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::bigint[], $8::text[]) as o
     on conflict (name) do update set name = excluded.name
     returning id, name, sha256`,
    [
      at,
      planned.map((item) => item.kind),
      planned.map((item) => item.client),
      planned.map((item) => item.file),
      planned.map((item) => item.name),
      planned.map((item) => item.sha256),
      planned.map((item) => item.bytes),
      planned.map((item) => item.remote),
    ],
  );
  const rows = new Map(stored.rows.map((row) => [row.name, row]));
  return planned.map((item) => {
    const row = rows.get(item.name);
    if (!row || row.sha256 !== item.sha256) throw new Error(`outbound file ${item.name} was planned before with other bytes`);
    return row.id;
  });
}

/** Is a file with this name on its way, or gone already? */
export async function isPlanned(tx: Tx, name: string): Promise<boolean> {
  const found = await tx.query('select from outbound where name = $1', [name]);
  return found.rows.length > 0;
}

export async function setWritten(tx: Tx, ids: readonly bigint[], at: Date): Promise<void> {
  await tx.query(`update outbound set state = 'written', written_at = $2 where id = any($1) and state = 'planned'`, [ids, at]);
}

interface OutboundColumns {
  readonly id: bigint;
  readonly kind: string;
  readonly client_id: string;
  readonly file_id: bigint | null;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: bigint;
  readonly remote: string | null;
  readonly state: OutboundRow['state'];
  readonly attempts: number;
}

const outboundOf = (row: OutboundColumns): OutboundRow => ({
  id: row.id,
  kind: row.kind,
  client: row.client_id,
  file: row.file_id,
  name: row.name,
  sha256: row.sha256,
  bytes: Number(row.bytes),
  remote: row.remote,
  state: row.state,
  attempts: row.attempts,
});

const columns = 'id, kind, client_id, file_id, name, sha256, bytes, remote, state, attempts';

/** Files planned but not yet seen to be written: what a crash may have left between plan and disk. */
export async function loadUnwritten(tx: Tx): Promise<OutboundRow[]> {
  const found = await tx.query<OutboundColumns>(`select ${columns} from outbound where state = 'planned' order by id`);
  return found.rows.map(outboundOf);
}

/** Takes the next file to send to a remote that is due, until the transaction ends; null if there is none or another daemon has it. */
export async function lockNextToSend(tx: Tx, remote: string, now: Date): Promise<OutboundRow | null> {
  const found = await tx.query<OutboundColumns>(
    `select ${columns} from outbound
     where remote = $1 and state = 'written' and not parked and (next_attempt_at is null or next_attempt_at <= $2)
     order by id limit 1 for update skip locked`,
    [remote, now],
  );
  return found.rows[0] ? outboundOf(found.rows[0]) : null;
}

export async function setSent(tx: Tx, id: bigint, at: Date): Promise<void> {
  await tx.query(
    `update outbound set state = 'sent', sent_at = $2, last_error = null, next_attempt_at = null, attempts = attempts + 1 where id = $1`,
    [id, at],
  );
}

/** Records a failed attempt: when to try again, or that a person must look at it first. */
export async function setSendFailed(
  tx: Tx,
  failed: { readonly id: bigint; readonly error: string; readonly nextAttemptAt: Date | null },
): Promise<void> {
  await tx.query(
    'update outbound set attempts = attempts + 1, last_error = $2, next_attempt_at = $3, parked = $3 is null where id = $1',
    [failed.id, failed.error, failed.nextAttemptAt],
  );
}

/** Remotes with files that are due. */
export async function loadRemotesDue(tx: Tx, now: Date): Promise<string[]> {
  const found = await tx.query<{ remote: string }>(
    `select distinct remote from outbound
     where remote is not null and state = 'written' and not parked and (next_attempt_at is null or next_attempt_at <= $1)`,
    [now],
  );
  return found.rows.map((row) => row.remote);
}

/** Every file that ever left or is about to. */
export async function loadOutbound(tx: Tx): Promise<OutboundRow[]> {
  const found = await tx.query<OutboundColumns>(`select ${columns} from outbound order by id`);
  return found.rows.map(outboundOf);
}

/** Lets parked and waiting files of a remote be tried again at once; gives how many. */
export async function releaseParked(tx: Tx, remote: string): Promise<number> {
  const released = await tx.query(
    `update outbound set parked = false, next_attempt_at = null where remote = $1 and state = 'written'`,
    [remote],
  );
  return released.rowCount ?? 0;
}
