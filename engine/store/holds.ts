import type { IsoDate } from '../iso-date.ts';
import type { Minor } from '../money.ts';
import type { Hold } from '../claims/receivable.ts';
import { type DisputeOutcome, CREDIT_EXPECTED } from '../claims/holds.ts';
import type { Tx } from './database.ts';

/** SQL that says of a row of `hold` whether it objects to the fees only: the principal goes on (reference/collection-rules.md §11). */
export const feesOnly = (hold: string): string => `(${hold}.kind = 'dispute' and ${hold}.category = 'FEE')`;

/** A hold to be placed. */
export interface NewHold {
  readonly receivable: bigint;
  readonly kind: Hold['kind'];
  readonly amount?: Minor | undefined;
  readonly until?: IsoDate | undefined;
  readonly interestRuns: boolean;
  readonly category?: string | undefined;
  readonly reason: string;
  readonly placedBy: string;
}

/** Who and when: the business date and the instant. */
export interface HoldMoment {
  readonly on: IsoDate;
  readonly at: Date;
}

/** Places holds from today on and gives their ids in the order of the list. */
export async function placeHolds(tx: Tx, { on, at }: HoldMoment, holds: readonly NewHold[]): Promise<bigint[]> {
  if (holds.length === 0) return [];
  const placed = await tx.query<{ id: bigint }>(
    `insert into hold (from_date, placed_on, placed_at, receivable_id, kind, amount, until_date, interest_runs, category, reason, placed_by)
     select $1, $1, $2, h.receivable_id, h.kind, h.amount, h.until_date, h.interest_runs, h.category, h.reason, h.placed_by
     from unnest($3::bigint[], $4::text[], $5::bigint[], $6::date[], $7::boolean[], $8::text[], $9::text[], $10::text[])
       with ordinality as h (receivable_id, kind, amount, until_date, interest_runs, category, reason, placed_by, place)
     order by h.place returning id`,
    [
      on,
      at,
      holds.map((hold) => hold.receivable),
      holds.map((hold) => hold.kind),
      holds.map((hold) => hold.amount ?? null),
      holds.map((hold) => hold.until ?? null),
      holds.map((hold) => hold.interestRuns),
      holds.map((hold) => hold.category ?? null),
      holds.map((hold) => hold.reason),
      holds.map((hold) => hold.placedBy),
    ],
  );
  return placed.rows.map((row) => row.id);
}

export interface HoldRelease {
  readonly hold: bigint;
  readonly by: string;
  readonly outcome?: DisputeOutcome | undefined;
}

/** Releases holds as of today; each stays with who released it. Throws if one was released before. */
export async function releaseHolds(tx: Tx, { on, at }: HoldMoment, releases: readonly HoldRelease[]): Promise<void> {
  if (releases.length === 0) return;
  const released = await tx.query(
    `update hold h set released_on = $1, released_at = $2, released_by = r.released_by, outcome = r.outcome
     from unnest($3::bigint[], $4::text[], $5::text[]) as r (id, released_by, outcome) where h.id = r.id and h.released_on is null`,
    [
      on,
      at,
      releases.map((release) => release.hold),
      releases.map((release) => release.by),
      releases.map((release) => release.outcome ?? null),
    ],
  );
  if (released.rowCount !== releases.length) throw new Error(`of ${releases.length} holds some were released before`);
}

/**
 * Ends the waiting for a credit note wherever as much as was accepted has been credited or written off since. Gives the receivables.
 */
export async function releaseCredited(tx: Tx, { on, at }: HoldMoment, receivables: readonly bigint[]): Promise<bigint[]> {
  const released = await tx.query<{ receivable_id: bigint }>(
    `update hold h set released_on = $1, released_at = $2, released_by = 'credited'
     where h.receivable_id = any($3) and h.kind = 'block' and h.category = $4 and h.released_on is null
       and (select coalesce(-sum(p.amount), 0) from receivable_line p join ledger_transaction t on t.id = p.transaction_id
            where p.receivable_id = h.receivable_id and p.component = 'principal' and p.payment_id is null
              and t.kind in ('allocation', 'write-off') and t.booked_at >= h.placed_at)
         >= coalesce(h.amount, 1)
     returning h.receivable_id`,
    [on, at, receivables, CREDIT_EXPECTED],
  );
  return released.rows.map((row) => row.receivable_id);
}

/** A hold as people read it. */
export interface HoldHistory {
  readonly id: bigint;
  readonly kind: Hold['kind'];
  readonly amount: Minor | null;
  readonly from: IsoDate;
  readonly until: IsoDate | null;
  readonly interestRuns: boolean;
  readonly category: string | null;
  readonly reason: string;
  readonly placedBy: string;
  readonly releasedOn: IsoDate | null;
  readonly releasedBy: string | null;
  readonly outcome: DisputeOutcome | null;
}

/** All holds that were ever placed on a receivable, with who placed and released them. */
export async function loadHoldHistory(tx: Tx, receivable: bigint): Promise<HoldHistory[]> {
  const found = await tx.query<HoldHistory>(
    `select id, kind, amount, from_date as "from", until_date as until, interest_runs as "interestRuns", category, reason,
       placed_by as "placedBy", released_on as "releasedOn", released_by as "releasedBy", outcome
     from hold where receivable_id = $1 order by id`,
    [receivable],
  );
  return found.rows;
}
