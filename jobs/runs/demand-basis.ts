import type { IsoDate } from '#engine/iso-date.ts';
import type { Receivable } from '#engine/claims/receivable.ts';
import {
  oneFeePerLetter,
  type FeeBearingLetters,
  planDemands,
  type DemandPlan,
  type DemandRunKind,
  decideForRun,
  runOf,
} from '#engine/claims/plan-demands.ts';
import type { Tx } from '#engine/store/database.ts';
import { loadReceivables, loadReceivable } from '#engine/store/receivables.ts';
import type { House, OpenHome } from '../house/house.ts';
import { type Reason } from '#engine/claims/decision.ts';
import type { Language } from '#engine/language.ts';
import type { ClaimedInvoice } from '#engine/store/letter-facts.ts';
import { loadDelivery, loadMatched, type DeliveryFacts, type MatchedPayment, loadItemsOn } from '#engine/store/runs.ts';
import { termsOf } from './terms-of.ts';

/** Receivables read at once. */
const PAGE = 5000;

export interface DemandQuestion {
  readonly kind: DemandRunKind;
  readonly client: string;
  readonly businessDate: IsoDate;
  readonly today: IsoDate;
  /** Receivables for which an earlier run of the same catch-up has taken a step. */
  readonly taken: ReadonlySet<bigint>;
  /** Letters of the same catch-up that have their fee; those of this plan are added. */
  readonly charged: FeeBearingLetters;
}

/**
 * Plans one run over all receivables of a client that were due before its business date, page by page. The facts are those known at the
 * end of that date; if it is past, steps are looked at once more with what is known now. Only what comes of a page is kept.
 */
export async function planFromBasis(house: House, tx: Tx, question: DemandQuestion): Promise<DemandPlan> {
  const { kind, client, businessDate, today, taken, charged } = question;
  const { timeZone } = house.config.bureau;
  const terms = termsOf(house, client);
  const days = { businessDate, dispatchDate: businessDate < today ? today : businessDate };
  const steps: DemandPlan['steps'][number][] = [];
  const skips: DemandPlan['skips'][number][] = [];
  let after = 0n;
  for (;;) {
    const page = await loadReceivables(tx, {
      client,
      asOf: businessDate,
      timeZone,
      after,
      limit: PAGE,
      dueBefore: businessDate,
    });
    const open = page.filter((receivable) => !taken.has(receivable.id));
    const first = planDemands(open, { kind, days, termsOf: terms });
    const plan =
      businessDate < today && first.steps.length > 0
        ? planDemands(open, { kind, days, termsOf: terms, now: await knownNow(house, tx, first, question) })
        : first;
    steps.push(...oneFeePerLetter(plan.steps, charged));
    skips.push(...plan.skips);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return { steps, skips };
    after = last.id;
  }
}

async function knownNow(
  house: House,
  tx: Tx,
  { steps }: DemandPlan,
  { client, today }: DemandQuestion,
): Promise<ReadonlyMap<bigint, Receivable>> {
  const ids = steps.map(({ receivable }) => receivable.id);
  const { timeZone } = house.config.bureau;
  const now = await loadReceivables(tx, { client, asOf: today, timeZone, limit: ids.length, only: { ids } });
  return new Map(now.map((receivable) => [receivable.id, receivable]));
}

const andMore: Readonly<Record<Language, string>> = { sv: 'm.m.', en: 'and more' };

/** What an invoice is for, precise enough to be recognised without looking it up (inkassolagen 5 §): its first lines and its period. */
export function groundOf({ lineNames, lineCount, periodStart, periodEnd }: ClaimedInvoice, language: Language): string {
  const names = [...new Set(lineNames)].join(', ');
  const lines = lineCount > lineNames.length ? `${names} ${andMore[language]}` : names;
  if (periodStart === null) return lines;
  const period = periodEnd === null || periodEnd === periodStart ? periodStart : `${periodStart} – ${periodEnd}`;
  return `${lines}, ${period}`;
}

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
