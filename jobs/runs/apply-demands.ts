import { components } from '#engine/amounts.ts';
import type { Receivable } from '#engine/claims/receivable.ts';
import { formatAmount } from '#engine/money.ts';
import type { FeeBearingLetters } from '#engine/runs/one-fee-per-letter.ts';
import { planTotals, type DemandPlan, type DemandRunKind } from '#engine/runs/plan-demands.ts';
import type { Tx } from '#engine/store/database.ts';
import { withLedger } from '#engine/store/ledger.ts';
import { storeRunItems, type RunOutcome } from '#engine/store/runs.ts';
import type { House } from '../house.ts';
import { applyAssessments } from './apply-assessments.ts';
import { applyHandovers } from './apply-handovers.ts';
import { applyLetters } from './apply-letters.ts';
import { applyWriteOffs } from './apply-write-offs.ts';
import { planFromBasis } from './demand-basis.ts';
import { tellChanges } from './tell-changes.ts';
import type { Applied, RunRequest, RunStep } from './run-kind.ts';

/**
 * Takes the steps of one or several business dates, in order, on the client's locked ledger. The facts are read under the lock, so that
 * nothing comes between them and what is booked. Letters are made at the end, when all dates are decided: however long the outage, a
 * debtor gets one (G06).
 */
export async function applyDemands(
  house: House,
  tx: Tx,
  kind: DemandRunKind,
  request: RunRequest,
): Promise<readonly RunOutcome[]> {
  const at = house.clock();
  return withLedger(tx, { client: request.client, at }, (ledger) => takeSteps({ house, tx, ledger, at }, kind, request));
}

async function takeSteps(
  { house, tx, ledger, at }: Pick<Applied, 'house' | 'tx' | 'ledger' | 'at'>,
  kind: DemandRunKind,
  { client, today, runs }: RunRequest,
): Promise<readonly RunOutcome[]> {
  const taken = new Set<bigint>();
  const charged: FeeBearingLetters = new Set();
  const steps: RunStep[] = [];
  const outcomes: RunOutcome[] = [];
  for (const run of runs) {
    const plan = await planFromBasis(house, tx, { kind, client, businessDate: run.businessDate, today, taken, charged });
    for (const planned of plan.steps) {
      taken.add(planned.receivable.id);
      steps.push({ ...planned, run });
    }
    await storeItems(tx, run.id, plan);
    outcomes.push(outcomeOf(plan));
  }
  const applied = { house, tx, ledger, client, today, at, steps };
  await applyLetters(applied);
  await applyHandovers(applied);
  await applyAssessments(applied);
  await applyWriteOffs(applied);
  const last = runs.at(-1);
  if (kind === 'collection' && last) await tellChanges(applied, last);
  return outcomes;
}

/** Items stored by one statement. */
const CHUNK_ITEMS = 5000;

async function storeItems(tx: Tx, run: bigint, { steps, skips }: DemandPlan): Promise<void> {
  const of = ({ id }: Receivable): bigint => id;
  const items = [
    ...steps.map(({ receivable, step, because }) => ({
      receivable: of(receivable),
      outcome: 'step' as const,
      rule: step.document,
      because,
    })),
    ...skips.map(({ receivable, rule, because }) => ({ receivable: of(receivable), outcome: 'skip' as const, rule, because })),
  ];
  for (let first = 0; first < items.length; first += CHUNK_ITEMS)
    await storeRunItems(tx, run, items.slice(first, first + CHUNK_ITEMS));
}

export function outcomeOf(plan: DemandPlan): RunOutcome {
  const { steps, skips, amounts } = planTotals(plan);
  const totals = components.map((component) => [component, formatAmount(amounts[component])]);
  const documents = Map.groupBy(plan.steps, ({ step }) => step.document);
  const counts = [...documents].map(([document, found]) => [`${document} steps`, String(found.length)]);
  return { steps, skips, totals: Object.fromEntries([...totals, ...counts]) as Record<string, string> };
}
