import type { CollectionChange } from '../claims/collection-case.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Minor } from '../money.ts';
import type { Tx } from './database.ts';

export interface NewCase {
  readonly number: number;
  readonly receivable: bigint;
  readonly run: bigint;
}

/** Opens cases that leave in a file. A receivable with a living case fails by its key. */
export async function storeCases(
  tx: Tx,
  batch: { readonly client: string; readonly on: IsoDate; readonly outbound: bigint },
  cases: readonly NewCase[],
): Promise<void> {
  await tx.query(
    `insert into collection_case (client_id, opened_on, outbound_id, state, number, receivable_id, run_id)
     select $1, $2, $3, 'opened', c.* from unnest($4::int[], $5::bigint[], $6::bigint[]) as c`,
    [
      batch.client,
      batch.on,
      batch.outbound,
      cases.map((item) => item.number),
      cases.map((item) => item.receivable),
      cases.map((item) => item.run),
    ],
  );
}

export interface CaseRow {
  readonly id: bigint;
  readonly client: string;
  readonly number: number;
  readonly receivable: bigint;
  readonly invoice: string;
  readonly run: bigint;
  readonly state: 'opened' | 'sent' | 'accepted' | 'rejected' | 'closed';
  readonly agencyReference: string | null;
}

const caseColumns = `c.id, c.client_id as client, c.number, c.receivable_id as receivable, i.number as invoice, c.run_id as run, c.state,
  c.agency_reference as "agencyReference"`;

/** Takes the cases that a receipt names, until the transaction ends. */
export async function lockCases(
  tx: Tx,
  named: readonly { readonly client: string; readonly number: number }[],
): Promise<CaseRow[]> {
  const found = await tx.query<CaseRow>(
    `select ${caseColumns} from unnest($1::text[], $2::int[]) as n (client_id, number)
       join collection_case c on c.client_id = n.client_id and c.number = n.number
       join receivable r on r.id = c.receivable_id join invoice i on i.id = r.invoice_id order by c.id for update of c`,
    [named.map((item) => item.client), named.map((item) => item.number)],
  );
  return found.rows;
}

/** What the agency says of a case. */
export interface CaseAnswer {
  readonly id: bigint;
  readonly state: 'accepted' | 'rejected' | 'closed';
  readonly agencyReference: string | null;
  readonly rejection: string | null;
}

export async function answerCases(tx: Tx, answers: readonly CaseAnswer[], on: IsoDate): Promise<void> {
  await tx.query(
    `update collection_case c set state = a.state, agency_reference = coalesce(a.reference, c.agency_reference), rejection = a.rejection,
       closed_on = case when a.state in ('rejected', 'closed') then $1::date end
     from unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) as a (id, state, reference, rejection) where c.id = a.id`,
    [
      on,
      answers.map((item) => item.id),
      answers.map((item) => item.state),
      answers.map((item) => item.agencyReference),
      answers.map((item) => item.rejection),
    ],
  );
}

/** Withdraws the hand-over steps of cases that came back: the claims are at that step of their timetable again. */
export async function returnClaims(
  tx: Tx,
  cases: readonly bigint[],
  { at, because }: { readonly at: Date; readonly because: string },
): Promise<void> {
  await tx.query(
    `update demand_step s set state = 'withdrawn', withdrawn_at = $2, withdrawn_because = $3 from collection_case c
     where c.id = any($1) and s.receivable_id = c.receivable_id and s.kind = 'handover' and s.state = 'taken'`,
    [cases, at, because],
  );
}

/** Changes that the agency has not been told, of one client, until the transaction ends. */
export async function lockUntoldChanges(
  tx: Tx,
  client: string,
): Promise<readonly (CollectionChange & { readonly id: bigint })[]> {
  const found = await tx.query<{
    id: bigint;
    case: number;
    invoice: string;
    kind: CollectionChange['kind'];
    amount: Minor;
    on_date: IsoDate;
  }>(
    `select x.id, c.number as case, i.number as invoice, x.kind, x.amount, x.on_date
     from collection_change x join collection_case c on c.id = x.case_id join receivable r on r.id = c.receivable_id
       join invoice i on i.id = r.invoice_id
     where c.client_id = $1 and x.outbound_id is null order by x.id for update of x`,
    [client],
  );
  return found.rows.map((row) => ({
    id: row.id,
    case: row.case,
    invoiceNumber: row.invoice,
    kind: row.kind,
    amount: row.amount,
    on: row.on_date,
  }));
}

export async function setChangesTold(tx: Tx, changes: readonly bigint[], outbound: bigint): Promise<void> {
  await tx.query('update collection_change set outbound_id = $2 where id = any($1)', [changes, outbound]);
}
