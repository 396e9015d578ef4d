import { components, type Amounts } from '../amounts.ts';
import type { IsoDate } from '../iso-date.ts';
import type { ActId } from '../law/policy.ts';
import type { Tx } from './database.ts';

/** A step that a run takes: what it demands of the principal, and what it claims beside it for the first time. */
export interface NewDemandStep {
  readonly receivable: bigint;
  readonly level: number;
  readonly kind: ActId;
  /** The letter, where it is one. */
  readonly document: string | null;
  readonly amounts: Amounts;
  readonly deadline: IsoDate | null;
  /** Names the policy it was taken under, as JSON. */
  readonly policy: string;
}

/** Stores the steps of a run; a level that was taken before fails by its key (IR4). */
export async function storeDemandSteps(
  tx: Tx,
  run: { readonly id: bigint; readonly businessDate: IsoDate },
  steps: readonly NewDemandStep[],
): Promise<void> {
  if (steps.length === 0) return;
  await tx.query(
    `insert into demand_step (run_id, business_date, state, receivable_id, level, kind, document_id, principal, interest, reminder_fee,
       collection_fee, compensation, deadline, policy)
     select $1, $2, 'taken', s.* from unnest($3::bigint[], $4::int[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[],
       $10::bigint[], $11::bigint[], $12::date[], $13::jsonb[]) as s`,
    [
      run.id,
      run.businessDate,
      steps.map((step) => step.receivable),
      steps.map((step) => step.level),
      steps.map((step) => step.kind),
      steps.map((step) => step.document),
      ...components.map((component) => steps.map(({ amounts }) => amounts[component])),
      steps.map((step) => step.deadline),
      steps.map((step) => step.policy),
    ],
  );
}
