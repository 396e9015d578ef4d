import type { IsoDate } from '../iso-date.ts';
import { clientIn, type Scope } from '../scope.ts';
import type { Tx } from './database.ts';

/** A proposal of what to do with an unpaid claim; a person decides. */
export interface NewAssessment {
  readonly receivable: bigint;
  readonly outcome: string;
  readonly rule: string;
  readonly version: number;
  /** JSON of everything it was made from. */
  readonly inputs: string;
}

export async function storeAssessments(
  tx: Tx,
  batch: { readonly run: bigint; readonly on: IsoDate },
  proposals: readonly NewAssessment[],
): Promise<void> {
  await tx.query(
    `insert into assessment (run_id, proposed_on, receivable_id, outcome, rule, rule_version, inputs)
     select $1, $2, a.* from unnest($3::bigint[], $4::text[], $5::text[], $6::int[], $7::jsonb[]) as a`,
    [
      batch.run,
      batch.on,
      proposals.map((item) => item.receivable),
      proposals.map((item) => item.outcome),
      proposals.map((item) => item.rule),
      proposals.map((item) => item.version),
      proposals.map((item) => item.inputs),
    ],
  );
}

export interface AssessmentRow {
  readonly id: bigint;
  readonly client: string;
  readonly invoice: string;
  readonly run: bigint;
  readonly outcome: string;
  readonly rule: string;
  readonly version: number;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly proposedOn: IsoDate;
  readonly decision: 'confirmed' | 'declined' | null;
  readonly decidedBy: string | null;
  readonly decisionReason: string | null;
}

const columns = `a.id, r.client_id as client, i.number as invoice, a.run_id as run, a.outcome, a.rule, a.rule_version as version, a.inputs,
  a.proposed_on as "proposedOn", a.decision, a.decided_by as "decidedBy", a.decision_reason as "decisionReason"`;
const from = 'assessment a join receivable r on r.id = a.receivable_id join invoice i on i.id = r.invoice_id';

export interface AssessmentsQuestion {
  readonly scope: Scope;
  /** Only those that wait for a person. */
  readonly undecided: boolean;
  readonly limit: number;
}

export async function loadAssessments(tx: Tx, { scope, undecided, limit }: AssessmentsQuestion): Promise<AssessmentRow[]> {
  const found = await tx.query<AssessmentRow>(
    `select ${columns} from ${from} where ($1::text is null or r.client_id = $1) and (not $2 or a.decision is null) order by a.id limit $3`,
    [clientIn(scope), undecided, limit],
  );
  return found.rows;
}

/** Takes a proposal until the transaction ends; undefined if the scope has none such. */
export async function lockAssessment(tx: Tx, id: bigint, scope: Scope): Promise<AssessmentRow | undefined> {
  const found = await tx.query<AssessmentRow>(
    `select ${columns} from ${from} where a.id = $1 and ($2::text is null or r.client_id = $2) for update of a`,
    [id, clientIn(scope)],
  );
  return found.rows[0];
}

export async function decideAssessment(
  tx: Tx,
  id: bigint,
  decided: { readonly decision: 'confirmed' | 'declined'; readonly who: string; readonly reason: string; readonly at: Date },
): Promise<void> {
  await tx.query(
    'update assessment set decision = $2, decided_by = $3, decision_reason = $4, decided_at = $5 where id = $1 and decision is null',
    [id, decided.decision, decided.who, decided.reason, decided.at],
  );
}
