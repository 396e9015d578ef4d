import { decideAssessment, lockAssessment, type AssessmentRow } from '#engine/store/assessments.ts';
import { storeAudit } from '#engine/store/audit.ts';
import type { Tx } from '#engine/store/database.ts';
import type { House } from '../house.ts';

/** A person's word on a proposal of what to do with an unpaid claim. */
export interface ProposalDecision {
  readonly id: bigint;
  readonly verb: 'confirm' | 'decline';
  readonly who: string;
  readonly reason: string;
}

/** Takes a proposal or sets it aside, and enters it in the audit (IS4). Gives it as it was; one that was decided before is left so. */
export async function decideProposal(
  house: House,
  tx: Tx,
  { id, verb, who, reason }: ProposalDecision,
): Promise<AssessmentRow | undefined> {
  const row = await lockAssessment(tx, id);
  if (row === undefined || row.decision !== null) return row;
  const at = house.clock();
  await decideAssessment(tx, id, { decision: decisions[verb], who, reason, at });
  const subject = `${row.client} ${row.invoice}: ${row.outcome}`;
  await storeAudit(tx, { at, who, act: `assessment ${verb}`, subject, reason });
  return row;
}

export const decisions = { confirm: 'confirmed', decline: 'declined' } as const;
