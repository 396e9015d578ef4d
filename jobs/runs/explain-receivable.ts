import type { IsoDate } from '#engine/iso-date.ts';
import type { Receivable } from '#engine/claims/receivable.ts';
import { decideForRun, runOf, type DemandRunKind } from '#engine/runs/plan-demands.ts';
import type { Reason } from '#engine/runs/reason.ts';
import type { Tx } from '#engine/store/database.ts';
import { loadDelivery, loadMatched, type DeliveryFacts, type MatchedPayment } from '#engine/store/explanations.ts';
import { loadReceivable } from '#engine/store/receivables.ts';
import { loadItemsOn } from '#engine/store/runs.ts';
import type { OpenHome } from '../house.ts';
import { termsOf } from './terms-of.ts';

/** Why a receivable was, or was not, demanded on a date, and what was known of it (G03). */
export interface Explanation {
  readonly invoice: string;
  readonly date: IsoDate;
  readonly receivable: Receivable;
  readonly answers: readonly Answer[];
  readonly delivery: readonly DeliveryFacts[];
  /** Payments and credits tied to it by the end of the date. */
  readonly matched: readonly MatchedPayment[];
}

/** What one run did, or would have done. */
export interface Answer {
  readonly kind: string;
  /** `stored`: as the run kept it; `recomputed`: by the same rules from the facts of the date, since no run kept anything. */
  readonly from: 'stored' | 'recomputed';
  readonly run?: string;
  readonly undone?: true;
  readonly outcome: 'step' | 'skip';
  readonly rule: string;
  readonly because: readonly Reason[];
}

/** Undefined if the client's ledger has no such invoice. */
export async function explainReceivable(
  house: OpenHome,
  tx: Tx,
  { client, invoice, date }: { readonly client: string; readonly invoice: string; readonly date: IsoDate },
): Promise<Explanation | undefined> {
  const { timeZone } = house.config.bureau;
  const receivable = await loadReceivable(tx, { client, invoice, asOf: date, timeZone });
  if (receivable === undefined) return undefined;
  const stored = (await loadItemsOn(tx, receivable.id, date)).map(({ run, kind, state, outcome, rule, because }) => ({
    kind,
    from: 'stored' as const,
    run: run.toString(),
    ...(state === 'undone' ? { undone: true as const } : {}),
    outcome,
    rule,
    because,
  }));
  return {
    invoice,
    date,
    receivable,
    answers: stored.some((item) => item.undone !== true) ? stored : [...stored, recomputed(house, client, receivable, date)],
    delivery: await loadDelivery(tx, receivable.id, date),
    matched: await loadMatched(tx, receivable.id, date),
  };
}

/** The run whose turn it would have been decides again. */
function recomputed(house: OpenHome, client: string, receivable: Receivable, date: IsoDate): Answer {
  const terms = termsOf(house, client);
  const under = terms(receivable);
  const next = under?.policy.steps[receivable.steps.length]?.document;
  const kind: DemandRunKind = under === undefined || next === undefined ? 'reminder' : runOf(next, under.rules);
  const decision = decideForRun(receivable, {
    kind,
    days: { businessDate: date, dispatchDate: date },
    termsOf: terms,
  });
  const rule = decision.outcome === 'step' ? decision.step.document : decision.rule;
  return { kind, from: 'recomputed', outcome: decision.outcome, rule, because: decision.because };
}
